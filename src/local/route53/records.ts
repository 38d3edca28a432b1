import { byName } from '../world/byName.ts'
import type { Wire } from '../world/wire.ts'

/** The records of Route 53, which has no regions: whoever asks in whichever region sees all of them. */
export interface Global {
  /** By id, without `/hostedzone/`. */
  readonly hostedZones: Record<string, HostedZoneRecord>
  /** By id, without `/change/`: ChangeInfo as GetChange shows it, but for its status, which is a matter of time. */
  readonly hostedZoneChanges: Record<string, Wire>
  /** Tags by id of the hosted zone. */
  readonly tags: Record<string, Wire[]>
  /** By name of the throttle bucket: tokens left, and when that was. */
  readonly buckets: Record<string, { tokens: number; at: number }>
}

export interface HostedZoneRecord {
  /** As GetHostedZone shows it, but for the number of its record sets. */
  readonly hostedZone: Wire
  /** The VPCs of a private hosted zone; a public one has none. */
  readonly vpcs: readonly Wire[]
  /** Without the dot at their ends. */
  readonly nameServers: readonly string[]
  /** As ListResourceRecordSets shows them, in its order. */
  recordSets: Wire[]
}

export const emptyGlobal = (): Global => ({
  hostedZones: byName(),
  hostedZoneChanges: byName(),
  tags: byName(),
  buckets: byName(),
})
