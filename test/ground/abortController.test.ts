import { expect, test } from 'vitest'
import { abortController, anySignal } from '../../src/ground/abortController.ts'

/** Whether Node warns once eleven calls listen to a signal. */
async function warns(signal: AbortSignal): Promise<boolean> {
  const heard: string[] = []
  const hear = ({ name }: Error): void => void heard.push(name)
  process.on('warning', hear)
  for (let call = 0; call < 11; call++) signal.addEventListener('abort', () => {})
  await new Promise((resolve) => setImmediate(resolve))
  process.off('warning', hear)
  return heard.includes('MaxListenersExceededWarning')
}

test('any number may listen to a controller, and to a signal of several', async () => {
  const [one, other] = [abortController(), abortController()]
  const both = anySignal([one.signal, other.signal])
  expect([await warns(new AbortController().signal), await warns(one.signal), await warns(both)]).toEqual([
    true,
    false,
    false,
  ])
  other.abort('over')
  expect([one.signal.aborted, both.reason]).toEqual([false, 'over'])
})
