/** Answers a PAUSE hook at which a deployment waits. */
import type { ContinueServiceDeploymentCommandOutput } from '@aws-sdk/client-ecs'
import type { Input } from '../aws/aws.ts'
import type { StepContext } from '../engine/stepHandler.ts'
import { isTakenBack, readServiceDeployment } from './serviceDeployment.ts'

/**
 * Continues a deployment at a PAUSE hook or rolls it back. AWS refuses an answer that it has taken before, so that one whose
 * answer was lost cannot be sent again: then the deployment's own record tells whether it is as it was asked for.
 */
export async function answerHook(
  input: Input<'continueServiceDeployment'>,
  { aws, signal }: StepContext,
): Promise<ContinueServiceDeploymentCommandOutput> {
  try {
    return await aws.call('continueServiceDeployment', input, signal)
  } catch (error) {
    if (signal.aborted) throw error
    const { serviceDeploymentArn = '', hookId, action } = input
    const record = await readServiceDeployment(aws, serviceDeploymentArn, signal).catch(() => undefined)
    const hook = record?.lifecycleHookDetails?.find((one) => one.hookId === hookId)
    // Where ECS has nothing to go back to, it stops the deployment at the hook.
    const isRejected = isTakenBack(record) || hook?.status === 'FAILED'
    if (action === 'ROLLBACK' ? !isRejected : hook?.status !== 'SUCCEEDED') throw error
    return { serviceDeploymentArn, $metadata: {} }
  }
}
