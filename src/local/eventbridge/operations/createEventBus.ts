// Creates an event bus for events of your own; those of partners have no sources here.
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateEventBus.html
import type { CreateEventBusRequest, CreateEventBusResponse } from '@aws-sdk/client-eventbridge'
import { AwsFault } from '../../world/fault.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import { violation } from '../../wire/violation.ts'
import { busArn, busesOf } from '../bus.ts'

export const createEventBus: Operation<CreateEventBusRequest, CreateEventBusResponse> = (
  input,
  { region, now },
): Wire<CreateEventBusResponse> => {
  const { Name, EventSourceName, Description, KmsKeyIdentifier, Tags } = input
  if (EventSourceName !== undefined || Name.startsWith('aws.partner/')) {
    throw new AwsFault('ResourceNotFoundException', `Event source ${EventSourceName ?? Name} does not exist.`)
  }
  if (!/^[.\-_A-Za-z0-9]{1,256}$/.test(Name)) {
    throw new AwsFault(
      'ValidationException',
      violation('name', Name, 'satisfy regular expression pattern: [/\\.\\-_A-Za-z0-9]+'),
    )
  }
  if (busesOf(region).some((bus) => bus.Name === Name)) {
    throw new AwsFault('ResourceAlreadyExistsException', `Event bus ${Name} already exists.`)
  }
  const Arn = busArn(region, Name)
  const at = now / 1000
  region.eventBuses[Name] = { Name, Arn, Description, KmsKeyIdentifier, CreationTime: at, LastModifiedTime: at }
  if (Tags) region.tags[Arn] = Tags
  return { EventBusArn: Arn, Description, KmsKeyIdentifier }
}
