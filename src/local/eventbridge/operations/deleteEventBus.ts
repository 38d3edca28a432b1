// Deletes an event bus that has no rules; a missing one counts as deleted. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DeleteEventBus.html
import type { DeleteEventBusRequest } from '@aws-sdk/client-eventbridge'
import { AwsFault } from '../../world/fault.ts'
import type { Nothing, Operation } from '../../world/operation.ts'
import { busArn } from '../bus.ts'
import { busOf, hasRules } from '../rule.ts'

export const deleteEventBus: Operation<DeleteEventBusRequest, Nothing> = ({ Name }, { region }): Nothing => {
  const bus = busOf(Name)
  if (bus === 'default') throw new AwsFault('ValidationException', 'Cannot delete event bus default.')
  if (hasRules(region, bus)) {
    throw new AwsFault('ValidationException', `Event bus ${bus} cannot be deleted since it has rules.`)
  }
  delete region.eventBuses[bus]
  delete region.tags[busArn(region, bus)]
  return {}
}
