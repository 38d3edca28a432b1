// Namespaces and services of Cloud Map.
import { expect } from 'vitest'
import type { Unchecked } from '../../../src/local/world/operation.ts'
import type { TestAws } from '../support.ts'
import { seconds } from '../support.ts'

export const discovery = (aws: TestAws, operation: string, input: Unchecked = {}): Unchecked =>
  aws.call('servicediscovery', operation, input)

/** An operation by its id, as GetOperation shows it. */
export const operationOf = (aws: TestAws, OperationId: string): Unchecked =>
  discovery(aws, 'GetOperation', { OperationId }).Operation

/** Begins something, waits until it is done and answers its operation. */
export function done(aws: TestAws, operation: string, input: Unchecked): Unchecked {
  const { OperationId } = discovery(aws, operation, input)
  aws.advance(seconds(5))
  return operationOf(aws, OperationId)
}

/** A private namespace in a VPC, made and there; its id. */
export const createNamespace = (aws: TestAws, Name = 'corp.internal', more: Unchecked = {}): string =>
  done(aws, 'CreatePrivateDnsNamespace', { Name, Vpc: 'vpc-1', ...more })['Targets'].NAMESPACE

export const records = (Type = 'A', more: Unchecked = {}): Unchecked => ({
  DnsConfig: { DnsRecords: [{ Type, TTL: 10 }], ...more },
})

/** A service with A records in a namespace. */
export const createDiscoveryService = (
  aws: TestAws,
  NamespaceId: string,
  Name = 'web',
  more: Unchecked = records(),
): Unchecked => discovery(aws, 'CreateService', { Name, NamespaceId, ...more }).Service

export const register = (aws: TestAws, ServiceId: string, InstanceId: string, Attributes: Unchecked): Unchecked =>
  done(aws, 'RegisterInstance', { ServiceId, InstanceId, Attributes })

/** The record sets in the zone of a namespace but for those that it has from its beginning: `name type values`. */
export function recordsIn(aws: TestAws, Id: string): string[] {
  const { HostedZoneId } = discovery(aws, 'GetNamespace', { Id }).Namespace.Properties.DnsProperties
  const { ResourceRecordSets } = aws.call('route53', 'ListResourceRecordSets', { HostedZoneId })
  return ResourceRecordSets.filter(({ Type }: Unchecked) => !['NS', 'SOA'].includes(Type)).map(
    ({ Name, Type, TTL, ResourceRecords }: Unchecked) =>
      `${Name} ${Type} ${TTL} ${ResourceRecords.map(({ Value }: Unchecked) => Value).join(' ')}`,
  )
}

/** A refusal of Cloud Map, with the HTTP status that its model gives the code. */
export function refusal(code: string, message?: string): object {
  const statuses: Record<string, number> = { DuplicateRequest: 409, ResourceInUse: 409, RequestLimitExceeded: 429 }
  const status = code.includes('NotFound') ? 404 : (statuses[code] ?? 400)
  return expect.objectContaining({ code, status, ...(message && { message }) })
}
