/** Plans service discovery: the namespace of a stack and the discovery services in it. */
import { Reference } from '../engine/step.ts'
import { createDiscoveryService } from './steps/createDiscoveryService.ts'
import { createPrivateDnsNamespace } from './steps/createPrivateDnsNamespace.ts'
import { deleteDiscoveryService } from './steps/deleteDiscoveryService.ts'
import { deleteNamespace } from './steps/deleteNamespace.ts'
import { updateDiscoveryService } from './steps/updateDiscoveryService.ts'
import type { Desired } from './desired.ts'
import type { Found } from './found.ts'
import { ownerOf, ownerTags, pascalCaseTags } from './ownership.ts'
import { changesOf, type Work } from './work.ts'

/** The records of every discovery service: the addresses of the tasks, valid for five minutes. */
const records = [{ Type: 'A' as const, TTL: 300 }]

/** The work for the namespace of a stack, and its id. */
export function namespaceWork(
  found: Found,
  { name, vpc }: NonNullable<Desired['namespace']>,
): Work & { readonly id: string | Reference } {
  const existing = found.namespaces.find(({ namespace }) => namespace.Name === name)
  if (existing) return { steps: {}, id: existing.namespace.Id ?? '' }
  const idOf = (step: string): Reference => new Reference(step, `the id of namespace ${name}`)
  const owner = { description: ownerOf(found.cluster), tags: pascalCaseTags(ownerTags(found.cluster, '')) }
  const step = createPrivateDnsNamespace({ name, vpc, ...owner }, (id) => [deleteNamespace(idOf(id), name)])
  return { steps: { discovery: [step] }, id: idOf(step.id) }
}

/** The work for the discovery service of a service, and its ARN. One that is not ours is used as it is. */
export function discoveryWork(
  found: Found,
  service: string,
  { name, namespace }: { readonly name: string; readonly namespace: { name: string; id: string | Reference } },
): Work & { readonly arn: string | Reference } {
  const owner = ownerOf(found.cluster, service)
  const existing = found.namespaces
    .find((one) => one.namespace.Name === namespace.name)
    ?.services.find(({ Name }) => Name === name)
  if (existing) {
    const { Id = '', Arn = '', DnsConfig, Description } = existing
    const before = (DnsConfig?.DnsRecords ?? []).map(({ Type, TTL }) => ({ Type, TTL }))
    const shown = (all: typeof before) => all.map(({ Type, TTL }) => `${Type} for ${TTL} s`)
    const changes = changesOf({ dns_records: [shown(before), shown(records)] })
    const update = (DnsRecords: typeof before) => ({ Id, Service: { Description, DnsConfig: { DnsRecords } } })
    const isDrifted = Description === owner && changes.length > 0
    const of = { name, before: update(before), after: update(records) }
    const isFit = Description === owner || before.some(({ Type }) => Type === 'A')
    const problems = isFit
      ? []
      : [`${service}: Cloud Map service ${name} was not made for it and has no A records, which its tasks need.`]
    return { steps: { discovery: isDrifted ? [updateDiscoveryService(of, changes)] : [] }, arn: Arn, problems }
  }
  const input = {
    Name: name,
    NamespaceId: namespace.id,
    Description: owner,
    DnsConfig: { DnsRecords: records, RoutingPolicy: 'WEIGHTED' as const },
    HealthCheckCustomConfig: { FailureThreshold: 1 },
    Tags: pascalCaseTags(ownerTags(found.cluster, service)),
  }
  const reference = (step: string, member: 'arn' | 'id'): Reference =>
    new Reference(step, `the ${member === 'arn' ? 'ARN' : member} of discovery service ${name}`, member)
  const step = createDiscoveryService(input, (id) => [deleteDiscoveryService(reference(id, 'id'), name)])
  return { steps: { discovery: [step] }, arn: reference(step.id, 'arn') }
}
