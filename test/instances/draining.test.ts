import { describe, expect, it } from 'vitest'
import { EcsTaskError } from '../../src/ground/errors.ts'
import { ofType } from '../deploy/support.ts'
import { expectNothingLeft, expectRefreshed } from './refreshed.ts'
import { type Staged, stage } from './support.ts'

/** What the failed step has found out. */
function forensicsIn(events: Awaited<ReturnType<Staged['refresh']>>['events']) {
  const [failed] = ofType(events, 'step.failed').filter(({ undoing }) => !undoing)
  return failed?.forensics
}

/** Does it once, when the first instance is told to drain. */
function atFirstDrain(act: (id: string) => void) {
  let isDone = false
  return {
    hear: (event: { type: string; instanceId?: string; state?: string }): void => {
      if (isDone || event.type !== 'instance.progressed' || event.state !== 'DRAINING') return
      isDone = true
      act(event.instanceId ?? '')
    },
  }
}

describe('a drain that is stuck', () => {
  it('because the percentages changed meanwhile fails with the tasks that are left, their services, and why', async () => {
    const s = await stage()
    const before = s.inGroup()
    s.renew()
    const deploymentConfiguration = { minimumHealthyPercent: 90, maximumPercent: 110 }
    const result = await s.refresh(
      {},
      {
        meddle: ({ operation, input }) => {
          if (operation !== 'UpdateContainerInstancesState' || input.status !== 'DRAINING') return
          s.call('ecs', 'UpdateService', { cluster: 'c', service: 'web', deploymentConfiguration })
        },
      },
    )
    expect(result).toMatchObject({ exitCode: 1, outcome: 'restored', problem: { code: 'InstancesFailed' } })
    expect(result.problem?.what).toMatch(/^i-\w+ did not drain within 180 s\.$/)
    expect(result.problem?.why).toBe(
      'minimumHealthyPercent 90 and maximumPercent 110 of 3 let ECS neither stop nor start a task',
    )
    const { unmet = [], next = '' } = forensicsIn(result.events) ?? {}
    expect(unmet).toHaveLength(1)
    expect(unmet[0]).toMatch(/^task \w{32} of service web is still on i-\w+: minimumHealthyPercent 90 and/)
    expect(next).toMatch(/^aws ecs list-tasks --cluster c --container-instance \w{32}$/)
    await s.wait(120_000)
    expect(s.inGroup().toSorted()).toEqual(before.toSorted())
    expectNothingLeft(s)
  })

  it('because the new instances have no room for a task fails with the words of ECS', async () => {
    const services = [
      { serviceName: 'web', desiredCount: 3 },
      {
        serviceName: 'large',
        desiredCount: 3,
        memory: 2000,
        placementConstraints: [{ type: 'memberOf', expression: 'attribute:ecs.ami-id == ami-1' }],
      },
    ]
    const s = await stage({ services })
    const before = s.inGroup()
    s.renew()
    const result = await s.refresh()
    expect(result).toMatchObject({ exitCode: 1, outcome: 'restored', problem: { code: 'InstancesFailed' } })
    expect(result.problem?.why).toMatch(/^was unable to place a task because no container instance met all of its/)
    expect(forensicsIn(result.events)?.unmet.join()).toContain('of service large')
    await s.wait(120_000)
    expect(s.inGroup().toSorted()).toEqual(before.toSorted())
    expectNothingLeft(s)
    expect(s.service('large')).toMatchObject({ runningCount: 3 })
  })

  it('because a replacement takes long fails only after the time-out', async () => {
    const s = await stage({ services: [{ serviceName: 'web', desiredCount: 3, image: 'web:slow-10m' }] })
    await s.wait(1_200_000)
    s.renew()
    const late = await s.refresh({}, { timeout: 400_000 })
    expect(late).toMatchObject({ exitCode: 1, problem: { code: 'TimedOut' } })
    expect(forensicsIn(late.events)?.unmet[0]).toContain('its replacement does not count as healthy yet')
    expect(await s.refresh({}, { timeout: 1_800_000 })).toMatchObject({ exitCode: 0 })
  })
})

