/** Waits for one deployment of a service, and throws as soon as it is known that it never completes. */
import type { Service, ServiceDeployment } from '@aws-sdk/client-ecs'
import { awsCommand, ownCommand } from '../ground/command.ts'
import { EcsTaskError } from '../ground/errors.ts'
import { nameOf } from '../ground/names.ts'
import type { StepContext } from '../engine/stepHandler.ts'
import { withDeadline } from '../ground/deadline.ts'
import { forensicsOf } from './forensics.ts'
import { milestone } from './milestone.ts'
import { pacing, plannedWait } from './pace.ts'
import { answerCommand, pauseHooks } from './pauseHooks.ts'
import { progress, unmet } from './progress.ts'
import {
  findServiceDeployment,
  isAtWork,
  isGoingBack,
  judgeServiceDeployment,
  seenServiceDeployment,
} from './serviceDeployment.ts'
import { type Ended, rolloutError } from './rolloutError.ts'
import { rolloutLogs } from './rolloutLogs.ts'
import { failedTasksOf, selfStoppedTasksOf } from './stoppedTasks.ts'
import { lookAt } from './servicePoller.ts'
import { hasMadeRoom, isSteady } from './steady.ts'
import { stuck } from './stuck.ts'
import { type Identity, type Verdict, judge, primaryOf } from './verdict.ts'

/** Looks that show something else than what was asked for, after which it is no lagging read: our deployment's own record is asked. */
const patience = 3
/** Milliseconds for which they have to show it. */
const lagging = 10_000

/** Milliseconds after which a task that a look misses has stopped and says why. */
const stopping = 15_000

/** Milliseconds that finding out the cause may take: nothing is put back meanwhile. */
const forensicsTime = 20_000

/** What is followed. */
export interface Followed {
  readonly step: string
  readonly identity: Identity
  /** UpdateService's answer. */
  readonly service: Service
  /** The number of tasks that the step has asked for, where it has. */
  readonly wanted?: number | undefined
  /**
   * What is waited for where UpdateService has begun no deployment: that the service is steady, or only that no more tasks are
   * there than it wants. Absent: nothing, the deployment that had completed before is enough.
   */
  readonly rest?: 'steady' | 'room'
}

/**
 * Waits until the deployment with this identity has completed, or has come to the stage that `context.until` names. Where
 * it had completed before, UpdateService has begun none and only its tasks change: then until the service is at `rest`.
 * Throws as soon as it is known that it never will: `DeploymentFailed`, `DeploymentSuperseded` or `TimedOut`, each with
 * everything that was found out about the cause.
 */
export async function followDeployment(of: Followed, context: StepContext): Promise<void> {
  if (!context.logs) return follow(of, context)
  const { step, identity, service } = of
  const { clusterArn: cluster = 'default', serviceName = '', taskDefinition = '' } = service
  const about = { step, cluster, service: serviceName, deploymentId: identity.id, taskDefinition }
  const endLogs = rolloutLogs(about, context)
  try {
    await follow(of, context)
  } finally {
    await endLogs()
  }
}

