import type { Step } from '../engine/step.ts'
import { deleteDiscoveryService } from './steps/deleteDiscoveryService.ts'
import { deleteListener } from './steps/deleteListener.ts'
import { deleteLoadBalancer } from './steps/deleteLoadBalancer.ts'
import { deleteRecord } from './steps/changeResourceRecordSets.ts'
import { deleteTargetGroup } from './steps/deleteTargetGroup.ts'
import { recordOf } from './findBalancing.ts'
import { type Found, isOurs, recordKey } from './found.ts'
import { ownerOf } from './marks.ts'
import { leadsTo } from './recordWork.ts'

/** What stays: ARNs, and the key of a record. */
export type Kept = ReadonlySet<unknown>

/** Takes away what was made for a service and is not kept: records, listeners, target groups, load balancers, discovery. */
export function removalsOf(found: Found, service: string, kept: Kept): Step[] {
  const { cluster } = found
  const isLeft = (one: Parameters<typeof isOurs>[0], arn: string | undefined): boolean =>
    isOurs(one, cluster, service) && !kept.has(arn)
  const listeners = found.listeners.filter((one) => isLeft(one, one.thing.ListenerArn))
  const balancerOf = (arn: string | undefined) =>
    found.loadBalancers.find(({ thing }) => thing.LoadBalancerArn === arn)?.thing
  const owner = ownerOf(cluster, service)
  return [
    ...listeners.flatMap((one) => {
      const named = recordOf(one)
      if (!named || kept.has(recordKey(named))) return []
      const record = found.records.get(recordKey(named))
      const dnsName = balancerOf(one.thing.LoadBalancerArn)?.DNSName ?? ''
      return record && leadsTo(record, dnsName) ? [deleteRecord(named.zone, record)] : []
    }),
    ...listeners.map(({ thing }) =>
      deleteListener(thing.ListenerArn ?? '', balancerOf(thing.LoadBalancerArn)?.LoadBalancerName ?? ''),
    ),
    ...found.loadBalancers
      .filter((one) => isLeft(one, one.thing.LoadBalancerArn))
      .map(({ thing }) => deleteLoadBalancer(thing.LoadBalancerArn ?? '', thing.LoadBalancerName ?? '')),
    ...found.targetGroups
      .filter((one) => isLeft(one, one.thing.TargetGroupArn))
      .map(({ thing }) => deleteTargetGroup(thing.TargetGroupArn ?? '', thing.TargetGroupName ?? '')),
    ...found.namespaces.flatMap(({ services }) =>
      services
        .filter(({ Description, Arn }) => Description === owner && !kept.has(Arn))
        .map(({ Id = '', Name = '' }) => deleteDiscoveryService(Id, Name)),
    ),
  ].map((step): Step => ({ changes: ['is no longer wanted'], ...step, undo: [] }))
}
