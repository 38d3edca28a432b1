import * as fc from 'fast-check'
import { calls } from '../../src/aws/aws.ts'
import type { UpdateServiceOptions } from '../../src/deploy/updateService.ts'
import type { RunEvent, ToldEvent } from '../../src/engine/events.ts'
import type { Settings } from '../../src/engine/settings.ts'
import { EcsTaskError } from '../../src/ground/errors.ts'
import {
  behind,
  certificates,
  edge,
  everything,
  fileOf,
  migrate,
  nightly,
  report,
  scaled,
  user,
} from '../cluster/stacks.ts'
import { clusterStage, worldOf } from '../cluster/support.ts'
import { running } from '../deploy/service/support.ts'
import { stage as group, kinds as groupKinds } from '../instances/support.ts'

/** How a run is told to end: its signal, and who listens for the moment. */
export type Cut = Pick<Settings, 'signal'> & { readonly hear: (event: ToldEvent) => void }

/** A run that was cut off and put back: how it ended, and what there was before it and is after it. */
export interface CutRun {
  readonly left: readonly string[]
  readonly events: readonly ToldEvent[]
  readonly before: unknown
  readonly after: unknown
}

/** A run, and what fast-check chooses of it. */
export interface Story {
  readonly choices: fc.Arbitrary<any>
  readonly run: (choice: any, cut: Cut) => Promise<CutRun>
}

export function storyOf<C>(choices: fc.Arbitrary<C>, run: (choice: C, cut: Cut) => Promise<CutRun>): Story {
  return { choices, run }
}

/** Ends a run at its first step of a kind: when AWS has answered it, or when it has been followed to its end. */
export function cutAt(kind: string, moment: 'answered' | 'finished'): Cut {
  const stop = new AbortController()
  let isUnderWay = false
  const isAt = (event: RunEvent): boolean => {
    if (event.type === 'step.started' && event.kind === kind) isUnderWay = true
    return moment === 'finished'
      ? event.type === 'step.finished' && event.kind === kind
      : isUnderWay && event.type === 'call.finished' && calls[event.method].kind === 'write'
  }
  const reason = new EcsTaskError('Interrupted', 'Interrupted by SIGINT.', { evidence: { signal: 'SIGINT' } })
  return { signal: stop.signal, hear: (event) => void (!stop.signal.aborted && isAt(event) && stop.abort(reason)) }
}

const whole = fileOf(everything)
const made = await worldOf(whole)
const empty = clusterStage()
empty.given(whole)
const nothing = structuredClone(empty.aws.world)

type Stage = ReturnType<typeof clusterStage>

/** What stands once connections have been drained and tasks have stopped. */
async function settled(stage: Stage): Promise<unknown> {
  await stage.clock.sleep(600_000)
  await stage.describe()
  // A tag that nothing is said by means the same as none: TagResource takes none away.
  return JSON.parse(JSON.stringify(stage.standing()).replaceAll(/"ecs-task:depends-on":"",?/g, '')) as unknown
}

function stackStory(world: typeof made, files: readonly string[], meddle?: (stage: Stage) => void): Story {
  return storyOf(fc.constantFrom(...files), async (file, cut) => {
    const stage = clusterStage({ world })
    meddle?.(stage)
    const before = await settled(stage)
    const { result, events } = await stage.deploy([file], { replace: true }, cut)
    return { left: result.left, events, before, after: await settled(stage) }
  })
}

/** A stack where there is nothing of it yet. */
export const making = stackStory(nothing, [whole, fileOf({ user, edge }), fileOf({ report, user })])

/** The same with a one-off task in it. */
export const makingTask = stackStory(nothing, [whole, fileOf({ migrate, user })])

/** The stack with the load balancer of `edge` changed. */
export const rebalanced = (...keys: object[]): Story =>
  stackStory(
    made,
    keys.map((each) => fileOf(behind({ ...each }))),
  )

/** The stack with keys of services changed. */
export const changed = (...services: Readonly<Record<string, object>>[]): Story =>
  stackStory(
    made,
    services.map((each) => fileOf({ ...everything, ...each })),
  )

const vpcOf = (publicSubnets: string[], publicGroups: string[]): object => ({
  vpc: {
    id: 'vpc-1',
    subnets: { public: publicSubnets, private: ['subnet-3', 'subnet-4'] },
    security_groups: { public: publicGroups, private: ['sg-2'] },
  },
})

const scaledWorld = await worldOf(fileOf({ edge: scaled }))

/** A service that scales, where there is nothing of it yet. */
export const makingScaled = stackStory(nothing, [fileOf({ edge: scaled })])

