import { expect, test } from 'vitest'
import { sharedReads } from '../../src/engine/sharedReads.ts'
import { handClock } from '../handClock.ts'

test('an answer is shared for less than ten seconds, under its own key alone', async () => {
  const clock = handClock(0)
  const readOnce = sharedReads(clock)
  let reads = 0
  const read = (): Promise<number> => Promise.resolve(++reads)
  const asked = async (key: string, after: number): Promise<number> => {
    await clock.sleep(after)
    return readOnce(key, read)
  }
  expect([await asked('a', 0), await asked('a', 9_999), await asked('b', 0)]).toEqual([1, 1, 2])
  expect([await asked('a', 1), await asked('a', 9_999), await asked('a', 1)]).toEqual([3, 3, 4])
})
