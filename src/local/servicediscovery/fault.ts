// A refusal of Cloud Map, with the HTTP status of its code.
import { AwsFault } from '../world/fault.ts'

/** https://docs.aws.amazon.com/cloud-map/latest/api/CommonErrors.html and the errors of each operation; others are 400. */
const statuses: Readonly<Record<string, number>> = {
  DuplicateRequest: 409,
  InstanceNotFound: 404,
  NamespaceNotFound: 404,
  OperationNotFound: 404,
  ResourceInUse: 409,
  ResourceNotFoundException: 404,
  ServiceNotFound: 404,
}

export const cloudMapFault = (code: string, message: string, members?: Readonly<Record<string, unknown>>): AwsFault =>
  new AwsFault(code, message, statuses[code], members)
