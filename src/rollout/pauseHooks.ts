/** Where a deployment is paused, until when, and what lets it go on or rejects it. */
import type { ServiceDeployment } from '@aws-sdk/client-ecs'
import { awsCommand, ownCommand } from '../ground/command.ts'

/** A PAUSE hook at which a deployment waits; times are ISO 8601. */
export interface PauseHook {
  readonly hookId: string
  /** `POST_SCALE_UP`. */
  readonly lifecycleStage: string
  readonly since: string | undefined
  readonly until: string | undefined
  /** What ECS does by itself when the time is up: `ROLLBACK` or `CONTINUE`. */
  readonly timeoutAction: string | undefined
}

/** Minutes that ECS waits at a hook that says no time of its own. */
const defaultMinutes = 1440

/**
 * The PAUSE hooks at which a deployment waits. ECS says until when; since when follows from the hook's time-out, where
 * just one hook is declared for the stage.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentLifecycleHookTimeoutConfiguration.html
 */
export function pauseHooks({
  status,
  lifecycleStage: stage,
  lifecycleHookDetails = [],
  deploymentConfiguration = {},
  updatedAt,
}: ServiceDeployment): PauseHook[] {
  if (status !== 'IN_PROGRESS') return []
  const lifecycleStage: string = stage ?? ''
  const declared = (deploymentConfiguration.lifecycleHooks ?? []).filter(
    ({ targetType, lifecycleStages = [] }) =>
      targetType === 'PAUSE' && (lifecycleStages as string[]).includes(lifecycleStage),
  )
  const minutes =
    declared.length === 1 ? (declared[0]?.timeoutConfiguration?.timeoutInMinutes ?? defaultMinutes) : undefined
  return lifecycleHookDetails
    .filter((hook) => hook.targetType === 'PAUSE' && hook.status === 'AWAITING_ACTION')
    .map(({ hookId = '', expiresAt, timeoutAction }) => ({
      hookId,
      lifecycleStage,
      since: (minutes !== undefined && expiresAt
        ? new Date(expiresAt.getTime() - minutes * 60_000)
        : updatedAt
      )?.toISOString(),
      until: expiresAt?.toISOString(),
      timeoutAction,
    }))
}

/**
 * What a person types to let a paused deployment go on, or to reject it: the command of the program, or where there is
 * none (`undefined`) the AWS CLI's.
 */
export function answerCommand(
  answer: 'continue' | 'reject',
  of: {
    readonly program: string | undefined
    /** The value of `--only` where the program has other classes than that of the deployment. */
    readonly only?: string | undefined
    readonly serviceDeploymentArn: string
    readonly hookId: string
  },
): string {
  const { program, only, serviceDeploymentArn, hookId } = of
  const isReject = answer === 'reject'
  if (program !== undefined) return ownCommand(program, 'continue', { reject: isReject || undefined, only })
  return awsCommand('ecs continue-service-deployment', {
    'service-deployment-arn': serviceDeploymentArn,
    'hook-id': hookId,
    action: isReject ? 'ROLLBACK' : undefined,
  })
}
