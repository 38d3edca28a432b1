/** Plans the deletion of what was created for a service and is no longer wanted. */
import type { Step } from '../engine/step.ts'
import { type DeleteDiscoveryService, deleteDiscoveryService } from './steps/deleteDiscoveryService.ts'
import { type DeleteListener, deleteListener } from './steps/deleteListener.ts'
import { type DeleteLoadBalancer, deleteLoadBalancer } from './steps/deleteLoadBalancer.ts'
import { type ChangeResourceRecordSets, deleteRecord } from './steps/changeResourceRecordSets.ts'
import { type DeleteTargetGroup, deleteTargetGroup } from './steps/deleteTargetGroup.ts'
import { type Found, type Tagged, oursIn, recordKey, recordOf } from './found.ts'
import { pointsTo } from './loadBalancing/loadBalancingWork.ts'

/** A step that deletes something; it has no undo steps. */
type Removal =
  | Step<ChangeResourceRecordSets>
  | Step<DeleteListener>
  | Step<DeleteLoadBalancer>
  | Step<DeleteTargetGroup>
  | Step<DeleteDiscoveryService>

/**
 * Deletes the records, listeners, load balancers, target groups and discovery services of a service, except those in
 * `kept`: ARNs and record keys.
 */
export function removalsOf(found: Found, service: string, kept: ReadonlySet<unknown>): Removal[] {
  const { cluster } = found
  const ours = <T extends Tagged<unknown>>(all: readonly T[]): readonly T[] => oursIn(all, cluster, service)
  const listeners = ours(found.listeners).filter(({ thing }) => !kept.has(thing.ListenerArn))
  const balancerOf = (arn: string | undefined) =>
    found.loadBalancers.find(({ thing }) => thing.LoadBalancerArn === arn)?.thing
  return [
    ...listeners.flatMap((one) => {
      const named = recordOf(one)
      if (!named || kept.has(recordKey(named))) return []
      const record = found.records.get(recordKey(named))
      const dnsName = balancerOf(one.thing.LoadBalancerArn)?.DNSName ?? ''
      return record && pointsTo(record, dnsName) ? [deleteRecord(named.zone, record)] : []
    }),
    ...listeners.map(({ thing }) =>
      deleteListener(thing.ListenerArn ?? '', balancerOf(thing.LoadBalancerArn)?.LoadBalancerName ?? ''),
    ),
    ...ours(found.loadBalancers)
      .filter(({ thing }) => !kept.has(thing.LoadBalancerArn))
      .map(({ thing }) => deleteLoadBalancer(thing.LoadBalancerArn ?? '', thing.LoadBalancerName ?? '')),
    ...ours(found.targetGroups)
      .filter(({ thing }) => !kept.has(thing.TargetGroupArn))
      .map(({ thing }) => deleteTargetGroup(thing.TargetGroupArn ?? '', thing.TargetGroupName ?? '')),
    ...found.namespaces.flatMap(({ services }) =>
      ours(services)
        .filter(({ thing }) => !kept.has(thing.Arn))
        .map(({ thing: { Id = '', Name = '' } }) => deleteDiscoveryService(Id, Name)),
    ),
  ].map((step): Removal => ({ changes: ['is no longer wanted'], ...step, undo: [] }))
}
