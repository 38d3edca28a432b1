import type { ServiceDeployment } from '@aws-sdk/client-ecs'
import { describe, expect, it } from 'vitest'
import { type Transport, openAws } from '../../src/aws/aws.ts'
import { sdkTransport } from '../../src/aws/sdk.ts'
import { checkMilestone, milestone } from '../../src/rollout/milestone.ts'
import {
  findServiceDeployment,
  judgeServiceDeployment,
  readServiceDeployment,
  seenServiceDeployment,
  trafficPercent,
} from '../../src/rollout/serviceDeployment.ts'
import { onceFree, settled } from '../../src/rollout/settled.ts'
import { web } from '../deploy/declared.ts'
import { type Meddle, stage } from '../deploy/support.ts'

const service = { cluster: 'my_cluster', service: 'web' }

function opened(meddle: Meddle = () => undefined) {
  const staged = stage(web({ runTasks: [], eventTargets: [] }), { meddle })
  const aws = openAws({ transport: sdkTransport(staged.settings, staged), clock: staged.clock })
  const seen = async () =>
    (await aws.call('describeServices', { cluster: 'my_cluster', services: ['web'] })).services![0]!
  const history = () => staged.call('ecs', 'ListServiceDeployments', service).serviceDeployments
  return { ...staged, client: aws, seen, history }
}

describe('the record of a deployment', () => {
  it.each<[Partial<ServiceDeployment>, object]>([
    [{ status: 'SUCCESSFUL' }, { state: 'completed' }],
    [{ status: 'PENDING' }, { state: 'inProgress' }],
    [{ status: 'IN_PROGRESS' }, { state: 'inProgress' }],
    [{ status: 'STOP_REQUESTED' }, { state: 'inProgress' }],
    [{ status: 'ROLLBACK_REQUESTED' }, { state: 'inProgress' }],
    [{ status: 'STOPPED' }, { state: 'failed', reason: 'The deployment was stopped.' }],
    [
      { status: 'STOPPED', statusReason: 'by hand' },
      { state: 'failed', reason: 'by hand' },
    ],
    [{ status: 'ROLLBACK_IN_PROGRESS' }, { state: 'failed', reason: 'ROLLBACK_IN_PROGRESS', rolledBackTo: '' }],
    [
      { status: 'ROLLBACK_SUCCESSFUL', statusReason: 'why', rollback: { serviceRevisionArn: 'before' } },
      { state: 'failed', reason: 'why', rolledBackTo: 'before' },
    ],
    [
      { status: 'ROLLBACK_FAILED', statusReason: 'x', rollback: { reason: 'why' } },
      { state: 'failed', reason: 'why' },
    ],
  ])('%j is %j', (record, verdict) => {
    expect(judgeServiceDeployment(record)).toEqual(verdict)
  })

  it.each([
    ['LINEAR', 30],
    ['CANARY', 30],
    ['BLUE_GREEN', undefined],
    ['ROLLING', undefined],
  ] as const)('of a %s deployment shows %s percent of the traffic', (strategy, percent) => {
    const targetServiceRevision = { requestedProductionTrafficWeight: 30 }
    expect(trafficPercent({ deploymentConfiguration: { strategy }, targetServiceRevision })).toBe(percent)
    expect(trafficPercent({})).toBeUndefined()
  })

  it('is the newest of its revision', async () => {
    const { client, seen, call, clock, aws, history } = opened()
    call('ecs', 'RegisterTaskDefinition', {
      family: 'web',
      containerDefinitions: [{ name: 'web', image: 'i:2', memory: 64 }],
    })
    for (const taskDefinition of ['web:1', 'web:2', 'web:1']) {
      call('ecs', 'UpdateService', { ...service, taskDefinition, forceNewDeployment: true })
      await clock.sleep(10 * 60_000)
      aws.advance()
    }
    const found = async (revision: number) => {
      const [newest] = [await seen()]
      const taskDefinition = newest.taskDefinition!.replace(/\d+$/, String(revision))
      const arn = await findServiceDeployment(client, { service: newest, taskDefinition, since: undefined })
      return history().findIndex((one: { serviceDeploymentArn: string }) => one.serviceDeploymentArn === arn)
    }
    // AWS lists the newest first.
    expect([await found(1), await found(2), await found(3)]).toEqual([0, 1, -1])
  })

  it('may be a minute older than the answer of UpdateService by AWS’s clock, and no more', async () => {
    const { client, seen, call, history } = opened()
    call('ecs', 'UpdateService', { ...service, forceNewDeployment: true })
    const shown = await seen()
    const began = history()[0].createdAt * 1000
    const after = (milliseconds: number) =>
      findServiceDeployment(client, {
        service: shown,
        taskDefinition: shown.taskDefinition,
        since: new Date(began + milliseconds),
      })
    expect(await after(59_000)).toBe(history()[0].serviceDeploymentArn)
    expect(await after(61_000)).toBeUndefined()
  })

  it.each(['AccessDeniedException', 'UnsupportedFeatureException'])(
    'is done without after %s, and after nothing else',
    async (name) => {
      const refusing =
        (__type: string): Meddle =>
        ({ operation }) =>
          operation.includes('ServiceDeployment') ? { status: 400, body: { __type, message: 'no' } } : undefined
      const hidden = opened(refusing(name))
      const of = { service: await hidden.seen(), taskDefinition: 'web:1', since: undefined }
      expect(await findServiceDeployment(hidden.client, of)).toBeUndefined()
      expect(await seenServiceDeployment(hidden.client, 'arn')).toBeUndefined()
      await expect(readServiceDeployment(hidden.client, 'arn')).rejects.toThrow('no')
      const { client } = opened(refusing('InvalidParameterException'))
      await expect(findServiceDeployment(client, of)).rejects.toThrow('no')
      await expect(seenServiceDeployment(client, 'arn')).rejects.toThrow('no')
    },
  )
})

