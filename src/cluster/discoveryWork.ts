/** Plans service discovery: the namespace of a stack and the discovery services in it. */
import { Reference } from '../engine/step.ts'
import { createDiscoveryService } from './steps/createDiscoveryService.ts'
import { createPrivateDnsNamespace } from './steps/createPrivateDnsNamespace.ts'
import { deleteDiscoveryService } from './steps/deleteDiscoveryService.ts'
import { deleteNamespace } from './steps/deleteNamespace.ts'
import { updateDiscoveryService } from './steps/updateDiscoveryService.ts'
import type { Desired } from './desired.ts'
import { type Found, isOurs, standingOf } from './found.ts'
import { creationTags, ownerOf, pascalCaseTags } from './ownership.ts'
import { changesOf, type Work } from './work.ts'

/** The records of every discovery service: the addresses of the tasks, valid for five minutes. */
const records = [{ Type: 'A' as const, TTL: 300 }]

/** The work for the namespace of a stack, and its id. */
export function namespaceWork(
  found: Found,
  { name, vpc }: NonNullable<Desired['namespace']>,
): Work & { readonly id: string | Reference } {
  const existing = found.namespaces.find(({ namespace }) => namespace.thing.Name === name)?.namespace.thing
  if (existing) return { steps: {}, id: existing.Id ?? '' }
  const idOf = (step: string): Reference => new Reference(step, `the id of namespace ${name}`)
  const owner = { description: ownerOf(found.cluster), tags: pascalCaseTags(creationTags(found, '')) }
  const step = createPrivateDnsNamespace({ name, vpc, ...owner }, (id) => [
    deleteNamespace(idOf(id), name, { cluster: found.cluster, run: found.run }),
  ])
  return { steps: { discovery: [step] }, id: idOf(step.id) }
}

/** The work for the discovery service of a service, and its ARN. One that is not ours is used as it is. */
export function discoveryWork(
  found: Found,
  service: string,
  { name, namespace }: { readonly name: string; readonly namespace: { name: string; id: string | Reference } },
): Work & { readonly arn: string | Reference } {
  const existing = found.namespaces
    .find((one) => one.namespace.thing.Name === namespace.name)
    ?.services.find(({ thing }) => thing.Name === name)
  if (existing) {
    const { Id = '', Arn = '', DnsConfig, Description } = existing.thing
    const before = (DnsConfig?.DnsRecords ?? []).map(({ Type, TTL }) => ({ Type, TTL }))
    const shown = (all: typeof before) => all.map(({ Type, TTL }) => `${Type} for ${TTL} s`)
    const changes = changesOf({ dns_records: [shown(before), shown(records)] })
    const update = (DnsRecords: typeof before) => ({ Id, Service: { Description, DnsConfig: { DnsRecords } } })
    const isItsOwn = isOurs(existing, found.cluster, service)
    const isDrifted = isItsOwn && changes.length > 0
    const of = { name, before: update(before), after: update(records) }
    const isFit = isItsOwn || before.some(({ Type }) => Type === 'A')
    const problems = isFit
      ? []
      : [`${service}: Cloud Map service ${name} was not created for it and has no A records, which its tasks need.`]
    return { steps: { discovery: isDrifted ? [updateDiscoveryService(of, changes)] : [] }, arn: Arn, problems }
  }
  const input = {
    Name: name,
    NamespaceId: namespace.id,
    Description: ownerOf(found.cluster, service),
    DnsConfig: { DnsRecords: records, RoutingPolicy: 'WEIGHTED' as const },
    HealthCheckCustomConfig: { FailureThreshold: 1 },
    Tags: pascalCaseTags(creationTags(found, service)),
  }
  const reference = (step: string, member: 'arn' | 'id'): Reference =>
    new Reference(step, `the ${member === 'arn' ? 'ARN' : member} of discovery service ${name}`, member)
  const step = createDiscoveryService(input, (id) => [
    deleteDiscoveryService(reference(id, 'id'), name, standingOf(found, service)),
  ])
  return { steps: { discovery: [step] }, arn: reference(step.id, 'arn') }
}
