import { describe, expect, it } from 'vitest'
import { clusterArn, roleArn, web } from './declared.ts'
import { ofType, stage } from './support.ts'

const noTasks = { runTasks: [] }

describe('a rollout that fails', () => {
  it('ends 1 with the service and its target restored, the new revision deregistered, and the reason reported', async () => {
    const { deploy, runs, active, targets, service } = stage(web())
    await deploy('v2')
    const before = targets('nightly')
    const result = await deploy('crash')
    expect(result).toMatchObject({ exitCode: 1, outcome: 'restored', left: [] })
    expect(runs('my_cluster/web')).toBe('web:2')
    expect(active('web')).toEqual(['web:1', 'web:2'])
    expect(targets('nightly')).toEqual(before)
    expect(service('my_cluster/web')).toMatchObject({ runningCount: 2, deployments: [{ rolloutState: 'COMPLETED' }] })
    const [failed] = ofType(result.events, 'step.failed')
    expect(failed).toMatchObject({
      problem: { what: 'The rollout of web failed.', why: expect.stringContaining('tasks failed to start') },
      forensics: {
        stoppedTasks: [
          { stoppedReason: 'Essential container in task exited', containers: [{ name: 'web', exitCode: 1 }] },
        ],
      },
    })
  })

  it('does not repeat a rollback that ECS made itself', async () => {
    const { deploy, service } = stage(web(noTasks))
    const old = service('my_cluster/web').deployments[0].id
    const { writes } = await deploy('no-pull')
    expect(writes.filter(({ operation }) => operation === 'UpdateService')).toHaveLength(1)
    expect(service('my_cluster/web').deployments).toMatchObject([{ id: old, rolloutState: 'COMPLETED' }])
  })

  it('is rolled back by UpdateService when the circuit breaker does not roll back', async () => {
    const { deploy, call, runs, service } = stage(web(noTasks))
    call('ecs', 'UpdateService', {
      cluster: 'my_cluster',
      service: 'web',
      deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: false } },
    })
    const { exitCode, writes } = await deploy('no-pull')
    expect(exitCode).toBe(1)
    expect(writes.filter(({ operation }) => operation === 'UpdateService')).toHaveLength(2)
    expect(runs('my_cluster/web')).toBe('web:1')
    expect(service('my_cluster/web').deployments).toMatchObject([{ rolloutState: 'COMPLETED', runningCount: 2 }])
  })

  it('rolls back the services that succeeded too, and those still in progress', async () => {
    const bad = 'my_cluster/slow'
    const { deploy, call, runs, active } = stage(
      web({
        ...noTasks,
        updateServices: [
          { cluster: 'my_cluster', service: 'quick' },
          { cluster: 'my_cluster', service: 'slow' },
        ],
      }),
    )
    call('ecs', 'UpdateService', { cluster: 'my_cluster', service: 'quick', desiredCount: 0 })
    const result = await deploy('no-pull')
    expect(result.exitCode).toBe(1)
    expect(
      ofType(result.events, 'step.finished').some(
        (event) => event.id === 'updateService my_cluster/quick' && !event.undoing,
      ),
    ).toBe(true)
    expect([runs('my_cluster/quick'), runs(bad)]).toEqual(['web:1', 'web:1'])
    expect(active('web')).toEqual(['web:1'])
  })

  it('restores every setting that the update declared', async () => {
    const { deploy, service } = stage(
      web({
        ...noTasks,
        updateServices: [
          {
            cluster: 'my_cluster',
            service: 'web',
            desiredCount: 4,
            deploymentConfiguration: { maximumPercent: 150, minimumHealthyPercent: 50 },
            enableExecuteCommand: false,
          },
        ],
      }),
    )
    const before = service('my_cluster/web')
    const settings = (of: any): object => ({
      desiredCount: of.desiredCount,
      deploymentConfiguration: of.deploymentConfiguration,
    })
    const was = structuredClone(settings(before))
    expect((await deploy('no-pull')).exitCode).toBe(1)
    expect(settings(service('my_cluster/web'))).toEqual(was)
    expect(service('my_cluster/web').runningCount).toBe(2)
  })

  it('that outlives the time-out is rolled back', async () => {
    const { deploy, runs, active } = stage(web({ ...noTasks, eventTargets: [] }))
    const result = await deploy('slow-30m', { timeout: 10 * 60_000 })
    expect(result).toMatchObject({
      exitCode: 1,
      problem: { code: 'TimedOut', what: 'The rollout of web had not completed after 600 s.' },
    })
    expect(runs('my_cluster/web')).toBe('web:1')
    expect(active('web')).toEqual(['web:1'])
  })

  it('that another deployment superseded is not undone, and ends 5', async () => {
    const { deploy, call, runs, active } = stage(web({ ...noTasks, eventTargets: [] }))
    let meddled = false
    const result = await deploy('v2', {
      hear: (event) => {
        if (event.type !== 'service.progressed' || event.running === 0 || meddled) return
        meddled = true
        call('ecs', 'UpdateService', {
          cluster: 'my_cluster',
          service: 'web',
          taskDefinition: 'web:1',
          forceNewDeployment: true,
        })
      },
    })
    expect(result).toMatchObject({ exitCode: 5, outcome: 'superseded', problem: { code: 'DeploymentSuperseded' } })
    expect(runs('my_cluster/web')).toBe('web:1')
    expect(active('web')).toEqual(['web:1', 'web:2'])
    expect(result.writes.filter(({ operation }) => operation === 'UpdateService')).toHaveLength(1)
  })
})

