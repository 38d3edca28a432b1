// The records of Route 53, which has no regions: a caller sees all of them from any region.
import type { ResourceRecordSet, VPC } from '@aws-sdk/client-route-53'
import type { Wire } from '../world/wire.ts'

export interface Route53Records {
  /** By id, without `/hostedzone/`. */
  readonly hostedZones: Record<string, HostedZoneRecord>
  /** By id, without `/change/`. */
  readonly hostedZoneChanges: Record<string, HostedZoneChange>
}

/** A change as GetChange shows it, but for its status, which is a matter of time. */
export interface HostedZoneChange {
  readonly Id: string
  readonly SubmittedAt: number
  readonly Comment?: string | undefined
}

export interface HostedZoneRecord {
  readonly hostedZone: HostedZone
  /** The VPCs of a private hosted zone; a public one has none. */
  readonly vpcs: readonly Wire<VPC>[]
  /** Without the dot at their ends. */
  readonly nameServers: readonly string[]
  /** In the order of ListResourceRecordSets. */
  recordSets: RecordSet[]
}

/** A hosted zone as GetHostedZone shows it, but for the number of its record sets. */
export interface HostedZone {
  readonly Id: string
  readonly Name: string
  readonly CallerReference: string
  readonly Config: { readonly Comment?: string | undefined; readonly PrivateZone: boolean }
  readonly LinkedService?: { readonly ServicePrincipal: string; readonly Description: string } | undefined
}

/** A resource record set as ChangeResourceRecordSets takes it and ListResourceRecordSets shows it. */
export type RecordSet = Wire<ResourceRecordSet>
