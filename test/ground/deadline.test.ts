import { afterEach, expect, it } from 'vitest'
import { withDeadline } from '../../src/ground/deadline.ts'
import { handClock } from '../handClock.ts'

const warnings: string[] = []
const hear = ({ name }: Error): void => void warnings.push(name)
process.on('warning', hear)
afterEach(() => void process.off('warning', hear))

it('lets any number of calls listen for the end of the time, without a warning of Node’s', async () => {
  const clock = handClock(0)
  const ended = await withDeadline(clock, 20_000, (late) =>
    Promise.all(Array.from({ length: 20 }, () => clock.sleep(30_000, late).catch(() => 'late'))),
  )
  expect(ended).toEqual(Array.from({ length: 20 }, () => 'late'))
  expect(warnings).toEqual([])
})
