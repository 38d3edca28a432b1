// The lifecycle hooks of a deployment: Lambda functions and pauses.
import type { DeploymentLifecycleHook } from '@aws-sdk/client-ecs'
import { nameOf } from '../../world/arn.ts'
import type { Context, Wire } from '../../world/operation.ts'
import type { LifecycleStage } from '../records.ts'
import type { ShownLifecycleHookDetail, ShownServiceDeployment } from '../shown/records.ts'
import type { Failure } from './failure.ts'

/** Omitted: a hook may take a day. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentLifecycleHookTimeoutConfiguration.html */
const patience = 1440

/**
 * Begins the hooks of a stage and answers their ids. There is no Lambda here: a function SUCCEEDED at once, or FAILED
 * where `POST /_local/hook` has said so. A PAUSE hook waits for ContinueServiceDeployment.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-lifecycle-hooks.html
 */
export function invokeHooks(
  context: Context,
  serviceDeployment: ShownServiceDeployment,
  stage: LifecycleStage,
): string[] {
  const { lifecycleHooks = [] } = serviceDeployment.deploymentConfiguration
  const details = lifecycleHooks
    .filter(({ lifecycleStages = [] }) => lifecycleStages.some((each) => each === stage))
    .map((hook) => detailOf(context, serviceDeployment, hook, stage))
  if (details.length === 0) return []
  serviceDeployment.lifecycleHookDetails = [...(serviceDeployment.lifecycleHookDetails ?? []), ...details]
  return details.map(({ hookId }) => hookId)
}

/** Whether the hooks are done; if not, until when (epoch milliseconds) they may take, or why the deployment fails. */
export function lookAtHooks(
  context: Context,
  serviceDeployment: ShownServiceDeployment,
  hookIds: readonly string[],
): { waitsUntil?: number; failure?: Failure } {
  const { lifecycleHookDetails = [], lifecycleStage } = serviceDeployment
  const details = lifecycleHookDetails.filter(({ hookId }) => hookIds.includes(hookId))
  for (const detail of details) {
    if (detail.status === 'AWAITING_ACTION' && expiryOf(detail) <= context.now) detail.status = 'TIMED_OUT'
  }
  const failed = details.find(({ status }) => status === 'FAILED')
  if (failed) {
    return failure(
      `${lifecycleStage} lifecycle hook(s) failed. Lifecycle hook target ${failed.targetArn} returned FAILED status.`,
    )
  }
  // AWS does not document what it says of this one.
  const isGivenUp = details.some(({ status, timeoutAction }) => status === 'TIMED_OUT' && timeoutAction === 'ROLLBACK')
  if (isGivenUp) return failure(`${lifecycleStage} lifecycle hook(s) timed out.`)
  const waiting = details.filter(({ status }) => status === 'AWAITING_ACTION')
  return waiting.length > 0 ? { waitsUntil: Math.min(...waiting.map(expiryOf)) } : {}
}

/** Where region.hookAnswers keeps what the Lambda hooks of a service answer at a stage. */
export const hookAnswerKey = (
  { clusterArn, serviceArn }: { clusterArn: string; serviceArn: string },
  stage: string,
): string => `${nameOf(clusterArn)}/${nameOf(serviceArn)}:${stage}`

function detailOf(
  { region, ids, now }: Context,
  serviceDeployment: ShownServiceDeployment,
  hook: Wire<DeploymentLifecycleHook>,
  stage: LifecycleStage,
): ShownLifecycleHookDetail {
  const { targetType = 'AWS_LAMBDA', hookTargetArn, timeoutConfiguration = {} } = hook
  const isPause = targetType === 'PAUSE'
  const answer = region.hookAnswers[hookAnswerKey(serviceDeployment, stage)] ?? 'SUCCEEDED'
  return {
    hookId: `${isPause ? 'ecs-pause' : 'ecs-lambda'}-${ids.text(43)}`,
    targetType,
    ...(!isPause && { targetArn: hookTargetArn }),
    status: isPause ? 'AWAITING_ACTION' : answer,
    expiresAt: (now + (timeoutConfiguration.timeoutInMinutes ?? patience) * 60_000) / 1000,
    timeoutAction: timeoutConfiguration.action ?? 'ROLLBACK',
  }
}

const expiryOf = ({ expiresAt }: ShownLifecycleHookDetail): number => Math.round(expiresAt * 1000)

const failure = (found: string): { failure: Failure } => ({
  failure: {
    by: 'ECS deployment lifecycle hook',
    what: `Service deployment rolled back because ${found}`,
    because: `because ${found}`,
    rollback: true,
  },
})
