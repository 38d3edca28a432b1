import type { ResourceRecordSet } from '@aws-sdk/client-route-53'
import { addTags } from './steps/addTags.ts'
import { deleteRecord, upsertRecord } from './steps/changeResourceRecordSets.ts'
import { changesOf } from './changes.ts'
import type { Balancing } from './desired.ts'
import { recordOf } from './findBalancing.ts'
import { type Found, recordKey } from './found.ts'
import type { Balancer } from './loadBalancerWork.ts'
import { recordMark, recordTag } from './marks.ts'
import type { Work } from './work.ts'

/**
 * What is to be done for the record that leads to a load balancer: the new one, then the one that its listener had before,
 * and only then the listener's tag, so that whoever is killed between two of them finds the rest again.
 */
export function recordWork(
  found: Found,
  wanted: Balancing['record'],
  { balancer, listener }: { readonly balancer: Balancer; readonly listener: Found['listeners'][number] | undefined },
): Work {
  const before = wanted && found.records.get(recordKey(wanted))
  const isThere = before !== undefined && leadsTo(before, String(balancer.dnsName))
  const asked = wanted && {
    Name: recordKey(wanted).slice(wanted.zone.length + 1),
    Type: 'A' as const,
    AliasTarget: { DNSName: balancer.dnsName, HostedZoneId: balancer.zone, EvaluateTargetHealth: false },
  }
  const changes = changesOf({ record: [before && targetOf(before), asked?.AliasTarget.DNSName] })
  const former = listener && recordOf(listener)
  const isFormer = former !== undefined && (!wanted || recordKey(former) !== recordKey(wanted))
  const old = isFormer ? found.records.get(recordKey(former)) : undefined
  const tag = wanted ? recordMark(wanted) : ''
  return {
    steps: {
      records: asked && !isThere ? [upsertRecord({ zone: wanted.zone, before }, asked, changes)] : [],
      formerRecords: former && old && leadsTo(old, String(balancer.dnsName)) ? [deleteRecord(former.zone, old)] : [],
      marks:
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

/** Whether a record is an alias of the load balancer with that DNS name, which the console spells with `dualstack.`. */
export function leadsTo(record: ResourceRecordSet, dnsName: string): boolean {
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
