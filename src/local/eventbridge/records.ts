// The records of EventBridge in a region: event buses, and rules with their targets.
import type { Wire } from '../world/wire.ts'

export interface EventbridgeRecords {
  /** By `bus/name`. */
  readonly rules: Record<string, { rule: Wire; targets: Wire[] }>
  /** By name; the bus `default` is always there, and not in it. */
  readonly eventBuses: Record<string, EventBusRecord>
}

export interface EventBusRecord {
  readonly Name: string
  readonly Arn: string
  readonly Description?: string | undefined
  readonly KmsKeyIdentifier?: string | undefined
  readonly CreationTime: number
  readonly LastModifiedTime: number
}
