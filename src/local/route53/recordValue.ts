// The values that each type of record may have.
import { isIPv4, isIPv6 } from 'node:net'
import { normalDomainName } from './domainName.ts'
import type { RecordSet } from '../world/world.ts'

/** The types that Route 53 has: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html */
export const recordTypes = [
  'SOA',
  'A',
  'TXT',
  'NS',
  'CNAME',
  'MX',
  'NAPTR',
  'PTR',
  'SRV',
  'SPF',
  'AAAA',
  'CAA',
  'DS',
  'TLSA',
  'SSHFP',
  'SVCB',
  'HTTPS',
]

/** What is wrong with the values of a record set, in Route 53's words. Values of other types than these are taken as they are. */
export function valueProblems({ Name, Type, ResourceRecords = [] }: RecordSet): string[] {
  const values = ResourceRecords.map(({ Value }) => Value)
  const twice = values.filter((value, index) => values.indexOf(value) !== index)
  const several = Type === 'CNAME' || Type === 'SOA' ? values.slice(1) : []
  return [
    ...values.flatMap((value) => invalid(problemOf(Type, value))),
    ...twice.map((value) => `Duplicate Resource Record: '${value}'`),
    ...several.map(() => `RRSet of type ${Type} with DNS name ${Name} can have only one resource record`),
  ]
}

const invalid = (problem: string | undefined): string[] =>
  problem === undefined ? [] : [`Invalid Resource Record: '${problem}'`]

function problemOf(type: string, value: string): string | undefined {
  const fatal = (code: string, text: string): string => `FATAL problem: ${code} (${text}) encountered with '${value}'`
  if (type === 'A' && !isIPv4(value)) return fatal('ARRDATAIllegalIPv4Address', 'Value is not a valid IPv4 address')
  if (type === 'AAAA' && !isIPv6(value))
    return fatal('AAAARRDATAIllegalIPv6Address', 'Value is not a valid IPv6 address')
  if (type === 'TXT' || type === 'SPF') return textProblem(value, fatal)
  if (!['CNAME', 'NS', 'PTR'].includes(type)) return undefined
  const target = normalDomainName(value)
  return 'problem' in target ? target.problem : undefined
}

/** One or more strings in quotation marks, each of 255 characters at most; `\"` stands for a mark, `\101` for a character. */
function textProblem(value: string, fatal: (code: string, text: string) => string): string | undefined {
  const strings = value.trim().match(/"(?:\\[0-3][0-7]{2}|\\[\s\S]|[^"\\])*"|\s+|[\s\S]/g) ?? []
  if (strings.length === 0 || strings.some((text) => text.trim() !== '' && !/^"[\s\S]*"$/.test(text))) {
    return fatal('InvalidCharacterString', 'Value should be enclosed in quotation marks')
  }
  const isLong = strings.some((text) => text.replace(/\\(?:[0-3][0-7]{2}|[\s\S])/g, 'x').length > 257)
  return isLong ? fatal('CharacterStringTooLong', 'Value is too long') : undefined
}
