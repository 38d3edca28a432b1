import { describe, expect, it } from 'vitest'
import type { IfInProgress } from '../../src/engine/result.ts'
import { isThorough } from '../sampled.ts'
import { web } from './declared.ts'
import { ofType, stage } from './support.ts'

const plainWeb = (more = {}) => web({ runTasks: [], eventTargets: [], ...more })
const service = { cluster: 'my_cluster', service: 'web' }
const breaker = { deploymentCircuitBreaker: { enable: true, rollback: true } }
const noBreaker = { deploymentCircuitBreaker: { enable: false, rollback: false } }
const minute = 60_000

type Staged = ReturnType<typeof stage>

/** A service whose hook pauses a blue/green deployment, until so many minutes have passed. */
function pausing(timeoutInMinutes: number, action: 'CONTINUE' | 'ROLLBACK'): object {
  const hook = {
    targetType: 'PAUSE',
    lifecycleStages: ['POST_SCALE_UP'],
    timeoutConfiguration: { timeoutInMinutes, action },
  }
  return { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 0, lifecycleHooks: [hook] }
}

/** Somebody else's deployment that is in progress, how it ends by itself, and to which revision that leads. */
const others = {
  'rolling that completes': { configuration: breaker, tag: 'v2', ends: 'SUCCESSFUL', runs: 'web:2', until: undefined },
  'rolling that fails': {
    configuration: breaker,
    tag: 'crash',
    ends: 'ROLLBACK_SUCCESSFUL',
    runs: 'web:1',
    until: undefined,
  },
  'rolling that never ends': {
    configuration: noBreaker,
    tag: 'no-pull',
    ends: undefined,
    runs: 'web:1',
    until: undefined,
  },
  'paused that goes on': {
    configuration: pausing(10, 'CONTINUE'),
    tag: 'v2',
    ends: 'SUCCESSFUL',
    runs: 'web:2',
    until: 'paused',
  },
  'paused that goes back': {
    configuration: pausing(10, 'ROLLBACK'),
    tag: 'v2',
    ends: 'ROLLBACK_SUCCESSFUL',
    runs: 'web:1',
    until: 'paused',
  },
  'paused that never ends': {
    configuration: pausing(600, 'ROLLBACK'),
    tag: 'v2',
    ends: undefined,
    runs: 'web:1',
    until: 'paused',
  },
} as const

/** A few in each run of the tests, all of them in the thorough one. */
const kinds = (Object.keys(others) as (keyof typeof others)[]).filter(
  (kind) => isThorough || kind === 'rolling that completes' || kind === 'paused that never ends',
)

async function underWay(kind: keyof typeof others, declared = plainWeb()): Promise<Staged> {
  const { configuration, tag, until } = others[kind]
  const staged = stage(declared)
  staged.call('ecs', 'UpdateService', { ...service, deploymentConfiguration: configuration })
  const begun = await staged.deploy(tag, until === undefined ? { wait: false } : { until })
  await staged.clock.sleep(5_000)
  staged.aws.advance()
  expect([begun.exitCode, historyOf(staged)[0]]).toEqual([0, expect.stringMatching(/^(?:PENDING|IN_PROGRESS)$/)])
  return staged
}

/** The statuses of the service's deployments as AWS's history has them, the newest first. */
const historyOf = ({ call }: Pick<Staged, 'call'>): string[] =>
  call('ecs', 'ListServiceDeployments', service).serviceDeployments.map(({ status }: { status: string }) => status)

/** Deploys v3 as far as its own pause. */
function deployed(staged: Staged, kind: keyof typeof others, ifInProgress: IfInProgress | undefined, tag = 'v3') {
  const { until } = others[kind]
  return staged.deploy(tag, { ifInProgress, timeout: 30 * minute, ...(until && { until }) })
}

const operationsOf = (writes: readonly { operation: string }[]): string[] => writes.map(({ operation }) => operation)

