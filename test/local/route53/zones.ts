// Hosted zones and their record sets.
import type { Unchecked } from '../../../src/local/world/operation.ts'
import type { TestAws } from '../support.ts'

let references = 0

/** A hosted zone of that name, and its id; public unless the input names a VPC. */
export function createZone(aws: TestAws, Name = 'example.com', more: Unchecked = {}): string {
  references += 1
  const input = { Name, CallerReference: `reference ${references}`, ...more }
  return aws.call('route53', 'CreateHostedZone', input).HostedZone.Id.replace('/hostedzone/', '')
}

export const vpc = (VPCId = 'vpc-1'): Unchecked => ({ VPC: { VPCRegion: 'us-east-1', VPCId } })

/** A record set of values; of type A and 60 seconds unless told otherwise. */
export const recordSet = (Name: string, values: readonly string[], more: Unchecked = {}): Unchecked => ({
  Name,
  Type: 'A',
  TTL: 60,
  ResourceRecords: values.map((Value) => ({ Value })),
  ...more,
})

export const weighted = (Name: string, SetIdentifier: string, Weight: number, value = '10.0.0.1'): Unchecked =>
  recordSet(Name, [value], { SetIdentifier, Weight })

export const alias = (Name: string, HostedZoneId: string, DNSName: string, more: Unchecked = {}): Unchecked => ({
  Name,
  Type: 'A',
  AliasTarget: { HostedZoneId, DNSName, EvaluateTargetHealth: false },
  ...more,
})

/** Makes changes, each an action with its record set, and answers the ChangeInfo. */
export const change = (aws: TestAws, HostedZoneId: string, ...changes: [string, Unchecked][]): Unchecked =>
  aws.call('route53', 'ChangeResourceRecordSets', {
    HostedZoneId,
    ChangeBatch: { Changes: changes.map(([Action, ResourceRecordSet]) => ({ Action, ResourceRecordSet })) },
  }).ChangeInfo

/** The record sets of a zone but for those that it has from its beginning. XML knows no numbers. */
export const recordSetsOf = (aws: TestAws, HostedZoneId: string): Unchecked[] =>
  aws
    .call('route53', 'ListResourceRecordSets', { HostedZoneId })
    .ResourceRecordSets.slice(2)
    .map((each: Unchecked) => numbered(each))

function numbered({ TTL, Weight, ...members }: Unchecked): Unchecked {
  return { ...members, ...(TTL && { TTL: Number(TTL) }), ...(Weight && { Weight: Number(Weight) }) }
}

/** `example.com. NS`: what record sets there are, in order. */
export const namesOf = (recordSets: readonly Unchecked[]): string[] =>
  recordSets.map(({ Name, Type, SetIdentifier = '' }) => `${Name} ${Type} ${SetIdentifier}`.trim())
