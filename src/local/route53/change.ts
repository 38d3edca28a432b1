// A change of a hosted zone, PENDING until it has reached all name servers.
import type { ChangeInfo } from '@aws-sdk/client-route-53'
import { nameOf } from '../world/arn.ts'
import { AwsFault } from '../world/fault.ts'
import type { Context, Wire } from '../world/operation.ts'
import { own } from '../world/own.ts'

/** How long a change takes to reach all name servers; in AWS it is up to a minute. */
const propagating = 10_000

/** Notes a change of a hosted zone and answers it as it is now, PENDING. */
export function addChange({ global, ids, now }: Context, comment?: string): Wire<ChangeInfo> {
  const id = `C${ids.hex(20).toUpperCase()}`
  global.hostedZoneChanges[id] = { Id: `/change/${id}`, SubmittedAt: now / 1000, Comment: comment }
  return shownChange({ global, now }, id)
}

/** A change as GetChange shows it, INSYNC ten seconds after it was made; refused when there is none of that id. */
export function shownChange({ global, now }: Pick<Context, 'global' | 'now'>, id: string): Wire<ChangeInfo> {
  const change = own(global.hostedZoneChanges, nameOf(id))
  if (!change) throw new AwsFault('NoSuchChange', `Could not find resource with ID: ${nameOf(id)}`, 404)
  const { Id, SubmittedAt, Comment } = change
  const isDone = now >= SubmittedAt * 1000 + propagating
  return { Id, Status: isDone ? 'INSYNC' : 'PENDING', SubmittedAt, Comment }
}
