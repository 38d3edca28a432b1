import { expect, it, onTestFinished, vi } from 'vitest'
import { systemClock } from '../../src/ground/clock.ts'

it.each([1, 30])(
  'a time that has passed already is not waited for, and no timer is given it: speed %i',
  async (speed) => {
    const timers = vi.spyOn(globalThis, 'setTimeout')
    onTestFinished(() => timers.mockRestore())
    await systemClock({ speed }).sleep(-1)
    await systemClock({ speed }).sleep(0)
    expect(timers.mock.calls.map(([, milliseconds]) => milliseconds)).toEqual([0, 0])
  },
)

it("the machine's clock goes on when somebody sets it back two hours", () => {
  const clock = systemClock()
  const before = clock.now()
  expect(Math.abs(before - Date.now())).toBeLessThan(60_000)
  const set = vi.spyOn(Date, 'now').mockReturnValue(before - 2 * 3_600_000)
  onTestFinished(() => set.mockRestore())
  expect(clock.now()).toBeGreaterThanOrEqual(before)
  expect(Number.isInteger(clock.now())).toBe(true)
})
