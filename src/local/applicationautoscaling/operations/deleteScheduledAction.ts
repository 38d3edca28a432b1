// Deletes a scheduled action. https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DeleteScheduledAction.html
import type { DeleteScheduledActionRequest } from '@aws-sdk/client-application-auto-scaling'
import { AwsFault } from '../../world/fault.ts'
import type { Nothing, Operation } from '../../world/operation.ts'
import { own } from '../../world/own.ts'
import { checkNamed, described, keyOf } from '../scalableTarget.ts'

export const deleteScheduledAction: Operation<DeleteScheduledActionRequest, Nothing> = (input, { region }): Nothing => {
  checkNamed(input)
  const { ScheduledActionName } = input
  const key = keyOf(input, ScheduledActionName)
  if (!own(region.scheduledActions, key)) {
    const message = `No scheduled action found for ${described(input)}, scheduled action name: ${ScheduledActionName}`
    throw new AwsFault('ObjectNotFoundException', message)
  }
  delete region.scheduledActions[key]
  return {}
}
