// StopServiceDeployment: rolls a service deployment back to the last completed one.
import type { StopServiceDeploymentRequest, StopServiceDeploymentResponse } from '@aws-sdk/client-ecs'
import { AwsFault } from '../../world/fault.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import { own } from '../../world/own.ts'
import { schedulerDelay } from '../../world/wake.ts'
import { invalid } from '../invalid.ts'
import { changeServiceDeployment, wakeServiceOf } from '../rollout/serviceDeployment.ts'

/**
 * It needs no circuit breaker. One that is already on its way to a stop just goes on.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stop-service-deployment.html
 */
export const stopServiceDeployment: Operation<StopServiceDeploymentRequest, StopServiceDeploymentResponse> = (
  { serviceDeploymentArn: arn, stopType = 'ROLLBACK' },
  context,
): Wire<StopServiceDeploymentResponse> => {
  const { region } = context
  if (stopType !== 'ROLLBACK') throw invalid('The valid values of stopType are ROLLBACK.')
  const found = own(region.serviceDeployments, arn)
  if (!found) throw new AwsFault('ServiceDeploymentNotFoundException', 'Service deployment not found.')
  const { status } = found.serviceDeployment
  if (status === 'PENDING' || status === 'IN_PROGRESS') {
    changeServiceDeployment(context, arn, 'ROLLBACK_REQUESTED')
    wakeServiceOf(region, found.serviceDeployment, context.now + schedulerDelay)
  } else if (!['STOP_REQUESTED', 'ROLLBACK_REQUESTED', 'ROLLBACK_IN_PROGRESS'].includes(status)) {
    const message = `The service deployment cannot be stopped because its status is ${status}.`
    throw new AwsFault('ConflictException', message, 400, { resourceIds: [arn] })
  }
  return { serviceDeploymentArn: arn }
}
