import { describe, expect, it } from 'vitest'
import { EcsTaskError } from '../../src/ground/errors.ts'
import { ofType } from '../deploy/support.ts'
import { expectNothingLeft, expectRefreshed } from './refreshed.ts'
import { type Staged, stage } from './support.ts'

const ways = [
  ['that raises', 5],
  ['that detaches', 3],
] as const

/** The group is as it was: the same instances, all of which take tasks, and nothing of the refresh is left. */
async function expectAsBefore(s: Staged, before: readonly string[]): Promise<void> {
  await s.wait(180_000)
  expect(s.inGroup().toSorted()).toEqual(before.toSorted())
  expect(s.group()).toMatchObject({ DesiredCapacity: before.length })
  expectNothingLeft(s)
  expect(s.service('web')).toMatchObject({ runningCount: 3 })
}

describe('new capacity that never comes', () => {
  it.each(ways)('because EC2 has none is given up, and a group %s is as before', async (_way, max) => {
    const s = await stage({ max, newImage: 'ami-no-capacity' })
    const before = s.inGroup()
    s.renew()
    const result = await s.refresh()
    expect(result).toMatchObject({ outcome: 'restored', exitCode: 1, left: [], problem: { code: 'InstancesFailed' } })
    expect(result.problem).toMatchObject({
      what: 'Group asg does not get the instances that it needs.',
      why: expect.stringContaining('Auto Scaling failed 3 times'),
    })
    const failed = ofType(result.events, 'step.failed')[0]!
    // The old instances serve the cluster, and are no reason.
    expect(failed.forensics?.unmet).toEqual([expect.stringMatching(/^1 of \d still to be started$/)])
    const warnings = ofType(result.events, 'warning.raised').map(({ text }) => text)
    expect(warnings.filter((text) => text.startsWith('asg could not start an instance'))).toHaveLength(1)
    await expectAsBefore(s, before)
  })

  it.each(ways)('because it does not join the cluster is given up, and a group %s is as before', async (_way, max) => {
    const s = await stage({ max, newImage: 'ami-never-joins' })
    const before = s.inGroup()
    s.renew()
    const result = await s.refresh({}, { timeout: 300_000 })
    expect(result).toMatchObject({ outcome: 'restored', exitCode: 1, left: [], problem: { code: 'TimedOut' } })
    expect(result.problem?.why).toMatch(/^i-\w+ has not joined the cluster\.$/)
    expect(result.problem?.fix).toContain('ECS_CLUSTER=c')
    await expectAsBefore(s, before)
  })

  it('cannot be rolled back if the group may be neither larger nor smaller, and says what to do', async () => {
    const s = await stage({ min: 3, max: 3, newImage: 'ami-never-joins' })
    const before = s.inGroup()
    s.renew()
    const result = await s.refresh({}, { timeout: 300_000 })
    expect(result).toMatchObject({ outcome: 'halfDone', exitCode: 3 })
    const [outside = ''] = before.filter((id) => !s.inGroup().includes(id))
    const goOn = 'Do it with: ecs-task instances refresh --cluster c --asg asg'
    const [attach = '', ...others] = result.left
    expect(attach).toContain('may be neither larger nor smaller: its maximum has to be raised first. Do it with: ')
    expect(others).toEqual([
      `Remove the mark of ${outside}: ${outside} is not in asg, and the next refresh, which replaces it, finds it by its mark. ${goOn}`,
      `Remove the record of asg: the next refresh goes by it, and replaces ${outside}. ${goOn}`,
    ])
    expect(s.containers().get(outside)).toMatchObject({ status: 'ACTIVE' })
    // The one that is outside is not forgotten.
    expect(await s.status('asg')).toMatchObject({
      groups: [{ findings: expect.arrayContaining([expect.any(String)]) }],
    })
    s.renew('ami-3')
    expect(await s.refresh({ forceAll: true })).toMatchObject({ exitCode: 0 })
    await expectRefreshed(s, before)
  })

  it('is attached again by the printed commands, one after another, and the next run is one of three instances', async () => {
    const s = await stage({ min: 3, max: 3, newImage: 'ami-never-joins' })
    const before = s.inGroup()
    s.renew()
    const { left } = await s.refresh({}, { timeout: 300_000 })
    const commands = left[0]?.split('Do it with: ')[1]?.split(' && ') ?? []
    expect(commands.map((command) => typed(s, command))).toEqual(['UpdateAutoScalingGroup', 'AttachInstances'])
    await s.wait(60_000)
    expect(s.inGroup()).toEqual(expect.arrayContaining(before))
    s.renew('ami-3')
    expect(await s.refresh({ forceAll: true })).toMatchObject({ exitCode: 0, left: [] })
    await expectRefreshed(s, before)
    expect(s.group()).toMatchObject({ DesiredCapacity: 3, MaxSize: 4 })
  })
})

