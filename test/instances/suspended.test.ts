import { expect, it } from 'vitest'
import { expectNothingLeft } from './refreshed.ts'
import { stage } from './support.ts'

it.each([5, 3])(
  'Launch that is suspended in mid-run is named at once, with what resumes it: a maximum of %i',
  async (max) => {
    const s = await stage({ max })
    const before = s.inGroup()
    s.renew()
    const began = s.clock.now()
    let isDone = false
    const result = await s.refresh(
      {},
      {
        meddle: ({ operation }) => {
          if (isDone || !/SetDesiredCapacity|DetachInstances/.test(operation)) return
          isDone = true
          s.call('autoscaling', 'SuspendProcesses', { AutoScalingGroupName: 'asg', ScalingProcesses: ['Launch'] })
        },
      },
    )
    expect(s.clock.now() - began).toBeLessThan(120_000)
    expect(result).toMatchObject({
      exitCode: 1,
      left: [],
      problem: {
        code: 'InstancesFailed',
        why: 'Its process Launch was suspended during the refresh, so it starts none.',
        fix: 'Resume it with: aws autoscaling resume-processes --auto-scaling-group-name asg --scaling-processes Launch, and run this again: it continues where it stopped.',
      },
    })
    await s.wait(180_000)
    expect(s.inGroup().toSorted()).toEqual(before.toSorted())
    expectNothingLeft(s)
  },
)
