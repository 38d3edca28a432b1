// A run that somebody else's came after: they have what they took, what is complete stays, and nothing of ours stays halfway.
import { describe, expect, it } from 'vitest'
import type { Method } from '../../src/aws/aws.ts'
import type { OnFailure } from '../../src/engine/result.ts'
import { closingLines } from '../../src/output/closing.ts'
import { printed } from '../../src/output/line.ts'
import { emptyPicture, reduce } from '../../src/output/picture.ts'
import { type Keys, edge, fileOf, scaled } from './stacks.ts'
import { clusterStage, operations, worldOf } from './support.ts'

const ec2 = (image: string): Keys => ({ image, memory: 64 })
const fargate = { launch_type: 'FARGATE', cpu: 256, memory: 512 } as const
const onFargate = (image: string): Keys => ({ image, network_mode: 'awsvpc', ...fargate })
const cluster = 'my-cluster'

/** A deploy in which somebody acts once, right after AWS has answered the so-manieth call of a method: by default they deploy c. */
async function overtaken(of: {
  readonly before: string
  readonly after: string
  readonly at: Method
  readonly number?: number
  readonly onFailure?: OnFailure
  readonly act?: (stage: ReturnType<typeof clusterStage>) => void
}) {
  const { before, after, at, number = 1, onFailure = 'rollback', act = deployC } = of
  const stage = clusterStage({ world: await worldOf(before) })
  const standing = stage.standing()
  let calls = 0
  const ran = await stage.deploy(
    [after],
    { replace: true },
    {
      onFailure,
      transport: async (method, input, signal) => {
        const answer = await stage.transport(method, input, signal)
        if (method === at && ++calls === number) act(stage)
        return answer
      },
    },
  )
  const service = (name: string) => stage.call('ecs', 'DescribeServices', { cluster, services: [name] }).services[0]
  expect(ran.result).toMatchObject({ exitCode: 5, outcome: 'superseded', problem: { code: 'DeploymentSuperseded' } })
  return { ...ran, stage, service, before: standing }
}

const deployC = (stage: ReturnType<typeof clusterStage>): void =>
  void stage.call('ecs', 'UpdateService', { cluster, service: 'c', forceNewDeployment: true })

/** The operations that commands name. */
const commandsIn = (left: readonly string[]): string[] =>
  left.flatMap((one) => /Do it with: aws \S+ (\S+)/.exec(one)?.[1] ?? [])

describe('a service that is replaced while another one is taken over', () => {
  const before = fileOf({ b: ec2('b:v1'), c: ec2('c:v1') })
  const after = (image: string): string => fileOf({ b: onFargate(image), c: ec2('c:v2') })

  it('comes back where it was deleted and not created yet', async () => {
    const { result, service, writes } = await overtaken({ before, after: after('b:v2'), at: 'deleteService' })
    expect(result.summary).toMatch(/ was superseded; what had failed or was half done was put back\.$/)
    expect(result.left).toEqual([])
    expect(service('b')).toMatchObject({ status: 'ACTIVE', launchType: 'EC2', runningCount: 1 })
    expect(service('c').taskDefinition).toMatch(/my-cluster-c:2$/)
    expect(operations(writes).filter((one) => one === 'CreateService')).toHaveLength(1)
  })

  it.each(['leave', 'stop'] as const)('is named with the command that creates it: %s', async (onFailure) => {
    const { result, service } = await overtaken({ before, after: after('b:v2'), at: 'deleteService', onFailure })
    expect(service('b').status).toBe('INACTIVE')
    expect(commandsIn(result.left)[0]).toBe('create-service')
    expect(result.summary).toMatch(/ was superseded; some of it is left half done\.$/)
  })

  it('comes back where what takes its place fails by itself', async () => {
    const { result, service } = await overtaken({ before, after: after('b:crash'), at: 'createService' })
    expect(result.left).toEqual([])
    expect(service('b')).toMatchObject({ status: 'ACTIVE', launchType: 'EC2' })
  })

  it.each(['leave', 'stop'] as const)('is named where what takes its place fails by itself: %s', async (onFailure) => {
    const { result } = await overtaken({ before, after: after('b:crash'), at: 'createService', onFailure })
    expect(commandsIn(result.left).slice(0, 2)).toEqual(['delete-service', 'create-service'])
  })

  it('stays as it is to be where it has come to its end', async () => {
    const { result, service } = await overtaken({ before, after: after('b:v2'), at: 'createService' })
    expect(result).toMatchObject({ summary: expect.stringMatching(/ was superseded\.$/), left: [] })
    expect(service('b')).toMatchObject({ status: 'ACTIVE', launchType: 'FARGATE' })
  })

  it('is left to whoever creates it meanwhile', async () => {
    const theirs = { serviceName: 'b', taskDefinition: 'my-cluster-b:1', desiredCount: 3, launchType: 'EC2' }
    const { result, service, events } = await overtaken({
      before,
      after: after('b:v2'),
      at: 'deleteService',
      act: (stage) => {
        deployC(stage)
        const statusOfB = () => stage.call('ecs', 'DescribeServices', { cluster, services: ['b'] }).services[0].status
        const create = async (): Promise<void> => {
          while (statusOfB() !== 'INACTIVE') await stage.clock.sleep(1000)
          stage.call('ecs', 'CreateService', { cluster, ...theirs })
        }
        void create()
      },
    })
    expect(result.left).toEqual([])
    expect(service('b')).toMatchObject({ status: 'ACTIVE', desiredCount: 3 })
    expect(events.filter(({ type }) => type === 'undo.started')).toEqual([])
  })
})