describe('a batch that fails after others were replaced', () => {
  it('is rolled back alone, and the next run goes on with it', async () => {
    const s = await stage()
    const before = s.inGroup()
    s.renew()
    let drains = 0
    const result = await s.refresh(
      {},
      {
        timeout: 300_000,
        meddle: ({ operation, input }) => {
          if (operation !== 'UpdateContainerInstancesState' || input.status !== 'DRAINING') return
          drains++
          if (drains === 2) s.renew('ami-no-capacity')
        },
      },
    )
    expect(result).toMatchObject({ exitCode: 1, outcome: 'restored', left: [] })
    expect(result.summary).toContain('what was in progress is as it was; what was done before stays')
    await s.wait(120_000)
    expect(s.inGroup().filter((id) => before.includes(id))).toHaveLength(1)
    expect(s.group()).toMatchObject({ DesiredCapacity: 3 })
    expectNothingLeft(s)
    s.renew('ami-3')
    expect(await s.refresh()).toMatchObject({ exitCode: 0 })
    await expectRefreshed(s, before)
  })
})

describe('Ctrl-C', () => {
  const moments = [
    { operation: 'CreateOrUpdateTags', max: 5 },
    { operation: 'PutAttributes', max: 5 },
    { operation: 'SetDesiredCapacity', max: 5 },
    { operation: 'UpdateContainerInstancesState', max: 5 },
    { operation: 'PutAttributes', max: 3 },
    { operation: 'DetachInstances', max: 3 },
    { operation: 'UpdateContainerInstancesState', max: 3 },
  ]

  it.each(moments)('at $operation with a maximum of $max rolls everything back', async ({ max, operation }) => {
    const s = await stage({ max })
    const before = s.inGroup()
    s.renew()
    const stop = new AbortController()
    const result = await s.refresh(
      {},
      {
        signal: stop.signal,
        meddle: (sent) => {
          if (sent.operation === operation) stop.abort(new EcsTaskError('Interrupted', 'Interrupted by SIGINT.'))
        },
      },
    )
    expect(result).toMatchObject({ outcome: 'interrupted', exitCode: 130, left: [] })
    await expectAsBefore(s, before)
  })

  it('a second time ends at once, and names no command that lets the group choose what it terminates', async () => {
    const s = await stage()
    const before = s.inGroup()
    s.renew()
    const [stop, atOnce] = [new AbortController(), new AbortController()]
    let drained = 0
    const result = await s.refresh(
      {},
      {
        signal: stop.signal,
        atOnce: atOnce.signal,
        meddle: ({ operation, input }) => {
          // The process is gone by then.
          if (atOnce.signal.aborted) throw new Error('killed')
          if (operation !== 'UpdateContainerInstancesState' || input.status !== 'DRAINING') return
          const controller = ++drained === 1 ? stop : atOnce
          controller.abort(new EcsTaskError('Interrupted', 'Interrupted by SIGINT.'))
        },
      },
    )
    expect(result).toMatchObject({ outcome: 'interrupted', exitCode: 130 })
    expect(result.left.join('\n')).toContain(
      'Bring asg back to 3: it was in progress. Do it with: ecs-task instances refresh --cluster c --asg asg',
    )
    expect(result.left.join('\n')).not.toContain('set-desired-capacity')
    expect(await s.refresh()).toMatchObject({ exitCode: 0, left: [] })
    await expectRefreshed(s, before)
  })

  it.each(ways)('while a group %s brings up a replacement rolls everything back', async (_way, max) => {
    const s = await stage({ max })
    const before = s.inGroup()
    s.renew()
    const stop = new AbortController()
    const result = await s.refresh(
      {},
      {
        signal: stop.signal,
        hear: (event) => {
          if (event.type !== 'instance.progressed' || event.state !== 'InService') return
          stop.abort(new EcsTaskError('Interrupted', 'Interrupted by SIGINT.'))
        },
      },
    )
    expect(result).toMatchObject({ outcome: 'interrupted', exitCode: 130, left: [] })
    await expectAsBefore(s, before)
  })

  it.each(ways)('while an instance of a group %s drains makes it ACTIVE again', async (_way, max) => {
    const s = await stage({ max })
    const before = s.inGroup()
    s.renew()
    const stop = new AbortController()
    const result = await s.refresh(
      {},
      {
        signal: stop.signal,
        hear: (event) => {
          if (event.type !== 'instance.progressed' || event.state !== 'DRAINING') return
          stop.abort(new EcsTaskError('Interrupted', 'Interrupted by SIGINT.'))
        },
      },
    )
    expect(result).toMatchObject({ outcome: 'interrupted', exitCode: 130, left: [] })
    await expectAsBefore(s, before)
  })

  it.each([
    ['TerminateInstanceInAutoScalingGroup', 5],
    ['TerminateInstances', 3],
  ] as const)('at %s ends after that instance, with nothing half done', async (operation, max) => {
    const s = await stage({ max })
    const before = s.inGroup()
    s.renew()
    const stop = new AbortController()
    const result = await s.refresh(
      {},
      {
        signal: stop.signal,
        meddle: (sent) => {
          if (sent.operation === operation) stop.abort(new EcsTaskError('Interrupted', 'Interrupted by SIGINT.'))
        },
      },
    )
    expect(result).toMatchObject({ outcome: 'interrupted', exitCode: 130, left: [] })
    await s.wait(180_000)
    expect(s.inGroup().filter((id) => before.includes(id))).toHaveLength(2)
    expect(s.inGroup()).toHaveLength(3)
    expectNothingLeft(s)
  })
})

