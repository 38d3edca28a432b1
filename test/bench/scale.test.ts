import { expect, test } from 'vitest'
import { scaleRows } from '../../bench/scale.ts'

test('a deploy of ten services takes no longer than AWS’s request limits allow, and costs fewer calls a service than one', async () => {
  const rows = await scaleRows([1, 10])
  const [one, ten, scheduled, , , ofOneFamily] = rows

  expect(rows.map(({ holds }) => holds)).toEqual([true, true, true, undefined, undefined, true])
  expect(ten!.figures['seconds']).toBe(one!.figures['seconds'])
  expect(Number(ten!.figures['a service'])).toBeLessThan(Number(one!.figures['a service']) / 3)
  // Each is read for its revision, read again right before it moves, moved, and read for what is still in use.
  expect(Number(scheduled!.figures['calls']) - Number(ten!.figures['calls'])).toBeLessThanOrEqual(4 * 10)
  expect(Number(ofOneFamily!.figures['calls'])).toBeLessThan(Number(ten!.figures['calls']))
  expect(rows.map(({ figures }) => figures['throttled'])).toEqual([0, 0, 0, 0, 0, 0])
})
