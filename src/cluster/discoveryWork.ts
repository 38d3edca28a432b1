import { Reference, type Step } from '../engine/step.ts'
import { createDiscoveryService } from './steps/createDiscoveryService.ts'
import { createPrivateDnsNamespace } from './steps/createPrivateDnsNamespace.ts'
import { deleteDiscoveryService } from './steps/deleteDiscoveryService.ts'
import { deleteNamespace } from './steps/deleteNamespace.ts'
import { updateDiscoveryService } from './steps/updateDiscoveryService.ts'
import { changesOf } from './changes.ts'
import type { Desired } from './desired.ts'
import type { Found } from './found.ts'
import { asTags, marksOf, ownerOf } from './marks.ts'
import type { Work } from './work.ts'

/** What every discovery service answers with: the addresses of the tasks, to be asked for again after five minutes. */
const records = [{ Type: 'A' as const, TTL: 300 }]

/** What is to be done for the namespace of a stack, and its id. */
export function namespaceWork(
  found: Found,
  wanted: NonNullable<Desired['namespace']>,
): Work & { readonly id: string | Reference } {
  const there = found.namespaces.find(({ namespace }) => namespace.Name === wanted.name)
  if (there) return { steps: {}, id: there.namespace.Id ?? '' }
  const { name, vpc } = wanted
  const idOf = (step: string): Reference => new Reference(step, `the id of namespace ${name}`)
  const marked = { mark: ownerOf(found.cluster), tags: asTags(marksOf(found.cluster, '')) }
  const step = createPrivateDnsNamespace({ name, vpc, ...marked }, (id) => [deleteNamespace(idOf(id), name)])
  return { steps: { grounds: [step] }, id: idOf(step.id) }
}

/** What is to be done for the discovery service of a service, and its ARN. One that others have made is used as it is. */
export function discoveryWork(
  found: Found,
  service: string,
  { name, namespace }: { readonly name: string; readonly namespace: { name: string; id: string | Reference } },
): Work & { readonly arn: string | Reference } {
  const owner = ownerOf(found.cluster, service)
  const there = found.namespaces
    .find((one) => one.namespace.Name === namespace.name)
    ?.services.find(({ Name }) => Name === name)
  if (there) {
    const { Id = '', Arn = '', DnsConfig, Description } = there
    const before = (DnsConfig?.DnsRecords ?? []).map(({ Type, TTL }) => ({ Type, TTL }))
    const shown = (all: typeof before) => all.map(({ Type, TTL }) => `${Type} for ${TTL} s`)
    const changes = changesOf({ dns_records: [shown(before), shown(records)] })
    const update = (DnsRecords: typeof before) => ({ Id, Service: { Description, DnsConfig: { DnsRecords } } })
    const isDrifted = Description === owner && changes.length > 0
    const of = { name, before: update(before), after: update(records) }
    return { steps: { groups: isDrifted ? [updateDiscoveryService(of, changes)] : [] }, arn: Arn }
  }
  const input = {
    Name: name,
    NamespaceId: namespace.id,
    Description: owner,
    DnsConfig: { DnsRecords: records, RoutingPolicy: 'WEIGHTED' as const },
    HealthCheckCustomConfig: { FailureThreshold: 1 },
    Tags: asTags(marksOf(found.cluster, service)),
  }
  const reference = (step: string, what: string): Reference =>
    new Reference(step, `the ${what === 'arn' ? 'ARN' : what} of discovery service ${name}`, what)
  const step: Step = createDiscoveryService(input, (id) => [deleteDiscoveryService(reference(id, 'id'), name)])
  return { steps: { groups: [step] }, arn: reference(step.id, 'arn') }
}