/** The same service with its auto scaling changed. */
export const rescaled = (...keys: object[]): Story =>
  stackStory(
    scaledWorld,
    keys.map((each) => fileOf({ edge: { ...scaled, auto_scaling: { ...scaled.auto_scaling, ...each } } })),
  )

/** The same service on Fargate: it is created again, and AWS forgets how it scaled. */
export const recreated = stackStory(scaledWorld, [
  fileOf({ edge: { ...scaled, launch_type: 'FARGATE', cpu: 256, memory: 512 } }),
])

const afterIt = { ...user, depends_on: ['nightly'] }

/** A task on a schedule, and a service that waits for it, where there is nothing of it yet. */
export const makingScheduled = stackStory(nothing, [fileOf({ nightly, user: afterIt })])

/** The stack in other subnets and security groups. */
export const moved = stackStory(made, [
  fileOf(everything, { ...vpcOf(['subnet-5', 'subnet-6'], ['sg-3']) }),
  fileOf(everything, { ...vpcOf(['subnet-1', 'subnet-2', 'subnet-5'], ['sg-1', 'sg-3']) }),
])

/** The stack whose discovery service somebody has changed. */
export const drifted = stackStory(made, [whole], (stage) =>
  stage.call('servicediscovery', 'UpdateService', {
    Id: Object.keys(stage.region().cloudMapServices)[0],
    Service: { DnsConfig: { DnsRecords: [{ Type: 'A', TTL: 5 }] } },
  }),
)

export const otherCertificates = { certificates: [certificates[0], certificates[2]] }

/** Another number of tasks of a running service, or room made for its update. */
export const scaling: Story = storyOf(
  fc.constantFrom<Partial<UpdateServiceOptions>>(
    { desiredCount: 1 },
    { desiredCount: 3 },
    { desiredCount: 0 },
    { makeRoom: 1, image: ['docker.repo.com/doorman:v2'] },
  ),
  async (options, cut) => {
    const { update, region } = running()
    const seen = (): unknown => {
      const { desiredCount, runningCount, taskDefinition } = region().services['production1/doorman']!.service
      return { desiredCount, runningCount, taskDefinition }
    }
    const before = seen()
    const { left, events } = await update(options, cut)
    return { left, events, before, after: seen() }
  },
)

/** A rollout for whose time auto scaling is suspended. */
export const suspending: Story = storyOf(fc.boolean(), async (DynamicScalingInSuspended, cut) => {
  const { call, update, region } = running()
  call('applicationautoscaling', 'RegisterScalableTarget', {
    ServiceNamespace: 'ecs',
    ResourceId: 'service/production1/doorman',
    ScalableDimension: 'ecs:service:DesiredCount',
    MinCapacity: 1,
    MaxCapacity: 9,
    SuspendedState: { DynamicScalingInSuspended },
  })
  const seen = (): unknown => structuredClone(region().scalableTargets)
  const before = seen()
  const { left, events } = await update({ image: ['docker.repo.com/doorman:v2'], suspendAutoScaling: true }, cut)
  return { left, events, before, after: seen() }
})

/** A group of instances that is refreshed: with room for more than it has, or without. */
export const refreshing = (...maxima: number[]): Story => refreshingWith({}, maxima)

/** The same, of instances whose attributes are set on their replacements. */
export const copying = refreshingWith({ copyAttributes: true }, [5, 3])

/** The same, of a group that has no room and is allowed one more meanwhile. */
export const allowedOneMore = refreshingWith({ allowMaxPlusOne: true }, [3])

function refreshingWith(options: { copyAttributes?: boolean; allowMaxPlusOne?: boolean }, maxima: number[]): Story {
  return storyOf(
    fc.record({ kind: fc.constantFrom(...groupKinds), max: fc.constantFrom(...maxima) }),
    async (of, cut) => {
      const s = await group(of)
      const disks = [...s.containers().values()].map(({ containerInstanceArn: targetId }) => ({
        name: 'disk',
        value: 'ssd',
        targetId,
      }))
      if (options.copyAttributes) s.call('ecs', 'PutAttributes', { cluster: 'c', attributes: disks })
      s.renew()
      const seen = (): unknown => ({
        instances: s.inGroup().toSorted(),
        desired: s.group().DesiredCapacity,
        maximum: s.group().MaxSize,
        tags: s.group().Tags,
        running: s.running().toSorted(),
        containers: Object.fromEntries(
          [...s.containers()].map(([id, { status, attributes }]) => [
            id,
            [status, attributes.filter(({ name }: any) => name.startsWith('ecs-task') || name === 'disk')],
          ]),
        ),
      })
      const before = seen()
      const { left, events } = await s.refresh(options, cut)
      await s.wait(180_000)
      return { left, events, before, after: seen() }
    },
  )
}