describe('what a superseded run has changed of the traffic and the scaling of a service', () => {
  it('goes back with a service that was created anew and does not scale yet', async () => {
    const { stage, result, service, before } = await overtaken({
      before: fileOf({ edge: scaled, c: ec2('c:v1') }),
      after: fileOf({ edge: { ...scaled, ...fargate }, c: ec2('c:v2') }),
      at: 'createService',
    })
    expect(result.left).toEqual([])
    expect(service('edge')).toMatchObject({ status: 'ACTIVE', launchType: 'EC2' })
    const now = stage.standing()
    for (const what of ['scalableTargets', 'scalingPolicies', 'scheduledActions', 'listeners', 'targetGroups'] as const)
      expect(now[what]).toEqual(before[what])
  })

  it('is named where somebody has deployed to that service since', async () => {
    const { result, service } = await overtaken({
      before: fileOf({ edge: scaled, c: ec2('c:v1'), z: ec2('z:v1') }),
      after: fileOf({ edge: { ...scaled, ...fargate }, c: ec2('c:v1'), z: { ...ec2('z:v2'), depends_on: ['edge'] } }),
      at: 'updateService',
      act: (stage) =>
        ['edge', 'z'].forEach((one) =>
          stage.call('ecs', 'UpdateService', { cluster, service: one, forceNewDeployment: true }),
        ),
    })
    expect(service('edge')).toMatchObject({ status: 'ACTIVE', launchType: 'FARGATE' })
    expect(new Set(commandsIn(result.left))).toEqual(
      new Set(['register-scalable-target', 'put-scaling-policy', 'put-scheduled-action']),
    )
    expect(result.left[0]).toMatch(
      /^Change how far my-cluster\/edge scales: it was not started\. |^Register my-cluster/,
    )
  })

  const led = (stage: ReturnType<typeof clusterStage>): string =>
    Object.values(stage.region().listeners)[0]!.listener.DefaultActions[0]!.TargetGroupArn!

  it.each<[string, Keys]>([
    ['to be replaced', fargate],
    ['to be moved to another target group', { elb: { ...edge.elb, name: 'v2' } }],
  ])('goes back where the service was never begun: one %s', async (_which, keys) => {
    const { stage, service, result, before } = await overtaken({
      before: fileOf({ c: ec2('c:v1'), edge: { ...edge, depends_on: ['c'] } }),
      after: fileOf({ c: ec2('c:v2'), edge: { ...edge, ...keys, depends_on: ['c'] } }),
      at: 'updateService',
    })
    expect(result.left).toEqual([])
    expect(led(stage)).toBe(service('edge').loadBalancers[0].targetGroupArn)
    expect(stage.standing().listeners).toEqual(before.listeners)
  })

  it('stays and is named where another deploy took over, which may move the service there', async () => {
    const { stage, service, result } = await overtaken({
      before: fileOf({ c: ec2('c:v1'), edge: { ...edge, depends_on: ['c'] } }),
      after: fileOf({ c: ec2('c:v2'), edge: { ...edge, ...fargate, depends_on: ['c'] } }),
      at: 'updateService',
      act: (there) => {
        const container = { name: 'c', image: 'c:v3', memory: 64 }
        there.call('ecs', 'RegisterTaskDefinition', { family: 'my-cluster-c', containerDefinitions: [container] })
        there.call('ecs', 'UpdateService', { cluster, service: 'c', taskDefinition: 'my-cluster-c:3' })
      },
    })
    expect(led(stage)).not.toBe(service('edge').loadBalancers[0].targetGroupArn)
    expect(result.left[0]).toMatch(
      /^If the other deploy does not change my-cluster\/edge: Change the listener of \S+ back: it was left\. Do it with: aws elbv2 modify-listener /,
    )
  })

  it('stays where it is all that was to be done, and what was not begun is named', async () => {
    const more = { auto_scaling: { ...scaled.auto_scaling, cpu: 50 } }
    const { service, result } = await overtaken({
      before: fileOf({ c: ec2('c:v1'), edge: scaled }),
      after: fileOf({ c: ec2('c:v2'), edge: { ...scaled, ...more, image: 'edge:v2' } }),
      at: 'updateService',
      number: 2,
    })
    expect(service('edge').taskDefinition).toMatch(/my-cluster-edge:2$/)
    expect(result.left).toEqual([
      expect.stringMatching(
        /^Set scaling policy \S+ of my-cluster\/edge: it was not started\. Do it with: aws .*"TargetValue":50/,
      ),
    ])
  })
})

describe('services beside one that is taken over', () => {
  it.each(['crash', 'unhealthy'])(
    'come to their end though another fails, and are named at the end: %s',
    async (tag) => {
      const { service, events, result } = await overtaken({
        before: fileOf({ a: ec2('a:v1'), b: ec2('b:v1'), c: ec2('c:v1') }),
        after: fileOf({ a: ec2('a:v2'), b: ec2(`b:${tag}`), c: ec2('c:v2') }),
        at: 'updateService',
        number: 3,
      })
      const lines = closingLines(events.reduce(reduce, emptyPicture)).map((line) => printed(line, { color: false }))
      expect(service('a').taskDefinition).toMatch(/my-cluster-a:2$/)
      expect(service('b').taskDefinition).toMatch(/my-cluster-b:1$/)
      expect(lines[0]).toMatch(/^my-cluster\/a: my-cluster-a:1 \(v1\) → my-cluster-a:2 \(v2\)/)
      expect(lines.filter((line) => line.startsWith('my-cluster/b'))).toEqual([])
      expect(result.problem?.fix).toMatch(/^The newer change stays/)
      expect(events.filter(({ type }) => type.startsWith('undo.'))).toMatchObject([
        { type: 'undo.started', units: ['my-cluster/b'] },
        { type: 'undo.finished', units: ['my-cluster/b'], restored: true, left: [] },
      ])
    },
  )
})