async function follow(of: Followed, context: StepContext): Promise<void> {
  const { step, identity, service, wanted, rest } = of
  const { aws, clock, emit, signal, earlyFail } = context
  const { id } = identity
  const record = recordOf(of, context)
  const isScaling = rest === 'room' || (rest === 'steady' && (await hadCompleted(of, record, context)))
  const isAtRest = (seen: Service, quiet: number): boolean =>
    rest === 'room' ? hasMadeRoom(seen) : isSteady(seen, quiet)
  if (isScaling && isAtRest(service, 0)) return
  // Where only the number of tasks changes, a look that lags shows the one before, and as many tasks. Who scales it after us is obeyed.
  const asked = wanted ?? (isScaling ? service.desiredCount : undefined)
  const timeout = context.timeout + plannedWait(service)
  const cluster = service.clusterArn ?? 'default'
  const name = service.serviceName ?? ''
  const ofDeployment = { cluster, service: name, deploymentId: id }
  // The deployment may be days old; what had stopped before says nothing about now.
  const earlier = isScaling ? await failedTasksOf(aws, ofDeployment).catch(() => []) : []
  const tasks = { ...ofDeployment, except: new Set(earlier.map(({ taskArn }) => taskArn)) }
  const began = clock.now()
  const tell = progress({ step, id, before: service, emit })
  const pace = pacing(id, began)
  const isThere = milestone(context.until, service, aws)
  const paused = new Set<string>()
  let last = service
  let unseen = 0
  let otherwise = 0
  let otherwiseSince = began
  let suspectedAt = -Infinity
  let changed = began
  let heard = began
  let timedOut: EcsTaskError | undefined
  let isLast = false

  for (;;) {
    const milliseconds = isLast ? 0 : pace(clock.now(), last)
    const due = clock.now() + milliseconds
    const seen = await lookAt({ cluster, service: name, milliseconds }, context, signal)
    // Time is up as of what was looked at: a machine may sleep between AWS's answer and now.
    const looked = Math.min(due, clock.now())
    last = seen ?? last
    unseen = seen && primaryOf(seen)?.id === id ? 0 : unseen + 1
    otherwise = asked === undefined || last.desiredCount === asked ? 0 : otherwise + 1
    if (otherwise === 1) otherwiseSince = clock.now()
    const isRolling = isScaling || isRollingUpdate(last)
    const deployment = !isRolling || unseen >= patience ? await record() : undefined
    const news = tell(last, deployment)
    if (news.hasChanged) changed = clock.now()
    if (news.hasChanged || news.hasEvents) heard = clock.now()
    if (deployment) tellPaused(deployment)

    const shown = together(judge(last, identity), deployment, isRolling)
    const isBack = isRolling || shown.state !== 'completed' || !(await isGoingBack(aws, last, signal))
    const verdict: Verdict = isBack ? shown : { state: 'inProgress' }
    if (verdict.state !== 'completed' && verdict.state !== 'inProgress') throw await failure(verdict)
    const isOtherwise = otherwise >= patience && looked - otherwiseSince >= lagging
    if (isOtherwise && wanted !== undefined) throw await failure({ state: 'rescaled', to: last.desiredCount ?? 0 })
    // Behind a Classic Load Balancer ECS tells no rolloutState.
    const tellsState = !isRolling || primaryOf(last)?.rolloutState !== undefined
    const isCounted = otherwise === 0 || isOtherwise
    const isAsAsked = isCounted && ((tellsState && !isScaling) || isAtRest(last, clock.now() - heard))
    const hasCompleted = isAsAsked && (rest === 'room' || verdict.state === 'completed')
    if (await isThere({ service: last, deployment, hasCompleted })) return
    // Without early failure ECS has all the time there is to find room.
    const still = earlyFail === undefined ? 0 : looked - changed
    // What ECS takes back, as another PRIMARY shows, moves again; its record tells how that ended.
    const never = hasCompleted || unseen > 0 ? undefined : stuck(last, id, still)
    if (never) throw await failure({ state: 'stuck', reason: never })
    if (news.isSuspicious) suspectedAt = clock.now()
    // A task that is missing may not have stopped yet, whatever the looks that follow show.
    if (earlyFail !== undefined && clock.now() - suspectedAt <= stopping) await failEarly(earlyFail)
    if (looked - began >= timeout) {
      timedOut ??= await failure({ state: 'timedOut' })
      // Finding out why takes its time, in which it may have completed.
      if (clock.now() === looked || isLast) throw timedOut
      isLast = true
    }
  }

  /** The same stop reason so many times means that waiting helps nobody. */
  async function failEarly(threshold: number): Promise<void> {
    // Whoever may not list tasks is not failed early, but not failed for that either.
    const groups = await selfStoppedTasksOf(aws, tasks).catch(() => [])
    const most = groups.find((group) => group.count >= threshold)
    if (most)
      throw await failure({
        state: 'failed',
        reason: `${most.count} tasks stopped for the same reason: ${most.stoppedReason}`,
      })
  }

  function tellPaused(deployment: ServiceDeployment): void {
    const { serviceDeploymentArn = '' } = deployment
    for (const { hookId, lifecycleStage } of pauseHooks(deployment)) {
      if (paused.has(hookId)) continue
      paused.add(hookId)
      const command = answerCommand('continue', { ...context, serviceDeploymentArn, hookId })
      emit({ type: 'deployment.paused', step, cluster: nameOf(cluster), service: name, lifecycleStage, command })
    }
  }

  async function failure(verdict: Ended): Promise<EcsTaskError> {
    const missing = unmet(last, id)
    const next =
      context.program === undefined
        ? awsCommand('ecs describe-services', { cluster: nameOf(cluster), services: name })
        : ownCommand(context.program, 'status', { only: context.only })
    const evidence = await withDeadline(clock, forensicsTime, (late) =>
      forensicsOf(aws, { ...tasks, service: last, unmet: missing, next }, late),
    )
    const scaledTo = wanted ?? (isScaling ? last.desiredCount : undefined)
    return rolloutError(verdict, { name, id, service, timeout, scaledTo, unmet: missing, evidence })
  }
}

/**
 * Whether the deployment had completed before. Where it goes through stages its record knows: the list may show it alone and
 * with as many tasks as it is to have while it waits for its first hook, and with fewer once it is only scaled. A read that lags
 * shows what was there before another deployment began, which the history knows.
 */
async function hadCompleted(
  { service, identity }: Followed,
  record: () => Promise<ServiceDeployment | undefined>,
  { aws, signal }: StepContext,
): Promise<boolean> {
  const hasByList = judge(service, identity).state === 'completed'
  if (isRollingUpdate(service)) return hasByList && !(await isAtWork(aws, service, signal))
  const deployment = await record()
  const byRecord = deployment && judgeServiceDeployment(deployment).state
  // Where the list tells no rolloutState, as many tasks as are wanted prove nothing against the record.
  const isProof = byRecord === undefined || primaryOf(service)?.rolloutState !== undefined
  const has = byRecord === 'completed' || (byRecord !== 'inProgress' && hasByList && isProof)
  return has && !(await isAtWork(aws, service, signal))
}

function isRollingUpdate({ deploymentConfiguration }: Service): boolean {
  return (deploymentConfiguration?.strategy ?? 'ROLLING') === 'ROLLING'
}

/** Reads the service deployment that stands for the one we follow, which is looked for once. */
function recordOf(
  { identity, service }: { identity: Identity; service: Service },
  { aws, signal }: StepContext,
): () => Promise<ServiceDeployment | undefined> {
  const ours = service.deployments?.find((deployment) => deployment.id === identity.id)
  const of = { service, taskDefinition: ours?.taskDefinition ?? service.taskDefinition, since: ours?.createdAt }
  let arn: string | undefined
  return async () => {
    arn ??= await findServiceDeployment(aws, of, signal)
    return arn === undefined ? undefined : seenServiceDeployment(aws, arn, signal)
  }
}

/**
 * The service's own list decides about rolling updates, the service deployment about all others; it also knows what has
 * become of a rolling update that the list does not show.
 */
function together(byList: Verdict, deployment: ServiceDeployment | undefined, isRolling: boolean): Verdict {
  if (!deployment || byList.state === 'superseded' || byList.state === 'gone') return byList
  const byRecord = judgeServiceDeployment(deployment)
  if (!isRolling) return byRecord
  return byList.state === 'inProgress' && byRecord.state === 'failed' ? byRecord : byList
}
