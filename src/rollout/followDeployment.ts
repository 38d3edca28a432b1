/** Waits for one deployment of a service, and throws as soon as it is known that it never completes. */
import type { Service, ServiceDeployment } from '@aws-sdk/client-ecs'
import { EcsTaskError } from '../ground/errors.ts'
import { nameOf } from '../ground/names.ts'
import type { StepContext } from '../engine/stepHandler.ts'
import { withDeadline } from './deadline.ts'
import { forensicsOf } from './forensics.ts'
import { milestone } from './milestone.ts'
import { pace, plannedWait } from './pace.ts'
import { answerCommand, pauseHooks } from './pauseHooks.ts'
import { progress, unmet } from './progress.ts'
import { findServiceDeployment, judgeServiceDeployment, readServiceDeployment } from './serviceDeployment.ts'
import { stoppedTasksOf } from './stoppedTasks.ts'
import { lookAt } from './servicePoller.ts'
import { stuck } from './stuck.ts'
import { type Identity, type Verdict, judge, primaryOf } from './verdict.ts'

/** Looks without word of our deployment after which its own record is asked what has become of it. */
const patience = 3

/** Milliseconds that finding out the cause may take: nothing is put back meanwhile. */
const forensicsTime = 20_000

/**
 * Waits until the deployment with this identity has completed, or has come to the stage that `context.until` names.
 * Throws as soon as it is known that it never will: `DeploymentFailed`, `DeploymentSuperseded` or `TimedOut`, each with
 * everything that was found out about the cause. `service` is UpdateService's answer.
 */
export async function followDeployment(
  of: { readonly step: string; readonly identity: Identity; readonly service: Service },
  context: StepContext,
): Promise<void> {
  const { step, identity, service } = of
  const { aws, clock, emit, signal, earlyFail } = context
  const timeout = context.timeout + plannedWait(service)
  const { id } = identity
  const cluster = service.clusterArn ?? 'default'
  const name = service.serviceName ?? ''
  const began = clock.now()
  const tell = progress({ step, id, before: service, emit })
  const record = recordOf(of, context)
  const isThere = milestone(context.until, service, aws)
  const paused = new Set<string>()
  let last = service
  let unseen = 0
  let suspicious = false
  let changed = began

  for (;;) {
    const milliseconds = pace(clock.now() - began, last, id)
    const seen = await lookAt({ cluster, service: name, milliseconds }, context, signal)
    last = seen ?? last
    unseen = seen && primaryOf(seen)?.id === id ? 0 : unseen + 1
    const isRolling = (last.deploymentConfiguration?.strategy ?? 'ROLLING') === 'ROLLING'
    const deployment = !isRolling || unseen >= patience ? await record() : undefined
    const news = tell(last, deployment)
    if (news.hasChanged) changed = clock.now()
    if (deployment) tellPaused(deployment)

    const verdict = together(judge(last, identity), deployment, isRolling)
    if (verdict.state !== 'completed' && verdict.state !== 'inProgress') throw await failure(verdict)
    const hasCompleted = verdict.state === 'completed'
    if (await isThere({ service: last, deployment, hasCompleted })) return
    const never = hasCompleted ? undefined : stuck(last, id, clock.now() - changed)
    if (never) throw await failure({ state: 'stuck', reason: never })
    if (earlyFail !== undefined && (news.isSuspicious || suspicious)) await failEarly(earlyFail)
    suspicious = news.isSuspicious
    if (clock.now() - began >= timeout) throw await failure({ state: 'timedOut' })
  }

  /** The same stop reason so many times means that waiting helps nobody. */
  async function failEarly(threshold: number): Promise<void> {
    // Whoever may not list tasks is not failed early, but not failed for that either.
    const groups = await stoppedTasksOf(aws, { cluster, service: name, deploymentId: id }).catch(() => [])
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
      const command = answerCommand('continue', { program: context.program, serviceDeploymentArn, hookId })
      emit({ type: 'deployment.paused', step, cluster: nameOf(cluster), service: name, lifecycleStage, command })
    }
  }

  async function failure(verdict: Ended): Promise<EcsTaskError> {
    const missing = unmet(last, id)
    const next =
      context.program === undefined
        ? `aws ecs describe-services --cluster ${nameOf(cluster)} --services ${name}`
        : `${context.program} status`
    const evidence = await withDeadline(clock, forensicsTime, (late) =>
      forensicsOf(aws, { cluster, service: last, deploymentId: id, unmet: missing, next }, late),
    )
    return errorOf(verdict, { name, id, timeout, unmet: missing, evidence })
  }
}

type Ended =
  | Exclude<Verdict, { state: 'inProgress' | 'completed' }>
  | { state: 'timedOut' }
  | { state: 'stuck'; reason: string }

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
    return arn === undefined ? undefined : readServiceDeployment(aws, arn, signal)
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

function errorOf(
  verdict: Ended,
  {
    name,
    id,
    timeout,
    unmet: missing,
    evidence,
  }: { name: string; id: string; timeout: number; unmet: readonly string[]; evidence: object },
): EcsTaskError {
  const mend = 'Mend what stopped its tasks, and deploy again.'
  switch (verdict.state) {
    case 'superseded':
      return new EcsTaskError('DeploymentSuperseded', `Deployment ${id} of ${name} was superseded.`, {
        why: `Deployment ${verdict.by} of ${nameOf(verdict.taskDefinition ?? '')} has taken over.`,
        fix: 'Nothing was undone, so as not to undo the work of whoever came after.',
        evidence,
      })
    case 'failed': {
      // Somebody who only watches must know whether ECS has put the service back.
      const { reason, rolledBackTo } = verdict
      const more = { why: reason, fix: mend, evidence: { ...evidence, ...(rolledBackTo && { rolledBackTo }) } }
      return new EcsTaskError('DeploymentFailed', `The rollout of ${name} failed.`, more)
    }
    case 'stuck':
      return new EcsTaskError('DeploymentFailed', `The rollout of ${name} is stuck.`, {
        why: `${verdict.reason}.`,
        fix: 'Change the percentages or make room in the cluster, and deploy again.',
        evidence,
      })
    case 'gone':
      return new EcsTaskError('DeploymentFailed', `The rollout of ${name} cannot end.`, {
        why: `${verdict.reason}.`,
        evidence,
      })
    case 'timedOut':
      return new EcsTaskError(
        'TimedOut',
        `The rollout of ${name} had not completed after ${Math.round(timeout / 1000)} s.`,
        {
          why: missing.length > 0 ? `It was ${missing.join(', ')}.` : undefined,
          fix: 'Give it longer with --timeout, or look at why its tasks do not become healthy.',
          evidence,
        },
      )
  }
}