describe('a rollback that is stuck', () => {
  it('names the replacement that is left and the command that terminates it', async () => {
    const s = await stage({ services: [{ serviceName: 'web', desiredCount: 3 }] })
    const before = s.inGroup()
    s.renew()
    const stop = new AbortController()
    const deploymentConfiguration = { minimumHealthyPercent: 90, maximumPercent: 110 }
    const result = await s.refresh(
      {},
      {
        signal: stop.signal,
        hear: (event) => {
          // The first instance has drained: its tasks are on the replacement, which they cannot leave any more.
          if (event.type !== 'instance.progressed' || event.state !== 'DRAINING' || event.tasks !== 0) return
          s.call('ecs', 'UpdateService', { cluster: 'c', service: 'web', deploymentConfiguration })
          stop.abort(new EcsTaskError('Interrupted', 'Interrupted by SIGINT.'))
        },
      },
    )
    expect(result).toMatchObject({ outcome: 'interrupted', exitCode: 130 })
    expect(result.left).toHaveLength(2)
    expect(result.left[1]).toContain('asg wants 4 of at most 5, and the next refresh goes by the note')
    const [, fresh = ''] = /--should-decrement-desired-capacity --instance-id (i-\w+)$/.exec(result.left[0] ?? '') ?? []
    expect(before).not.toContain(fresh)
    expect(s.inGroup()).toContain(fresh)
    expect(s.group()).toMatchObject({ DesiredCapacity: 4 })
    const service = { cluster: 'c', service: 'web' }
    const roomy = { minimumHealthyPercent: 100, maximumPercent: 200 }
    s.call('ecs', 'UpdateService', { ...service, deploymentConfiguration: roomy })
    expect(await s.refresh()).toMatchObject({ exitCode: 0 })
    await expectRefreshed(s, before)
  })
})

describe('while somebody else interferes', () => {
  it('and terminates a draining instance, the group ends as large as it was', async () => {
    const s = await stage()
    const before = s.inGroup()
    s.renew()
    const result = await s.refresh(
      {},
      atFirstDrain((id) => s.call('ec2', 'TerminateInstances', { InstanceIds: [id] })),
    )
    expect(result).toMatchObject({ exitCode: 0 })
    await expectRefreshed(s, before)
  })

  it('and terminates a detached instance, the group ends as large as it was', async () => {
    const s = await stage({ max: 3 })
    const before = s.inGroup()
    s.renew()
    const result = await s.refresh(
      {},
      atFirstDrain((id) => s.call('ec2', 'TerminateInstances', { InstanceIds: [id] })),
    )
    expect(result).toMatchObject({ exitCode: 0 })
    await expectRefreshed(s, before)
  })

  it('and a replacement dies, the refresh waits for the one that the group starts for it', async () => {
    const s = await stage()
    const before = s.inGroup()
    s.renew()
    const result = await s.refresh(
      {},
      atFirstDrain(() => {
        const fresh = s.inGroup().filter((id) => !before.includes(id))
        s.call('ec2', 'TerminateInstances', { InstanceIds: fresh })
      }),
    )
    expect(result).toMatchObject({ exitCode: 0 })
    await expectRefreshed(s, before)
  })

  it('and makes a draining instance ACTIVE again, the batch is rolled back', async () => {
    const s = await stage()
    const before = s.inGroup()
    s.renew()
    const result = await s.refresh(
      {},
      atFirstDrain((id) => {
        const containerInstances = [s.containers().get(id)!.containerInstanceArn]
        s.call('ecs', 'UpdateContainerInstancesState', { cluster: 'c', containerInstances, status: 'ACTIVE' })
      }),
    )
    expect(result).toMatchObject({ exitCode: 1, outcome: 'restored', problem: { code: 'InProgressElsewhere' } })
    await s.wait(120_000)
    expect(s.inGroup().toSorted()).toEqual(before.toSorted())
    expectNothingLeft(s)
  })

  it('and lowers the maximum, a batch that has no room is not started', async () => {
    const s = await stage()
    const before = s.inGroup()
    s.renew()
    const result = await s.refresh(
      {},
      atFirstDrain(() =>
        s.call('autoscaling', 'UpdateAutoScalingGroup', {
          AutoScalingGroupName: 'asg',
          MaxSize: 4,
          DesiredCapacity: 4,
          MinSize: 4,
        }),
      ),
    )
    expect(result.exitCode).not.toBe(0)
    s.call('autoscaling', 'UpdateAutoScalingGroup', { AutoScalingGroupName: 'asg', MinSize: 0 })
    expect(await s.refresh()).toMatchObject({ exitCode: 0 })
    await s.wait(120_000)
    expect(s.inGroup().filter((id) => before.includes(id))).toEqual([])
    expectNothingLeft(s)
  })

  it('and has drained an instance already, it is replaced like the others', async () => {
    const s = await stage()
    const before = s.inGroup()
    const [id = ''] = before
    const containerInstances = [s.containers().get(id)!.containerInstanceArn]
    s.call('ecs', 'UpdateContainerInstancesState', { cluster: 'c', containerInstances, status: 'DRAINING' })
    s.renew()
    expect(await s.refresh()).toMatchObject({ exitCode: 0 })
    await expectRefreshed(s, before)
  })
})
