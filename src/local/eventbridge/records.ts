// The records of EventBridge in a region: rules with their targets.
import type { Wire } from '../world/wire.ts'

export interface EventbridgeRecords {
  /** By `bus/name`. */
  readonly rules: Record<string, { rule: Wire; targets: Wire[] }>
}