it('the newest record is found in whatever order AWS lists them', async () => {
  const listed =
    (at: (number | undefined)[]): Meddle =>
    ({ operation }) => {
      if (operation === 'ListServiceDeployments') {
        const serviceDeployments = at.map((createdAt, index) => ({
          serviceDeploymentArn: `arn:${index}`,
          createdAt,
          targetServiceRevisionArn: 'r',
        }))
        return { status: 200, body: { serviceDeployments } }
      }
      if (operation !== 'DescribeServiceRevisions') return undefined
      return { status: 200, body: { serviceRevisions: [{ serviceRevisionArn: 'r', taskDefinition: 'web:1' }] } }
    }
  const found = (...at: (number | undefined)[]) =>
    findServiceDeployment(opened(listed(at)).client, { service: {}, taskDefinition: 'web:1', since: undefined })
  expect(await found(1, 3, 2)).toBe('arn:1')
  expect(await found(3, 1, 2)).toBe('arn:0')
  expect(await found(undefined, 1)).toBe('arn:1')
  expect(await found(1, undefined)).toBe('arn:0')
})

describe('--until draining', () => {
  const until = async (first: Record<string, string>, then: Record<string, string>, hasCompleted = false) => {
    const looks = [first, then]
    const asked: object[] = []
    const transport: Transport = async (_method, input) => {
      asked.push(input)
      const TargetHealthDescriptions = Object.entries(looks.shift() ?? {}).map(([Id, State]) => ({
        Target: { Id, Port: 80 },
        TargetHealth: { State },
      }))
      return { $metadata: {}, TargetHealthDescriptions } as never
    }
    const client = openAws({ transport, clock: opened().clock })
    const isThere = milestone(
      'draining',
      { loadBalancers: [{ targetGroupArn: 'tg' }, { loadBalancerName: 'classic' }] },
      client,
    )
    const answer = await isThere({ service: {}, deployment: undefined, hasCompleted })
    for (const input of asked) expect(input).toEqual({ TargetGroupArn: 'tg' })
    return answer
  }

  it.each<[string, Record<string, string>, Record<string, string>, boolean]>([
    ['an old target drains', { a: 'healthy', b: 'healthy' }, { a: 'healthy', b: 'draining' }, true],
    ['none does', { a: 'healthy', b: 'healthy' }, { a: 'healthy', b: 'healthy', c: 'initial' }, false],
    ['only a new one does', { a: 'healthy' }, { a: 'healthy', b: 'draining' }, false],
    ['only one that drained before does', { a: 'healthy', b: 'draining' }, { a: 'healthy', b: 'draining' }, false],
    ['none of the old ones is left', { a: 'healthy' }, { b: 'healthy' }, true],
    ['there was none before', {}, { b: 'draining' }, false],
  ])('where %s', async (_, first, then, expected) => {
    expect(await until(first, then)).toBe(expected)
  })

  it('is over when the deployment has completed', async () => {
    expect(await until({ a: 'healthy' }, { a: 'healthy' }, true)).toBe(true)
    expect(await until({}, {}, true)).toBe(true)
  })
})