describe('an answer that is lost', () => {
  const writes = [
    'CreateOrUpdateTags',
    'PutAttributes',
    'SetDesiredCapacity',
    'UpdateContainerInstancesState',
    'TerminateInstanceInAutoScalingGroup',
    'DetachInstances',
    'TerminateInstances',
    'DeleteTags',
  ]

  it.each(writes)('to %s makes no difference', async (operation) => {
    const s = await stage({ max: /Detach|TerminateInstances/.test(operation) ? 3 : 5 })
    const before = s.inGroup()
    s.renew()
    let lost = 0
    const result = await s.refresh(
      {},
      { meddle: (sent) => (sent.operation === operation && lost++ === 0 ? 'lost' : undefined) },
    )
    expect(lost).toBeGreaterThan(1)
    expect(result).toMatchObject({ exitCode: 0, left: [] })
    await expectRefreshed(s, before)
  })

  it.each([
    'AttachInstances',
    'DeleteAttributes',
    'UpdateContainerInstancesState',
    'TerminateInstanceInAutoScalingGroup',
  ])('of %s on the way back changes nothing', async (operation) => {
    const s = await stage({ max: 3, newImage: 'ami-never-joins' })
    const before = s.inGroup()
    s.renew()
    let lost = 0
    const result = await s.refresh(
      {},
      { timeout: 120_000, meddle: (sent) => (sent.operation === operation && lost++ === 0 ? 'lost' : undefined) },
    )
    expect(result).toMatchObject({ exitCode: 1, left: [] })
    await expectAsBefore(s, before)
  })
})

/** Types a command of the AWS CLI about the group; answers the operation. */
function typed(s: Staged, command: string): string {
  const [, , call = '', ...words] = command.split(' ')
  const [operation, ...rest] = [call, ...words].join(' ').split(' --')
  const capital = (word: string): string => `${word[0]?.toUpperCase()}${word.slice(1)}`
  const nameOf = (kebab = ''): string => kebab.split('-').map(capital).join('')
  const members = rest.map((option): [string, unknown] => {
    const [name = '', ...values] = option.split(' ')
    return [nameOf(name), name === 'instance-ids' ? values : Number(values[0]) || values[0]]
  })
  s.call('autoscaling', nameOf(operation), Object.fromEntries(members))
  return nameOf(operation)
}
