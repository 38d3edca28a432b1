import { getMaxListeners } from 'node:events'
import { expect, test } from 'vitest'
import { abortController, anySignal } from '../../src/ground/abortController.ts'

test('any number may listen to a controller, and to a signal of several', () => {
  const [one, other] = [abortController(), abortController()]
  const both = anySignal([one.signal, other.signal])
  expect([one.signal, both].map((signal) => getMaxListeners(signal))).toEqual([0, 0])
  other.abort('over')
  expect([one.signal.aborted, both.reason]).toEqual([false, 'over'])
})
