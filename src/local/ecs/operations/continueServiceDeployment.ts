// ContinueServiceDeployment: lets a service deployment that waits at a PAUSE hook go on, or rolls it back.
import type { ContinueServiceDeploymentRequest, ContinueServiceDeploymentResponse } from '@aws-sdk/client-ecs'
import { AwsFault } from '../../world/fault.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import { own } from '../../world/own.ts'
import { schedulerDelay } from '../../world/wake.ts'
import { checkOneOf, invalid } from '../invalid.ts'
import { changeServiceDeployment, wakeServiceOf } from '../rollout/serviceDeployment.ts'

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/continue-service-deployment.html */
export const continueServiceDeployment: Operation<
  ContinueServiceDeploymentRequest,
  ContinueServiceDeploymentResponse
> = (input, context): Wire<ContinueServiceDeploymentResponse> => {
  const { serviceDeploymentArn: arn, hookId, action = 'CONTINUE' } = input
  checkOneOf('action', action, ['ROLLBACK', 'CONTINUE'])
  const found = own(context.region.serviceDeployments, arn)?.serviceDeployment
  if (!found) throw new AwsFault('ServiceDeploymentNotFoundException', 'Service deployment not found.')
  const hook = found.lifecycleHookDetails?.find((each) => each.hookId === hookId)
  if (!hook) throw invalid('The lifecycle hook was not found in the service deployment.')
  if (found.status !== 'IN_PROGRESS' || hook.status !== 'AWAITING_ACTION') {
    throw invalid(
      `The lifecycle hook does not await an action: its status is ${hook.status}, and the service deployment's ${found.status}.`,
    )
  }
  hook.status = action === 'CONTINUE' ? 'SUCCEEDED' : 'FAILED'
  if (action === 'ROLLBACK') changeServiceDeployment(context, arn, 'ROLLBACK_REQUESTED')
  wakeServiceOf(context.region, found, context.now + schedulerDelay)
  return { serviceDeploymentArn: arn }
}
