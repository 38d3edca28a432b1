// The records of Route 53, which has no regions: a caller sees all of them from any region.
import type { Wire } from '../world/wire.ts'

export interface Route53Records {
  /** By id, without `/hostedzone/`. */
  readonly hostedZones: Record<string, HostedZoneRecord>
  /** By id, without `/change/`: ChangeInfo as GetChange shows it, but for its status, which is a matter of time. */
  readonly hostedZoneChanges: Record<string, Wire>
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