describe.each(kinds)('a deploy while another deployment is in progress, %s,', (kind) => {
  const { ends, until } = others[kind]
  const isPaused = until !== undefined

  it('supersedes it by default', async () => {
    const staged = await underWay(kind)
    const result = await deployed(staged, kind, undefined)
    expect([result.exitCode, operationsOf(result.writes)]).toEqual([0, ['RegisterTaskDefinition', 'UpdateService']])
    expect([staged.runs('my_cluster/web'), historyOf(staged)[1]]).toEqual(['web:3', 'STOPPED'])
  })

  it('refuses with --if-in-progress refuse, says which it is, and writes nothing', async () => {
    const staged = await underWay(kind)
    const before = staged.world()
    const result = await deployed(staged, kind, 'refuse')
    expect([result.exitCode, result.outcome, result.writes]).toEqual([2, 'refused', []])
    const at = isPaused ? ', paused at POST_SCALE_UP' : ''
    const what = new RegExp(
      `^my_cluster/web: deployment \\S+ of web:2 is in progress since 2026-01-01T00:\\S+Z${at}\\.$`,
    )
    expect(result.problem).toMatchObject({
      code: 'InProgressElsewhere',
      what: 'A deployment is in progress: my_cluster/web.',
      problems: [expect.stringMatching(what)],
    })
    expect(staged.world().taskDefinitions).toEqual(before.taskDefinitions)
    expect(historyOf(staged)[0]).toMatch(/^(?:PENDING|IN_PROGRESS)$/)
  })

  it('waits with --if-in-progress wait, and plans anew; where it does not end in time, refuses', async () => {
    const staged = await underWay(kind)
    let atFirstWrite: string | undefined
    const result = await staged.deploy('v3', {
      ifInProgress: 'wait',
      timeout: 30 * minute,
      ...(until && { until }),
      hear: ({ type }) => {
        if (type === 'plan.made') atFirstWrite = historyOf(staged)[0]
      },
    })
    const told = ofType(result.events, 'warning.raised').map(({ text }) => text)
    expect(told).toContainEqual(expect.stringContaining('waiting for it to end (--if-in-progress wait).'))
    if (ends === undefined) {
      expect([result.exitCode, result.outcome, result.writes]).toEqual([2, 'refused', []])
      expect(result.problem?.what).toBe('Still in progress after 30 min: my_cluster/web.')
      expect(historyOf(staged)[0]).toBe('IN_PROGRESS')
      return
    }
    expect([result.exitCode, atFirstWrite]).toEqual([0, ends])
    expect(operationsOf(result.writes)).toEqual(['RegisterTaskDefinition', 'UpdateService'])
    expect([staged.runs('my_cluster/web'), historyOf(staged)[1]]).toEqual(['web:3', ends])
  })

  it('stops it with --if-in-progress stop, follows it back, and then deploys', async () => {
    const staged = await underWay(kind)
    const result = await deployed(staged, kind, 'stop')
    const stop = isPaused ? 'ContinueServiceDeployment' : 'StopServiceDeployment'
    expect(operationsOf(result.writes)).toEqual([stop, 'RegisterTaskDefinition', 'UpdateService'])
    expect([result.exitCode, result.left]).toEqual([0, []])
    expect([staged.runs('my_cluster/web'), historyOf(staged)[1]]).toEqual(['web:3', 'ROLLBACK_SUCCESSFUL'])
  })

  it('shows in a dry run what it would stop, or wait for', async () => {
    const staged = await underWay(kind)
    const stopping = await staged.deploy('v3', { ifInProgress: 'stop', dryRun: true })
    const [first] = stopping.plan?.stages.filter(({ steps }) => steps.length > 0) ?? []
    expect(first).toMatchObject({
      title: 'Stop the deployments in progress',
      steps: [{ kind: isPaused ? 'rejectServiceDeployment' : 'stopServiceDeployment' }],
    })
    const waiting = await staged.deploy('v3', { ifInProgress: 'wait', dryRun: true })
    expect(waiting.plan?.warnings).toEqual([
      expect.stringContaining('a deploy would wait for it, and then plan anew.'),
      ...(waiting.plan?.warnings.slice(1) ?? []),
    ])
    expect([stopping.exitCode, waiting.exitCode, stopping.writes, waiting.writes]).toEqual([0, 0, [], []])
  })
})

