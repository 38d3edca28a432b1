// What a batch of changes makes of the record sets of a hosted zone.
import type { Change } from '@aws-sdk/client-route-53'
import { isWithin } from './domainName.ts'
import type { Wire } from '../world/operation.ts'
import { holdSame, recordSetKey, withRecordSet, withoutRecordSet } from './recordSet.ts'
import { zoneProblems } from './recordSetRules.ts'
import { valueProblems } from './recordValue.ts'
import type { HostedZoneRecord, RecordSet } from '../world/world.ts'

/**
 * What a change batch makes of the record sets of a hosted zone, or all that is wrong with it, in Route 53's words.
 * `changes` hold their names as Route 53 keeps them.
 */
export function changedRecordSets(
  zone: HostedZoneRecord,
  changes: readonly Wire<Change>[],
): { recordSets: RecordSet[] } | { problems: string[] } {
  const problems = [
    ...limitProblems(changes),
    ...changes.flatMap(({ ResourceRecordSet }) => ownProblems(zone, ResourceRecordSet)),
    ...contradictions(changes),
  ]
  if (problems.length > 0) return { problems }
  let { recordSets } = zone
  for (const { Action, ResourceRecordSet } of changes) {
    const existing = recordSets.find((each) => recordSetKey(each) === recordSetKey(ResourceRecordSet))
    const problem = actionProblem(Action, existing, ResourceRecordSet)
    if (problem !== undefined) problems.push(problem)
    const change = Action === 'DELETE' ? withoutRecordSet : withRecordSet
    recordSets = change(recordSets, ResourceRecordSet)
  }
  if (problems.length === 0) problems.push(...zoneProblems(zone, recordSets, changes))
  return problems.length > 0 ? { problems } : { recordSets }
}

/** https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html: what is upserted counts twice. */
function limitProblems(changes: readonly Wire<Change>[]): string[] {
  let [records, characters] = [0, 0]
  for (const { Action, ResourceRecordSet } of changes) {
    const times = Action === 'UPSERT' ? 2 : 1
    const values = (ResourceRecordSet.ResourceRecords ?? []).map(({ Value }) => Value)
    records += values.length * times
    characters += values.join('').length * times
  }
  return [
    ...(records > 1000 ? ['Number of records limit of 1000 exceeded.'] : []),
    ...(characters > 32_000 ? ['Number of characters limit of 32000 exceeded.'] : []),
  ]
}

function ownProblems({ hostedZone }: HostedZoneRecord, recordSet: RecordSet): string[] {
  const { Name, Type } = recordSet
  const zone = hostedZone.Name
  if (!isWithin(Name, zone)) return [`RRSet with DNS name ${Name} is not permitted in zone ${zone}`]
  if (Type === 'CNAME' && Name === zone) {
    return [`RRSet of type CNAME with DNS name ${Name} is not permitted at apex in zone ${zone}`]
  }
  return valueProblems(recordSet)
}

/** A record set may be changed once, or be deleted and made anew. */
function contradictions(changes: readonly Wire<Change>[]): string[] {
  const actions = new Map<string, { recordSet: RecordSet; actions: string }>()
  for (const { Action, ResourceRecordSet } of changes) {
    const key = recordSetKey(ResourceRecordSet)
    const before = actions.get(key)?.actions ?? ''
    actions.set(key, { recordSet: ResourceRecordSet, actions: `${before} ${Action}`.trim() })
  }
  return [...actions.values()]
    .filter((each) => !/^(CREATE|DELETE|UPSERT|DELETE CREATE|DELETE UPSERT)$/.test(each.actions))
    .map(
      ({ recordSet: { Name, Type } }) =>
        `The request contains an invalid set of changes for a resource record set '${Type} ${Name}'`,
    )
}

function actionProblem(action: string, existing: RecordSet | undefined, recordSet: RecordSet): string | undefined {
  const { Name, Type, SetIdentifier } = recordSet
  const identifier = SetIdentifier === undefined ? '' : `, set-identifier='${SetIdentifier}'`
  const what = `resource record set [name='${Name}', type='${Type}'${identifier}]`
  if (action === 'CREATE' && existing) return `Tried to create ${what} but it already exists`
  if (action !== 'DELETE') return undefined
  if (!existing) return `Tried to delete ${what} but it was not found`
  return holdSame(existing, recordSet)
    ? undefined
    : `Tried to delete ${what} but the values provided do not match the current values`
}
