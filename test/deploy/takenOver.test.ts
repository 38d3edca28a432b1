// A service fails by itself, and another of the run is somebody else's by the time that it would be put back.
import { describe, expect, it } from 'vitest'
import { EcsTaskError } from '../../src/ground/errors.ts'
import type { ToldEvent } from '../../src/engine/events.ts'
import type { Settings } from '../../src/engine/settings.ts'
import { web } from './declared.ts'
import { ofType, stage } from './support.ts'

const cluster = 'my_cluster'
const b = { cluster, service: 'b' }
const settings = { deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } } }
const interrupted = new EcsTaskError('Interrupted', 'Interrupted by SIGINT.', { evidence: { signal: 'SIGINT' } })

/** The services `a` and `b`, and what somebody else does to `b` at the moment when the rollout of `a` is seen to fail. */
function staged(others: (call: ReturnType<typeof stage>['call']) => void) {
  const staging = stage(
    web({
      runTasks: [],
      eventTargets: [],
      updateServices: ['a', 'b'].map((service) => ({ cluster, service, ...settings })),
    }),
  )
  staging.call('ecs', 'RegisterTaskDefinition', {
    family: 'other',
    containerDefinitions: [{ name: 'web', image: 'theirs:1', cpu: 256, memory: 512 }],
  })
  const deploy = (more: Settings & { heard?: (event: ToldEvent) => void } = {}) =>
    staging.deploy('crash', {
      ...more,
      hear: (event) => {
        if (event.type === 'step.failed' && event.id === 'updateService my_cluster/a') others(staging.call)
        more.heard?.(event)
      },
    })
  return { ...staging, deploy }
}

const again = staged.bind(
  undefined,
  (call) => void call('ecs', 'UpdateService', { ...b, taskDefinition: 'web:2', forceNewDeployment: true }),
)
const another = staged.bind(undefined, (call) => void call('ecs', 'UpdateService', { ...b, taskDefinition: 'other:1' }))
const deletes = staged.bind(undefined, (call) => void call('ecs', 'DeleteService', { ...b, force: true }))

const taken = (revision: string) =>
  expect.stringMatching(
    new RegExp(
      `^Put service b back to web:1: somebody else's deployment ecs-svc/\\d+ of ${revision} has taken over since\\.$`,
    ),
  )

describe('what somebody else has taken over before the way back is left to them, without a command', () => {
  it('where their service runs our revision, which is named without a command too', async () => {
    const { deploy, runs, active } = again()
    const { exitCode, left, events } = await deploy()
    expect({ exitCode, left }).toEqual({
      exitCode: 3,
      left: [
        taken('web:2'),
        expect.stringMatching(/^Deregister .*: web:2 is still used by service my_cluster\/b[^.]*\.$/),
      ],
    })
    expect([runs('my_cluster/a'), runs('my_cluster/b'), active('web')]).toEqual(['web:1', 'web:2', ['web:1', 'web:2']])
    expect(ofType(events, 'step.skipped')).toMatchObject([{ id: 'restoreService my_cluster/b', did: 'kept' }, {}])
  })

  it('where their service runs another revision', async () => {
    const { deploy, runs, active } = another()
    const { exitCode, left } = await deploy()
    expect({ exitCode, left: left.slice(0, 1) }).toEqual({ exitCode: 3, left: [taken('other:1')] })
    expect(left.join('\n')).not.toContain('Do it with')
    expect([runs('my_cluster/a'), runs('my_cluster/b')]).toEqual(['web:1', 'other:1'])
    expect(active('other')).toEqual(['other:1'])
  })

  it('where somebody presses Ctrl-C before it is seen', async () => {
    const stop = new AbortController()
    let updates = 0
    const staging = stage(
      web({ runTasks: [], eventTargets: [], updateServices: ['a', 'b'].map((service) => ({ cluster, service })) }),
    )
    const { exitCode, left } = await staging.deploy('v2', {
      signal: stop.signal,
      hear: (event) => {
        if (event.type !== 'call.finished' || event.method !== 'updateService' || ++updates !== 2) return
        staging.call('ecs', 'UpdateService', { ...b, forceNewDeployment: true })
        stop.abort(interrupted)
      },
    })
    expect(exitCode).toBe(130)
    expect(left[0]).toEqual(taken('web:2'))
    expect(left.join('\n')).not.toContain('Do it with')
    expect([staging.runs('my_cluster/a'), staging.runs('my_cluster/b')]).toEqual(['web:1', 'web:2'])
  })

  it('where nothing is put back: --on-failure leave', async () => {
    const { deploy, runs } = again()
    const { exitCode, left } = await deploy({ onFailure: 'leave' })
    expect(exitCode).toBe(3)
    expect(left).toContainEqual(taken('web:2'))
    expect(left).toContain("Deregister the new revision of web: somebody else's service uses it.")
    expect(left.filter((one) => /Do it with/.test(one) && /"service":"b"|deregister/.test(one))).toEqual([])
    expect(runs('my_cluster/b')).toBe('web:2')
  })

  it('where a second Ctrl-C ends the way back after it was seen', async () => {
    const atOnce = new AbortController()
    const { deploy } = again()
    const { left } = await deploy({
      atOnce: atOnce.signal,
      heard: (event) => {
        if (event.type === 'step.started' && event.kind === 'deregisterTaskDefinition') atOnce.abort(interrupted)
      },
    })
    expect(left).toContainEqual(taken('web:2'))
    expect(left).toContain("Deregister the new revision of web: somebody else's service uses it.")
  })

  it('where they have deleted it', async () => {
    const { deploy, call, runs } = deletes()
    const { left, exitCode } = await deploy()
    expect({ exitCode, left }).toEqual({
      exitCode: 3,
      left: ['Put service b back to web:1: somebody else has deleted it since.'],
    })
    expect(call('ecs', 'DescribeServices', { cluster, services: ['b'] }).services[0].status).not.toBe('ACTIVE')
    expect(runs('my_cluster/a')).toBe('web:1')
  })
})
