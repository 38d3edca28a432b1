// A resource record set: its form, its place among others, and whether two are the same.
import { isDeepStrictEqual } from 'node:util'
import { normalDomainName, reversedName } from './domainName.ts'
import type { RecordSet } from '../world/world.ts'

/** A resource record set with its names as Route 53 keeps them; the name itself is known to be one. */
export function normalRecordSet(recordSet: RecordSet): RecordSet {
  const { Name, AliasTarget, ...members } = recordSet
  return {
    Name: keptName(Name),
    ...members,
    ...(AliasTarget && { AliasTarget: { ...AliasTarget, DNSName: keptName(AliasTarget.DNSName) } }),
  }
}

/** The name as Route 53 keeps it, or as it was given where it is no domain name. */
export function keptName(given: string): string {
  const normal = normalDomainName(given)
  return 'name' in normal ? normal.name : given
}

/** No two record sets of a hosted zone have the same. */
export const recordSetKey = ({ Name, Type, SetIdentifier }: RecordSet): string =>
  JSON.stringify([Name, Type, SetIdentifier])

/** By what record sets are sorted. */
export type RecordSetPlace = Pick<RecordSet, 'Name' | 'SetIdentifier'> & {
  readonly Type?: RecordSet['Type'] | undefined
}

/** Sorts as ListResourceRecordSets does: by name, read from its end, then by type, then by set identifier. */
export function compareRecordSets(a: RecordSetPlace, b: RecordSetPlace): number {
  return (
    compare(reversedName(a.Name), reversedName(b.Name)) ||
    compare(a.Type ?? '', b.Type ?? '') ||
    compare(a.SetIdentifier ?? '', b.SetIdentifier ?? '')
  )
}

/** ASCII order, which no language's rules change. */
export function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

/** Whether two record sets of the same name and type hold the same; the order of their values means nothing. */
export const holdSame = (a: RecordSet, b: RecordSet): boolean => isDeepStrictEqual(heldBy(a), heldBy(b))

/** MultiValueAnswer may be left out of a DELETE, as has been seen in the field. */
function heldBy({ ResourceRecords = [], MultiValueAnswer: _, ...members }: RecordSet): object {
  return { ...members, values: ResourceRecords.map(({ Value }) => Value).toSorted() }
}

/** The sets in a zone with one more, in the place of the one with its name, type and set identifier if there is one. */
export function withRecordSet(recordSets: readonly RecordSet[], recordSet: RecordSet): RecordSet[] {
  return [...withoutRecordSet(recordSets, recordSet), recordSet].toSorted(compareRecordSets)
}

export function withoutRecordSet(recordSets: readonly RecordSet[], recordSet: RecordSet): RecordSet[] {
  const key = recordSetKey(recordSet)
  return recordSets.filter((each) => recordSetKey(each) !== key)
}