describe('a one-off task that fails', () => {
  const untouched = (result: { writes: readonly { operation: string }[] }): boolean =>
    !result.writes.some(({ operation }) => operation === 'UpdateService' || operation === 'PutTargets')

  it('with exit code 3 ends the deploy before any service was touched', async () => {
    const { deploy, runs, active } = stage(web())
    const result = await deploy('exit-3')
    expect(result).toMatchObject({
      exitCode: 1,
      problem: { code: 'TaskFailed', what: 'The one-off task failed: container web exited with 3.' },
    })
    expect(untouched(result)).toBe(true)
    expect(runs('my_cluster/web')).toBe('web:1')
    expect(active('web')).toEqual(['web:1'])
  })

  it('is the last that begins', async () => {
    const { deploy } = stage(web({ runTasks: [{ cluster: 'my_cluster' }, { cluster: 'my_cluster' }] }))
    const { events } = await deploy('exit-3')
    const begun = ofType(events, 'step.started').filter(({ undoing }) => !undoing)
    expect(begun.map(({ id }) => id)).toEqual(['registerTaskDefinition web', 'runTask Task/0'])
  })

  it('without an exit code has failed too', async () => {
    const result = await stage(web()).deploy('no-pull')
    expect(result.exitCode).toBe(1)
    expect(result.problem!.what).toContain('container web has no exit code (CannotPullContainerError')
    expect(untouched(result)).toBe(true)
  })

  it('because it could not be placed ends the deploy', async () => {
    const result = await stage(web()).deploy('no-place')
    expect(result).toMatchObject({
      exitCode: 1,
      problem: { code: 'TaskFailed', what: '0 of 1 one-off tasks could be placed.', why: 'RESOURCE:MEMORY' },
    })
    expect(untouched(result)).toBe(true)
  })

  it('because fewer were placed than asked for stops those that were', async () => {
    const { deploy, tasks } = stage(web({ runTasks: [{ cluster: 'my_cluster', count: 3 }] }), { placeOneLess: true })
    const result = await deploy('v2')
    expect(result).toMatchObject({
      exitCode: 1,
      problem: { code: 'TaskFailed', what: '2 of 3 one-off tasks could be placed.' },
    })
    const placed = tasks().filter((task) => task.group === 'family:web')
    expect(placed.map((task) => task.desiredStatus)).toEqual(['STOPPED', 'STOPPED'])
    expect(untouched(result)).toBe(true)
  })

  it('because it outlives the time-out is stopped', async () => {
    const { deploy, tasks } = stage(web())
    const result = await deploy('slow-30m', { timeout: 60_000 })
    expect(result).toMatchObject({ exitCode: 1, problem: { code: 'TimedOut' } })
    expect(tasks().find((task) => task.group === 'family:web')!).toMatchObject({
      desiredStatus: 'STOPPED',
      lastStatus: 'STOPPED',
      stopCode: 'UserInitiated',
    })
    expect(untouched(result)).toBe(true)
  })

  it('in a container that is not essential does not count', async () => {
    const containerDefinitions = [
      { name: 'web', image: 'my_image:<image_tag>', memory: 512 },
      { name: 'sidecar', image: 'sidecar:exit-9', memory: 64, essential: false },
    ]
    const { deploy } = stage(
      web({ taskDefinition: { family: 'web', containerDefinitions }, updateServices: [], eventTargets: [] }),
    )
    expect((await deploy('v2')).exitCode).toBe(0)
  })
})

