// The records of Cloud Map in a region: namespaces, their services with instances, and operations.
import type { Wire } from '../world/wire.ts'

export interface ServicediscoveryRecords {
  /** By id. */
  readonly namespaces: Record<string, NamespaceRecord>
  /** By id. */
  readonly cloudMapServices: Record<string, CloudMapServiceRecord>
  /** By id. Those that are done stay for an hour. */
  readonly cloudMapOperations: Record<string, CloudMapOperationRecord>
}

export interface NamespaceRecord {
  /** As GetNamespace shows it, but for the number of its services. */
  readonly namespace: Wire
  readonly vpc: string
}

/** A service of Cloud Map, which ECS calls a service registry. */
export interface CloudMapServiceRecord {
  /** As GetService shows it, but for the number of its instances. */
  readonly service: Wire
  /** As GetInstance shows them, oldest first. */
  instances: Wire[]
  /** How often instances have come or gone. */
  revision: number
}

export interface CloudMapOperationRecord {
  /** As GetOperation shows it. */
  readonly operation: Wire
  /** The input that asked for it. */
  readonly request: Wire
  /** Epoch milliseconds at which its status changes next, or at which it is forgotten. */
  nextAt: number
}
