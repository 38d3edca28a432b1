import { AwsFault } from '../world/fault.ts'
import type { Context, Wire } from '../world/operation.ts'
import { own } from '../world/own.ts'
import type { CloudMapOperationRecord, Region } from '../world/world.ts'

/** An operation is PENDING so many milliseconds after it was SUBMITTED. */
const submitting = 1000

/**
 * Begins what Cloud Map does in its own time, and answers the operation's id. What is under way already for the same
 * targets is refused: https://docs.aws.amazon.com/cloud-map/latest/api/API_DuplicateRequest.html
 */
export function beginOperation(context: Context, type: string, targets: Wire, request: Wire): string {
  const { region, ids, now } = context
  const other = underWay(region, targets)
  if (other) {
    throw new AwsFault('DuplicateRequest', 'The operation is already in progress.', 400, {
      DuplicateOperationId: other,
    })
  }
  const id = `${ids.hex(32)}-${ids.hex(8)}`
  const times = { CreateDate: now / 1000, UpdateDate: now / 1000 }
  const operation = {
    Id: id,
    OwnerAccount: region.account,
    Type: type,
    Status: 'SUBMITTED',
    ...times,
    Targets: targets,
  }
  region.cloudMapOperations[id] = { operation, request: structuredClone(request), nextAt: now + submitting }
  return id
}

export function findOperation(region: Region, id: string): CloudMapOperationRecord {
  const found = own(region.cloudMapOperations, id)
  if (!found) throw new AwsFault('OperationNotFound', 'No operation exists with the specified ID.')
  return found
}

export const isUnderWay = ({ operation }: CloudMapOperationRecord): boolean =>
  operation.Status === 'SUBMITTED' || operation.Status === 'PENDING'

/** The id of the operation that is under way for all of those targets. */
function underWay(region: Region, targets: Wire): string | undefined {
  const same = Object.values(region.cloudMapOperations).find((record) => {
    const { Targets } = record.operation
    const kinds = Object.keys({ ...Targets, ...targets })
    return isUnderWay(record) && kinds.every((kind) => Targets[kind] === targets[kind])
  })
  return same?.operation.Id
}