describe('event targets', () => {
  const failing = (times: number) => {
    let left = times
    return ({ operation, input }: { operation: string; input: any }) => {
      if (operation !== 'PutTargets' || left-- <= 0) return undefined
      const FailedEntries = [
        { TargetId: input.Targets[0].Id, ErrorCode: 'ConcurrentModificationException', ErrorMessage: 'busy' },
      ]
      return { status: 200, body: { FailedEntryCount: 1, FailedEntries } }
    }
  }

  it('that EventBridge rejected are retried, and no others', async () => {
    const { deploy, targets } = stage(web(noTasks), { meddle: failing(2) })
    const result = await deploy('v2')
    expect(result.exitCode).toBe(0)
    expect(result.writes.filter(({ operation }) => operation === 'PutTargets')).toHaveLength(3)
    expect(targets('nightly')[0]!.EcsParameters.TaskDefinitionArn).toMatch(/web:2$/)
  })

  it('are sent five times, each time after twice as long', async () => {
    const { deploy } = stage(web(noTasks), { meddle: failing(4) })
    const { exitCode, writes } = await deploy('v2')
    const times = writes.filter(({ operation }) => operation === 'PutTargets').map(({ at }) => at)
    expect([exitCode, times.map((at) => at - times[0]!)]).toEqual([0, [0, 1000, 3000, 7000, 15_000]])
  })

  it('of which EventBridge took some are sent again alone', async () => {
    const Targets = ['a', 'b'].map((Id) => ({ Id, Arn: clusterArn, RoleArn: roleArn, EcsParameters: {} }))
    const { deploy } = stage(web({ ...noTasks, eventTargets: [{ Rule: 'nightly', Targets }] }), { meddle: failing(1) })
    const { exitCode, writes } = await deploy('v2')
    const sent = writes.filter(({ operation }) => operation === 'PutTargets').map(({ input }) => input.Targets)
    expect([exitCode, sent.map((targets) => targets.map(({ Id }: { Id: string }) => Id))]).toEqual([
      0,
      [['a', 'b'], ['a']],
    ])
  })

  it('that it never accepts fail the deploy, and the services are rolled back', async () => {
    const { deploy, runs } = stage(web(noTasks), { meddle: failing(5) })
    const result = await deploy('v2')
    expect(result).toMatchObject({
      exitCode: 1,
      problem: { code: 'TargetsFailed', problems: ['nightly/web: ConcurrentModificationException: busy'] },
    })
    expect(runs('my_cluster/web')).toBe('web:1')
  })

  it('that are new are removed again, and the others are restored', async () => {
    const Targets = ['a', 'b'].map((Id) => ({ Id, Arn: clusterArn, RoleArn: roleArn, EcsParameters: {} }))
    const { deploy, call, targets } = stage(
      [
        web({ ...noTasks, eventTargets: [{ Rule: 'nightly', Targets }] }),
        web({
          ...noTasks,
          updateServices: [],
          eventTargets: [{ Rule: 'weekly', Targets }],
          taskDefinition: { family: 'other', containerDefinitions: [{ name: 'o', image: 'o', memory: 4 }] },
        }),
      ],
      {
        meddle: ({ operation, input }) =>
          operation === 'PutTargets' && input.Rule === 'weekly'
            ? { status: 400, body: { __type: 'ManagedRuleException', message: 'no' } }
            : undefined,
      },
    )
    const before = {
      Id: 'a',
      Arn: clusterArn,
      RoleArn: roleArn,
      Input: '{"x":1}',
      EcsParameters: { TaskDefinitionArn: 'arn:aws:ecs:us-east-1:123456789012:task-definition/web:1', TaskCount: 3 },
    }
    const mine = {
      Id: 'mine',
      Arn: clusterArn,
      RoleArn: roleArn,
      EcsParameters: { TaskDefinitionArn: 'arn:aws:ecs:us-east-1:123456789012:task-definition/x:1', TaskCount: 1 },
    }
    call('events', 'PutTargets', { Rule: 'nightly', Targets: [before, mine] })
    expect((await deploy('v2')).exitCode).toBe(1)
    expect(targets('nightly').toSorted((one, other) => one.Id.localeCompare(other.Id))).toEqual([before, mine])
  })
})

describe('a failed rollback', () => {
  it('is reported with the command that repairs it, and ends 3', async () => {
    let broken = false
    const { deploy, call, active } = stage(web(noTasks), {
      meddle: ({ operation }) =>
        operation === 'UpdateService' && broken
          ? { status: 400, body: { __type: 'ClientException', message: 'no more' } }
          : undefined,
    })
    call('ecs', 'UpdateService', {
      cluster: 'my_cluster',
      service: 'web',
      deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: false } },
    })
    const result = await deploy('no-pull', { hear: (event) => void (broken ||= event.type === 'undo.started') })
    expect(result).toMatchObject({ exitCode: 3, outcome: 'halfDone' })
    expect(result.left[0]).toContain(
      `aws ecs update-service --cli-input-json '{"cluster":"my_cluster","service":"web","taskDefinition":"arn:aws:ecs:us-east-1:123456789012:task-definition/web:1"}'`,
    )
    // A revision that a service still points at is never deregistered.
    expect(active('web')).toEqual(['web:1', 'web:2'])
    expect(result.left[1]).toContain('web:2 is still used by service my_cluster/web')
  })
})
