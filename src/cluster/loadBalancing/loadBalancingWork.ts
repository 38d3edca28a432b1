/** Plans all that routes traffic from outside to a service: load balancer, target group, listener and DNS record. */
import type { LoadBalancer } from '@aws-sdk/client-ecs'
import type { TargetGroup } from '@aws-sdk/client-elastic-load-balancing-v2'
import type { ResourceRecordSet } from '@aws-sdk/client-route-53'
import type { Planned, Reference } from '../../engine/step.ts'
import { addTags } from '../steps/addTags.ts'
import { deleteRecord, upsertRecord } from '../steps/changeResourceRecordSets.ts'
import type { LoadBalancing } from '../desired.ts'
import { type Found, recordKey, recordOf, standingOf } from '../found.ts'
import { listenerWork } from './listenerWork.ts'
import { type PlannedLoadBalancer, loadBalancerWork } from './loadBalancerWork.ts'
import { recordTag, recordTagValue } from '../ownership.ts'
import { targetGroupWork } from './targetGroupWork.ts'
import { changesOf, type Work, together } from '../work.ts'

/** The work; `loadBalancer` is what CreateService is told about it, `kept` the ARNs of what has to stay. */
export function loadBalancingWork(
  found: Found,
  service: string,
  wanted: LoadBalancing,
): Work & {
  readonly loadBalancer: Planned<LoadBalancer>
  /** The ARN of the load balancer that leads to it, as far as there is one. */
  readonly balancer: string | Reference | undefined
  readonly kept: readonly unknown[]
} {
  const { container, targetGroupArn } = wanted
  if (targetGroupArn !== undefined) {
    const problems = targetGroupProblems(found, service, { arn: targetGroupArn, wanted: wanted.targetGroup.TargetType })
    const group = groupOf(found, targetGroupArn)
    const balancer = group?.LoadBalancerArns?.[0]
    return { steps: {}, loadBalancer: { targetGroupArn, ...container }, balancer, kept: [], problems }
  }
  const { balancer, ...balancerPart } = loadBalancerWork(found, service, wanted.loadBalancer)
  if (!balancer) return { ...balancerPart, loadBalancer: container, balancer: undefined, kept: [] }
  const { arn, ...groupPart } = targetGroupWork(found, service, wanted, balancer)
  const { existing, ...listenerPart } = listenerWork(found, service, wanted, { balancer, targetGroup: arn })
  const recordPart = recordWork(found, service, wanted.record, { balancer, listener: existing })
  return {
    ...together([balancerPart, groupPart, listenerPart, recordPart]),
    loadBalancer: { targetGroupArn: arn, ...container },
    balancer: balancer.arn,
    kept: [balancer.arn, arn, existing?.thing.ListenerArn],
  }
}

/** A target group of the region, whoever created it. */
function groupOf({ named }: Found, arn: string): TargetGroup | undefined {
  return [...named.targetGroups.values()].find(({ thing }) => thing.TargetGroupArn === arn)?.thing
}

/** What keeps ECS from putting the tasks of a service into a target group of others. */
function targetGroupProblems(
  found: Found,
  service: string,
  { arn, wanted }: { readonly arn: string; readonly wanted: string },
): string[] {
  const group = groupOf(found, arn)
  if (!group) return [`${service}: there is no target group ${arn}.`]
  const { TargetGroupName: name, TargetType: type, LoadBalancerArns = [] } = group
  return [
    ...(type === wanted
      ? []
      : [`${service}: target group ${name} takes targets of type ${type}, and its tasks are of type ${wanted}.`]),
    ...(LoadBalancerArns.length > 0
      ? []
      : [`${service}: no listener leads to target group ${name}, so ECS does not take it.`]),
  ]
}

/**
 * The work for the record that points to a load balancer: first the new record, then the one that its listener had before,
 * and only then the listener's tag, so that a run after one that was killed in between still finds the old record.
 */
function recordWork(
  found: Found,
  service: string,
  wanted: LoadBalancing['record'],
  on: { readonly balancer: PlannedLoadBalancer; readonly listener: Found['listeners'][number] | undefined },
): Work {
  const { balancer, listener } = on
  const problem = wanted && found.recordProblems.get(recordKey(wanted))
  const before = wanted && found.records.get(recordKey(wanted))
  const isThere = before !== undefined && pointsTo(before, String(balancer.dnsName))
  const after = wanted && {
    Name: recordKey(wanted).slice(wanted.zone.length + 1),
    Type: 'A' as const,
    AliasTarget: { DNSName: balancer.dnsName, HostedZoneId: balancer.zone, EvaluateTargetHealth: false },
  }
  const changes = changesOf({ record: [before && targetOf(before), after?.AliasTarget.DNSName] })
  const former = listener && recordOf(listener)
  const isFormer = former !== undefined && (!wanted || recordKey(former) !== recordKey(wanted))
  const old = isFormer ? found.records.get(recordKey(former)) : undefined
  const tag = wanted ? recordTagValue(wanted) : ''
  return {
    problems: problem === undefined ? [] : [`${service}: ${wanted?.name} ${problem}.`],
    steps: {
      records:
        after && !isThere
          ? [upsertRecord({ zone: wanted.zone, before, standing: standingOf(found, service) }, after, changes)]
          : [],
      oldRecords: former && old && pointsTo(old, String(balancer.dnsName)) ? [deleteRecord(former.zone, old)] : [],
      tags:
        listener && (listener.tags[recordTag] ?? '') !== tag
          ? [
              addTags({
                arn: listener.thing.ListenerArn ?? '',
                name: `the listener of ${balancer.name}`,
                before: { [recordTag]: listener.tags[recordTag] ?? '' },
                after: { [recordTag]: tag },
              }),
            ]
          : [],
    },
  }
}

/** Whether a record is an alias of the load balancer with that DNS name; the console adds `dualstack.` to the name. */
export function pointsTo(record: ResourceRecordSet, dnsName: string): boolean {
  const plain = (name: string): string =>
    name
      .toLowerCase()
      .replace(/^dualstack\./, '')
      .replace(/\.$/, '')
  return plain(record.AliasTarget?.DNSName ?? '') === plain(dnsName)
}

function targetOf({ AliasTarget, ResourceRecords = [] }: ResourceRecordSet): string {
  return AliasTarget?.DNSName ?? ResourceRecords.map(({ Value }) => Value).join(', ')
}