describe('a deploy that fails after another deployment', () => {
  it.each(['rolling that completes', 'rolling that fails'] as const)(
    'goes back to what that has led to: %s',
    async (kind) => {
      const staged = await underWay(kind)
      const result = await deployed(staged, kind, 'wait', 'crash')
      expect([result.exitCode, staged.runs('my_cluster/web')]).toEqual([1, others[kind].runs])
    },
  )

  it.each(['rolling that completes', 'rolling that never ends'] as const)(
    'goes back to what ran before that, where that was stopped: %s',
    async (kind) => {
      const staged = await underWay(kind)
      const result = await deployed(staged, kind, 'stop', 'crash')
      expect([result.exitCode, staged.runs('my_cluster/web')]).toEqual([1, 'web:1'])
      expect(staged.active('web')).toEqual(['web:1', 'web:2'])
    },
  )

  it('goes back to the settings of before that, too', async () => {
    const networkOf = (subnet: string) => ({ awsvpcConfiguration: { subnets: [subnet] } })
    const declared = plainWeb({
      taskDefinition: {
        family: 'web',
        networkMode: 'awsvpc',
        containerDefinitions: [{ name: 'web', image: 'my_image:<image_tag>', memory: 512 }],
      },
      updateServices: [{ ...service, networkConfiguration: networkOf('subnet-c') }],
    })
    const staged = stage(declared)
    const update = (more: object): unknown => staged.call('ecs', 'UpdateService', { ...service, ...more })
    update({ networkConfiguration: networkOf('subnet-a'), deploymentConfiguration: breaker })
    await staged.wait()
    const network = (): unknown => staged.service('my_cluster/web').networkConfiguration.awsvpcConfiguration.subnets
    expect(network()).toEqual(['subnet-a'])
    update({ networkConfiguration: networkOf('subnet-b'), forceNewDeployment: true })
    const result = await staged.deploy('crash', { ifInProgress: 'stop' })
    expect([result.exitCode, network()]).toEqual([1, ['subnet-a']])
  })
})

describe('--if-in-progress', () => {
  it.each(['wait', 'stop', 'refuse'] as const)(
    '%s changes nothing where nothing is in progress',
    async (ifInProgress) => {
      const staged = stage(plainWeb())
      const result = await staged.deploy('v2', { ifInProgress })
      expect([result.exitCode, operationsOf(result.writes)]).toEqual([0, ['RegisterTaskDefinition', 'UpdateService']])
    },
  )

  it('stop leaves a service alone that then runs what is wanted, and says what it did', async () => {
    const staged = stage(plainWeb())
    await staged.deploy('v2')
    await staged.deploy('v3', { wait: false })
    const result = await staged.deploy('v2', { ifInProgress: 'stop', skipUnchanged: true })
    expect([result.exitCode, operationsOf(result.writes)]).toEqual([0, ['StopServiceDeployment']])
    expect(staged.runs('my_cluster/web')).toBe('web:2')
  })

  it('stop refuses where AWS shows no deployment that was successful', async () => {
    const staged = stage(plainWeb(), {
      meddle: ({ operation, input }) =>
        operation === 'ListServiceDeployments' && input.status?.[0] === 'SUCCESSFUL'
          ? { status: 200, body: { serviceDeployments: [] } }
          : undefined,
    })
    await staged.deploy('v2', { wait: false })
    const result = await staged.deploy('v3', { ifInProgress: 'stop' })
    expect([result.exitCode, result.problem?.code, result.writes]).toEqual([2, 'NothingToRollBackTo', []])
  })

  it.each(['wait', 'stop', 'refuse'] as const)(
    '%s refuses where AWS does not show what is in progress',
    async (ifInProgress) => {
      const denied = {
        __type: 'AccessDeniedException',
        message: 'not authorized to perform: ecs:ListServiceDeployments',
      }
      const staged = stage(plainWeb(), {
        meddle: ({ operation }) => (operation === 'ListServiceDeployments' ? { status: 400, body: denied } : undefined),
      })
      const result = await staged.deploy('v2', { ifInProgress })
      expect([result.exitCode, result.problem?.code, result.writes]).toEqual([2, 'RefusedByAws', []])
    },
  )
})
