import { describe, expect, it } from 'vitest'
import { EcsTaskError } from '../../src/ground/errors.ts'
import { clusterArn, roleArn, web } from './declared.ts'
import { type Meddle, ofType, stage } from './support.ts'

describe('a run that failed and has nothing to put back ends 1, whatever the policy', () => {
  it.each(['leave', 'stop', 'rollback'] as const)(
    'a one-off task of a revision that was there, --on-failure %s',
    async (onFailure) => {
      const { deploy, active, runs } = stage(web({ eventTargets: [] }))
      await deploy('exit-1', { onFailure: 'leave' })
      expect(active('web')).toEqual(['web:1', 'web:2'])
      const again = await deploy('exit-1', { onFailure, skipUnchanged: true })
      expect(again.problem).toMatchObject({ code: 'TaskFailed' })
      expect(again).toMatchObject({ exitCode: 1, outcome: 'restored', left: [] })
      expect([active('web'), runs('my_cluster/web')]).toEqual([['web:1', 'web:2'], 'web:1'])
    },
  )

  it('a one-off task that timed out', async () => {
    const { deploy, tasks } = stage(web({ eventTargets: [] }))
    await deploy('slow-60m', { onFailure: 'leave', timeout: 60_000 })
    const again = await deploy('slow-60m', { onFailure: 'stop', skipUnchanged: true, timeout: 60_000 })
    expect(again).toMatchObject({ exitCode: 1, problem: { code: 'TimedOut' }, left: [] })
    expect(tasks().filter(({ startedBy, desiredStatus }) => !startedBy && desiredStatus === 'RUNNING')).toEqual([])
  })

  it('but what was registered is named', async () => {
    const { deploy } = stage(web({ eventTargets: [] }))
    const result = await deploy('exit-1', { onFailure: 'stop' })
    expect(result).toMatchObject({ exitCode: 3, outcome: 'halfDone' })
    expect(result.left).toEqual([expect.stringContaining('Deregister')])
  })
})

describe('a watched rollout that ECS did not put back', () => {
  it('ends 3 and says so', async () => {
    const { deploy, call, wait } = stage(web({ runTasks: [], eventTargets: [] }))
    const deploymentCircuitBreaker = { enable: true, rollback: false }
    call('ecs', 'UpdateService', {
      cluster: 'my_cluster',
      service: 'web',
      deploymentConfiguration: { deploymentCircuitBreaker },
    })
    await deploy('crash', { wait: false })
    const result = await wait({ program: 'tsx web.ts', earlyFail: undefined })
    expect(result).toMatchObject({ exitCode: 3, outcome: 'halfDone' })
    expect(result.left).toEqual([
      'The rollout of web failed. ECS did not roll it back. Roll back with: tsx web.ts rollback',
    ])
  })
})

describe('what a step did before it was interrupted is put back', () => {
  const target = (Id: string) => ({ Id, Arn: clusterArn, RoleArn: roleArn, EcsParameters: {} })

  it('a target that the first attempt had set, interrupted before the second', async () => {
    let attempts = 0
    const half: Meddle = ({ operation, input }) => {
      if (operation !== 'PutTargets' || attempts++ > 0) return undefined
      staged.call('events', 'PutTargets', { ...input, Targets: input.Targets.slice(0, 1) })
      const FailedEntries = [{ TargetId: 'b', ErrorCode: 'InternalException', ErrorMessage: 'oops' }]
      return { status: 200, body: { FailedEntryCount: 1, FailedEntries } }
    }
    const staged = stage(
      web({ runTasks: [], eventTargets: [{ Rule: 'nightly', Targets: [target('a'), target('b')] }] }),
      { meddle: half },
    )
    const controller = new AbortController()
    const result = await staged.deploy('v2', {
      signal: controller.signal,
      hear: (event) => {
        if (event.type === 'call.finished' && event.method === 'putTargets')
          controller.abort(new EcsTaskError('Interrupted', 'Interrupted by SIGINT.'))
      },
    })
    expect(result).toMatchObject({ exitCode: 130, outcome: 'interrupted', left: [] })
    expect(ofType(result.events, 'step.skipped').map(({ reason }) => reason)).toContain('no longer followed')
    expect(staged.targets('nightly')).toEqual([])
    expect(staged.runs('my_cluster/web')).toBe('web:1')
  })
})
