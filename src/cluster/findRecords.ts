/** Reads the DNS records that point to load balancers, and what keeps Route 53 from taking them. */
import type { ResourceRecordSet } from '@aws-sdk/client-route-53'
import type { Aws } from '../aws/aws.ts'
import { type Found, recordKey } from './found.ts'

interface RecordName {
  readonly zone: string
  readonly name: string
}

/** Records that a stack wants, and those that tags name. */
interface RecordQuery {
  readonly wanted: readonly RecordName[]
  readonly tagged: readonly RecordName[]
}

/** Throws `NoSuchHostedZone` for a zone that the stack wants a record in. */
export async function findRecords(
  aws: Aws,
  { wanted, tagged }: RecordQuery,
  signal: AbortSignal | undefined,
): Promise<Pick<Found, 'records' | 'recordProblems'>> {
  const asked = new Map(wanted.map((record) => [recordKey(record), record]))
  const all = new Map([...asked, ...tagged.map((record) => [recordKey(record), record] as const)])
  const zones = new Set(wanted.map(({ zone }) => zone))
  const records = new Map<string, ResourceRecordSet>()
  const recordProblems = new Map<string, string>()
  await Promise.all(
    [...all].map(async ([key, { zone, name }]) => {
      const first = await firstOf(aws, { zone, name }, signal).catch((error: unknown): undefined => {
        // When somebody has deleted a zone, its records are gone with it.
        if ((error as Error).name !== 'NoSuchHostedZone' || zones.has(zone)) throw error
      })
      const problem = first && standsInTheWay(first)
      if (problem) recordProblems.set(key, problem)
      else if (first?.Type === 'A') records.set(key, first)
      else if (asked.has(key) && (await isOutside(aws, { zone, name }, signal)))
        recordProblems.set(key, `is not within hosted zone ${zone}`)
    }),
  )
  return { records, recordProblems }
}

/**
 * The first record of a name, A before all other types. A name that has a CNAME has nothing else.
 * https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListResourceRecordSets.html
 */
async function firstOf(
  aws: Aws,
  record: RecordName,
  signal: AbortSignal | undefined,
): Promise<ResourceRecordSet | undefined> {
  const { zone, name } = record
  const input = { HostedZoneId: zone, StartRecordName: name, MaxItems: 1 }
  const { ResourceRecordSets = [] } = await aws.call('listResourceRecordSets', input, signal)
  return ResourceRecordSets.find((one) => recordKey({ zone, name: one.Name ?? '' }) === recordKey(record))
}

function standsInTheWay({ Type, SetIdentifier }: ResourceRecordSet): string | undefined {
  if (Type === 'CNAME') return 'has a CNAME record, beside which Route 53 takes no other'
  if (Type !== 'A' || SetIdentifier === undefined) return undefined
  return `has records with a routing policy (${SetIdentifier}), beside which Route 53 takes no simple one`
}

async function isOutside(aws: Aws, { zone, name }: RecordName, signal: AbortSignal | undefined): Promise<boolean> {
  // Who may not look at the zone is told by Route 53 itself.
  const answer = await aws.call('getHostedZone', { Id: zone }, signal).catch((error: unknown) => {
    if (signal?.aborted) throw error
    return undefined
  })
  const apex = answer?.HostedZone?.Name
  if (apex === undefined) return false
  const [within, whole] = [apex, name].map((one) => recordKey({ zone: '', name: one }).slice(1))
  return whole !== within && !whole?.endsWith(`.${within}`)
}
