import { describe, expect, it } from 'vitest'
import { ofType } from '../deploy/support.ts'
import { expectNothingLeft, expectRefreshed } from './refreshed.ts'
import { type Sent, type Staged, minutes, stage } from './support.ts'

const ways = [
  ['raises', 5],
  ['detaches', 3],
] as const

/** Who takes an instance away, and how. */
const takers: Readonly<Record<string, (s: Staged, id: string) => unknown>> = {
  'Spot or a person in EC2': (s, id) => s.call('ec2', 'TerminateInstances', { InstanceIds: [id] }),
  'a person in the group': (s, id) =>
    s.call('autoscaling', 'TerminateInstanceInAutoScalingGroup', {
      InstanceId: id,
      ShouldDecrementDesiredCapacity: false,
    }),
  'scale-in': (s, id) =>
    s.call('autoscaling', 'TerminateInstanceInAutoScalingGroup', {
      InstanceId: id,
      ShouldDecrementDesiredCapacity: true,
    }),
}
const cases = ways.flatMap(([way, max]) => Object.keys(takers).map((taker) => ({ way, max, taker })))

/** The instances that are to be replaced after the first batch, in the order of the plan. */
async function laterOf(s: Staged): Promise<string[]> {
  const { plan } = await s.refresh({}, { dryRun: true })
  const ids = plan!.stages
    .flatMap(({ steps }) => steps)
    .flatMap(({ kind, subject }) =>
      kind === 'putAttributes' && subject.type === 'instances' ? [...subject.instances] : [],
    )
  return ids.slice(1)
}

/** Does something once: when the first instance drains, or before the first request that fits. */
function once(when: (sent: Sent) => boolean, act: () => unknown) {
  let isDone = false
  return {
    meddle: (sent: Sent): void => {
      if (isDone || !when(sent)) return
      isDone = true
      act()
    },
  }
}

const firstDrain = ({ operation, input }: Sent): boolean =>
  operation === 'UpdateContainerInstancesState' && input.status === 'DRAINING'

describe.each(cases)('an outdated instance of a later batch that $taker takes from a group that $way', (one) => {
  it('counts as done, and the others are replaced', async () => {
    const { max, taker } = one
    const s = await stage({ max })
    const before = s.inGroup()
    s.renew()
    const [, last = ''] = await laterOf(s)
    const result = await s.refresh(
      {},
      once(firstDrain, () => takers[taker]!(s, last)),
    )
    expect(result).toMatchObject({ outcome: 'succeeded', exitCode: 0, left: [] })
    const isSmaller = taker === 'scale-in'
    if (!isSmaller) return expectRefreshed(s, before)
    await s.wait(minutes(3))
    expect(s.group()).toMatchObject({ DesiredCapacity: 2 })
    expect(s.inGroup().filter((id) => before.includes(id))).toEqual([])
    expectNothingLeft(s)
  })

  it.each(['PutAttributes', 'SetDesiredCapacity', 'DetachInstances', 'UpdateContainerInstancesState', 'Terminate'])(
    'counts as done also between the reading and %s',
    async (operation) => {
      const { max, taker } = one
      const s = await stage({ max })
      const before = s.inGroup()
      s.renew()
      const [second = ''] = await laterOf(s)
      const arn = s.containers().get(second)!.containerInstanceArn
      // The write of the batch that is about this instance, or the one after it where the write is about the group.
      let isMarked = false
      const isIts = (sent: Sent): boolean => {
        isMarked ||= sent.operation === 'PutAttributes' && JSON.stringify(sent.input).includes(arn)
        return isMarked && sent.operation.startsWith(operation) && sent.input.status !== 'ACTIVE'
      }
      const result = await s.refresh(
        {},
        once(isIts, () => {
          const isInside = s.inGroup().includes(second)
          takers[isInside ? taker : 'Spot or a person in EC2']!(s, second)
          // By then EC2 has terminated it, and ECS no longer knows it.
          s.region().containerInstances[arn]!.containerInstance['status'] = 'INACTIVE'
        }),
      )
      expect(result).toMatchObject({ outcome: 'succeeded', exitCode: 0, left: [] })
      await s.wait(minutes(5))
      expect(s.inGroup().filter((id) => before.includes(id))).toEqual([])
      expect(s.service('web')).toMatchObject({ runningCount: 3 })
      expectNothingLeft(s)
    },
  )
})

describe('what is said of an instance that was gone', () => {
  it.each(ways)('is no more than was seen, of a group that %s', async (_way, max) => {
    const s = await stage({ max })
    s.renew()
    const [, last = ''] = await laterOf(s)
    const result = await s.refresh(
      {},
      once(firstDrain, () => takers['a person in the group']!(s, last)),
    )
    const told = ofType(result.events, 'step.finished').filter(({ did }) => did === 'notNeeded')
    expect(told.map(({ title }) => title)).toContain(`Mark ${last} for replacement`)
    expect(result.summary).toBe('Replaced 3 instances of asg in c; 1 of them was gone already.')
  })
})

it('a maximum that is lowered to the size of the group leaves it as large as that', async () => {
  const s = await stage()
  const before = s.inGroup()
  s.renew()
  const result = await s.refresh(
    {},
    once(firstDrain, () =>
      s.call('autoscaling', 'UpdateAutoScalingGroup', { AutoScalingGroupName: 'asg', MaxSize: 3 }),
    ),
  )
  expect(result.problem?.what).toBe('Group asg no longer has room for 1 more.')
  expect(await s.refresh()).toMatchObject({ exitCode: 0, left: [] })
  await expectRefreshed(s, before)
})