describe('--until', () => {
  it.each(['deployed', 'stable', 'draining', 'paused', 'PRE_SCALE_UP', 'BAKE_TIME', 'CLEAN_UP'])(
    '%s is something',
    (until) => {
      expect(() => checkMilestone(until)).not.toThrow()
    },
  )

  it.each(['', 'Deployed', 'bake_time', 'DONE'])('%j is nothing that a rollout comes to', (until) => {
    expect(() => checkMilestone(until)).toThrow(expect.objectContaining({ code: 'BadArguments' }))
  })

  const nothing = { deployment: undefined, service: {} }
  const at = (lifecycleStage: string) => ({
    ...nothing,
    deployment: { lifecycleStage } as ServiceDeployment,
    hasCompleted: false,
  })
  const shown = (running: number, deployments: number) => ({
    ...nothing,
    service: { desiredCount: 2, runningCount: running, deployments: Array.from({ length: deployments }, () => ({})) },
  })
  const waiting: ServiceDeployment = {
    status: 'IN_PROGRESS',
    lifecycleStage: 'POST_SCALE_UP',
    lifecycleHookDetails: [{ hookId: 'h', targetType: 'PAUSE', status: 'AWAITING_ACTION' }],
  }

  it.each<[string | undefined, object, boolean]>([
    [undefined, { ...nothing, hasCompleted: true }, true],
    ['deployed', { ...nothing, hasCompleted: false }, false],
    ['deployed', { ...nothing, hasCompleted: true }, true],
    ['deployed', at('CLEAN_UP'), false],
    ['paused', at('BAKE_TIME'), false],
    ['stable', { ...shown(2, 1), hasCompleted: true }, true],
    ['stable', { ...shown(2, 1), hasCompleted: false }, false],
    ['stable', { ...shown(1, 1), hasCompleted: true }, false],
    ['stable', { ...shown(2, 2), hasCompleted: true }, false],
    ['paused', { ...nothing, hasCompleted: false }, false],
    ['paused', { ...nothing, deployment: waiting, hasCompleted: false }, true],
    ['paused', { ...nothing, hasCompleted: true }, true],
    ['BAKE_TIME', at('SCALE_UP'), false],
    ['BAKE_TIME', at('BAKE_TIME'), true],
    ['BAKE_TIME', at('CLEAN_UP'), true],
    ['RECONCILE_SERVICE', { ...nothing, hasCompleted: false }, false],
    ['BAKE_TIME', { ...nothing, hasCompleted: true }, true],
  ])('%s where %j is seen: %s', async (until, look, expected) => {
    const { client } = opened()
    expect(await milestone(until, {}, client)(look as never)).toBe(expected)
  })
})

describe('what AWS makes or takes away', () => {
  const context = ({ clock }: ReturnType<typeof opened>, timeout: number) =>
    ({ clock, signal: new AbortController().signal, timeout }) as never

  it('is looked at every five seconds until it is there', async () => {
    const staged = opened()
    const began = staged.clock.now()
    let looks = 0
    await settled(async () => ++looks === 3, { what: 'It is still there', context: context(staged, 60_000) })
    expect(staged.clock.now() - began).toBe(10_000)
  })

  it('is given up when the time is up, with what it still did', async () => {
    const staged = opened()
    const began = staged.clock.now()
    const waiting = settled(async () => false, { what: 'It is still there', context: context(staged, 3_600_000) })
    await expect(waiting).rejects.toMatchObject({ code: 'TimedOut', message: 'It is still there after 3600 s.' })
    expect(staged.clock.now() - began).toBe(3_600_000)
  })

  it('is sent again only while something else is in its way', async () => {
    const staged = opened()
    const of = { what: 'It is in use', inUse: ['ResourceInUse'], context: context(staged, 60_000) }
    let sent = 0
    const send = async (): Promise<string> => {
      if (++sent < 3) throw Object.assign(new Error('in use'), { name: 'ResourceInUse' })
      return 'taken'
    }
    expect([await onceFree(send, of), sent]).toEqual(['taken', 3])
    const refused = onceFree(async () => Promise.reject(new TypeError('other')), of)
    await expect(refused).rejects.toThrow('other')
  })
})
