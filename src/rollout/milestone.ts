/** Whether a rollout has come as far as --until says. */
import type { Service, ServiceDeployment } from '@aws-sdk/client-ecs'
import type { Aws } from '../aws/aws.ts'
import { EcsTaskError } from '../ground/errors.ts'
import { pauseHooks } from './pauseHooks.ts'

/**
 * The stages of a blue/green, linear or canary deployment, in their order. Some are skipped, and one may be over before
 * anybody has looked, so that only positions can be compared.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/blue-green-deployment-how-it-works.html
 */
const lifecycleStages: readonly string[] = [
  'RECONCILE_SERVICE',
  'PRE_SCALE_UP',
  'SCALE_UP',
  'POST_SCALE_UP',
  'TEST_TRAFFIC_SHIFT',
  'POST_TEST_TRAFFIC_SHIFT',
  'PRE_PRODUCTION_TRAFFIC_SHIFT',
  'PRODUCTION_TRAFFIC_SHIFT',
  'POST_PRODUCTION_TRAFFIC_SHIFT',
  'BAKE_TIME',
  'CLEAN_UP',
]

/**
 * Where a follow may end other than at a stage: when the deployment has completed, when nothing else is left, when the old
 * targets drain, when it is paused.
 */
const others = ['deployed', 'stable', 'draining', 'paused']

/** All that --until takes. */
export const milestones: readonly string[] = [...others, ...lifecycleStages]

/** Throws `BadArguments` for what is neither a lifecycle stage nor one of the others. */
export function checkMilestone(until: string): void {
  if (milestones.includes(until)) return
  throw new EcsTaskError('BadArguments', `--until ${until} is not a stage of a rollout.`, {
    fix: `Name one of ${milestones.join(', ')}.`,
  })
}

/** What one look has shown. */
interface Shown {
  readonly service: Service
  readonly deployment: ServiceDeployment | undefined
  readonly hasCompleted: boolean
}

/**
 * Answers whether a rollout has come as far as `until`, look by look: undefined and `deployed` mean that the deployment has
 * completed, `stable` that nothing of another is left and all tasks run, `draining` that a target which was there at the
 * beginning drains or that none of those is left, `paused` that it waits at a PAUSE hook, and a lifecycle stage that the
 * deployment has come to it.
 */
export function milestone(until: string | undefined, service: Service, aws: Aws): (shown: Shown) => Promise<boolean> {
  if (until === 'stable') return async ({ service: now, hasCompleted }) => hasCompleted && isStable(now)
  if (until === 'draining') return draining(service, aws)
  if (until === 'paused') {
    return async ({ deployment, hasCompleted }) => hasCompleted || (!!deployment && pauseHooks(deployment).length > 0)
  }
  if (until === undefined || until === 'deployed') return async ({ hasCompleted }) => hasCompleted
  return async ({ deployment, hasCompleted }) => hasCompleted || hasReached(deployment?.lifecycleStage, until)
}

function isStable({ deployments = [], runningCount, desiredCount }: Service): boolean {
  return deployments.length === 1 && runningCount === desiredCount
}

function draining(service: Service, aws: Aws): (shown: Shown) => Promise<boolean> {
  // Asked now, before a new task can have come: a new target that drains has failed.
  const atFirst = targetStates(aws, [service])
  // It is awaited at the first look; until then a failure is nobody's yet.
  atFirst.catch(() => {})
  return async ({ hasCompleted }) => {
    const initial = [...(await atFirst)].flatMap(([target, state]) => (state === 'draining' ? [] : target))
    // Where there was no target, that none of them is left says nothing.
    if (hasCompleted || initial.length === 0) return hasCompleted
    const targets = await targetStates(aws, [service])
    const left = initial.filter((target) => targets.has(target))
    return left.length === 0 || left.some((target) => targets.get(target) === 'draining')
  }
}

/** The state of every target in the target groups of these services. */
export async function targetStates(aws: Aws, services: readonly Service[]): Promise<ReadonlyMap<string, string>> {
  const groups = services.flatMap((one) =>
    (one.loadBalancers ?? []).flatMap(({ targetGroupArn }) => targetGroupArn ?? []),
  )
  const answers = await Promise.all(
    groups.map((TargetGroupArn) => aws.call('describeTargetHealth', { TargetGroupArn })),
  )
  return new Map(
    answers.flatMap(({ TargetHealthDescriptions = [] }, index) =>
      TargetHealthDescriptions.map(
        ({ Target, TargetHealth }) =>
          [`${groups[index]} ${Target?.Id}:${Target?.Port}`, TargetHealth?.State ?? ''] as const,
      ),
    ),
  )
}

/** Whether a deployment that stands at `stage` has come as far as `until`. */
function hasReached(stage: string | undefined, until: string): boolean {
  return stage !== undefined && lifecycleStages.indexOf(stage) >= lifecycleStages.indexOf(until)
}
