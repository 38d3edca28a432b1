// What Cloud Map does in its own time: an operation is begun, looked up, and taken on by the scheduler to its end.
import { deregisterInstance, registerInstance } from './instance.ts'
import { endNamespace, makeNamespace } from './namespace.ts'
import { updateService } from './service.ts'
import { AwsFault } from '../world/fault.ts'
import { cloudMapFault } from './fault.ts'
import type { Context } from '../world/operation.ts'
import { own } from '../world/own.ts'
import type {
  CloudMapOperation,
  CloudMapOperationRecord,
  CloudMapRequests,
  CloudMapTargets,
  Region,
} from '../world/world.ts'
import { copyOf } from '../world/copy.ts'

const kinds = ['NAMESPACE', 'SERVICE', 'INSTANCE'] as const

/** An operation is PENDING so many milliseconds after it was SUBMITTED. */
const submitting = 1000

/**
 * Begins what Cloud Map does in its own time, and answers the operation's id. What is under way already for the same
 * targets is refused: https://docs.aws.amazon.com/cloud-map/latest/api/API_DuplicateRequest.html
 */
export function beginOperation<Type extends keyof CloudMapRequests>(
  context: Context,
  type: Type,
  targets: CloudMapTargets,
  request: CloudMapRequests[Type],
): string {
  const { region, ids, now } = context
  const other = underWay(region, targets)
  if (other) {
    throw cloudMapFault('DuplicateRequest', 'The operation is already in progress.', {
      DuplicateOperationId: other,
    })
  }
  const id = `${ids.hex(32)}-${ids.hex(8)}`
  const times = { CreateDate: now / 1000, UpdateDate: now / 1000 }
  const operation: CloudMapOperation<Type> = {
    Id: id,
    OwnerAccount: region.account,
    Type: type,
    Status: 'SUBMITTED',
    ...times,
    Targets: targets,
  }
  region.cloudMapOperations[id] = { operation, request: copyOf(request), nextAt: now + submitting }
  return id
}

export function findOperation(region: Region, id: string): CloudMapOperationRecord {
  const found = own(region.cloudMapOperations, id)
  if (!found) throw cloudMapFault('OperationNotFound', 'No operation exists with the specified ID.')
  return found
}

export const isUnderWay = ({ operation }: CloudMapOperationRecord): boolean =>
  operation.Status === 'SUBMITTED' || operation.Status === 'PENDING'

/** The id of the operation that is under way for all of those targets. */
function underWay(region: Region, targets: CloudMapTargets): string | undefined {
  const same = Object.values(region.cloudMapOperations).find((record) => {
    const { Targets } = record.operation
    return isUnderWay(record) && kinds.every((kind) => Targets[kind] === targets[kind])
  })
  return same?.operation.Id
}

/** What an operation does when it is done, and how many milliseconds after it was PENDING. */
interface Step<Type extends keyof CloudMapRequests> {
  readonly after: number
  readonly perform: (context: Context, request: CloudMapRequests[Type], targets: CloudMapTargets) => void
}

/** For how long an operation that is done is shown. AWS does not say. */
const remembered = 3_600_000

const steps: { readonly [Type in keyof CloudMapRequests]: Step<Type> } = {
  CREATE_NAMESPACE: {
    after: 4000,
    perform: (context, request, { NAMESPACE = '' }) => makeNamespace(context, NAMESPACE, request),
  },
  DELETE_NAMESPACE: { after: 4000, perform: (context, _, { NAMESPACE = '' }) => endNamespace(context, NAMESPACE) },
  UPDATE_SERVICE: {
    after: 1000,
    perform: (context, { Service }, { SERVICE = '' }) => updateService(context, SERVICE, Service),
  },
  REGISTER_INSTANCE: {
    after: 1000,
    perform: (context, request, { SERVICE = '' }) => registerInstance(context, SERVICE, request),
  },
  DEREGISTER_INSTANCE: {
    after: 1000,
    perform: (context, _, { SERVICE = '', INSTANCE = '' }) => deregisterInstance(context, SERVICE, INSTANCE),
  },
}

/** Takes an operation on at its `nextAt`: SUBMITTED, PENDING, then SUCCESS or FAIL, and in the end it is forgotten. */
export function advanceOperation<Type extends keyof CloudMapRequests>(
  context: Context,
  record: CloudMapOperationRecord<Type>,
): void {
  const { now, region } = context
  const { operation, request } = record
  const { after, perform } = steps[operation.Type]
  if (operation.Status === 'SUBMITTED') {
    Object.assign(operation, { Status: 'PENDING', UpdateDate: now / 1000 })
    record.nextAt = now + after
  } else if (operation.Status === 'PENDING') {
    Object.assign(
      operation,
      outcomeOf(() => perform(context, request, operation.Targets)),
      { UpdateDate: now / 1000 },
    )
    record.nextAt = now + remembered
  } else delete region.cloudMapOperations[operation.Id]
}

/** https://docs.aws.amazon.com/cloud-map/latest/api/API_Operation.html, `ErrorCode`. */
const errorCodes: Readonly<Record<string, string>> = {
  ConflictingDomainExists: 'CANNOT_CREATE_HOSTED_ZONE',
  InvalidVPCId: 'CANNOT_CREATE_HOSTED_ZONE',
  NoSuchHostedZone: 'HOSTED_ZONE_NOT_FOUND',
  InvalidChangeBatch: 'INVALID_CHANGE_BATCH',
}

function outcomeOf(perform: () => void): Pick<CloudMapOperation, 'Status' | 'ErrorCode' | 'ErrorMessage'> {
  try {
    perform()
    return { Status: 'SUCCESS' }
  } catch (fault) {
    if (!(fault instanceof AwsFault)) throw fault
    const { code, message, status } = fault
    const from = errorCodes[code] ? ` (Service: AmazonRoute53; Status Code: ${status}; Error Code: ${code})` : ''
    return { Status: 'FAIL', ErrorCode: errorCodes[code] ?? 'INTERNAL_FAILURE', ErrorMessage: `${message}${from}` }
  }
}
