// The records of Cloud Map in a region: namespaces, their services with instances, and operations.
import type {
  CreatePrivateDnsNamespaceRequest,
  DeleteNamespaceRequest,
  DeregisterInstanceRequest,
  RegisterInstanceRequest,
  UpdateServiceRequest,
} from '@aws-sdk/client-servicediscovery'
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
  readonly namespace: CloudMapNamespace
  readonly vpc: string
}

/** A namespace as GetNamespace shows it, but for the number of its services. */
export interface CloudMapNamespace {
  readonly Id: string
  readonly Arn: string
  readonly ResourceOwner: string
  readonly Name: string
  readonly Type: 'DNS_PRIVATE'
  readonly Description?: string | undefined
  readonly Properties: {
    readonly DnsProperties: { readonly HostedZoneId: string; readonly SOA: { readonly TTL: number } }
    readonly HttpProperties: { readonly HttpName: string }
  }
  readonly CreateDate: number
  readonly CreatorRequestId?: string | undefined
}

/** A service of Cloud Map, which ECS calls a service registry. */
export interface CloudMapServiceRecord {
  readonly service: CloudMapService
  /** As GetInstance shows them, oldest first. */
  instances: CloudMapInstance[]
  /** How often instances have come or gone. */
  revision: number
}

/** A service as GetService shows it, but for the number of its instances. */
export interface CloudMapService {
  readonly Id: string
  readonly Arn: string
  readonly ResourceOwner: string
  readonly Name: string
  readonly NamespaceId: string
  Description?: string | undefined
  readonly DnsConfig?: CloudMapDnsConfig
  readonly Type: 'DNS_HTTP' | 'HTTP'
  readonly HealthCheckCustomConfig?: { readonly FailureThreshold: number }
  readonly CreateDate: number
  readonly CreatorRequestId?: string | undefined
  readonly CreatedByAccount: string
}

export interface CloudMapDnsConfig {
  readonly NamespaceId: string
  readonly RoutingPolicy: 'MULTIVALUE' | 'WEIGHTED'
  DnsRecords: CloudMapDnsRecord[]
}

export interface CloudMapDnsRecord {
  readonly Type: 'A' | 'AAAA' | 'SRV' | 'CNAME'
  readonly TTL: number
}

export interface CloudMapInstance {
  readonly Id: string
  readonly CreatorRequestId?: string | undefined
  readonly Attributes: Readonly<Record<string, string>>
  readonly CreatedByAccount: string
}

/** The input that asked for each type of operation. */
export interface CloudMapRequests {
  CREATE_NAMESPACE: Wire<CreatePrivateDnsNamespaceRequest>
  DELETE_NAMESPACE: Wire<DeleteNamespaceRequest>
  UPDATE_SERVICE: Wire<UpdateServiceRequest>
  REGISTER_INSTANCE: Wire<RegisterInstanceRequest>
  DEREGISTER_INSTANCE: Wire<DeregisterInstanceRequest>
}

export interface CloudMapOperationRecord<Type extends keyof CloudMapRequests = keyof CloudMapRequests> {
  readonly operation: CloudMapOperation<Type>
  readonly request: CloudMapRequests[Type]
  /** Epoch milliseconds at which its status changes next, or at which it is forgotten. */
  nextAt: number
}

/** An operation as GetOperation shows it. */
export interface CloudMapOperation<Type = keyof CloudMapRequests> {
  readonly Id: string
  readonly OwnerAccount: string
  readonly Type: Type
  readonly CreateDate: number
  readonly Targets: CloudMapTargets
  UpdateDate: number
  Status: 'SUBMITTED' | 'PENDING' | 'SUCCESS' | 'FAIL'
  ErrorCode?: string
  ErrorMessage?: string
}

/** The ids of what an operation is about. */
export interface CloudMapTargets {
  readonly NAMESPACE?: string
  readonly SERVICE?: string
  readonly INSTANCE?: string
}
