import type { Sent } from './support.ts'

/**
 * A request that writes, in one line: its operation and what it says, with names in place of ARNs and ids. What is the same
 * in all of them is left out, and what a revision says.
 */
export function written({ operation, body }: Sent): string {
  const [name, members] = operation.startsWith('POST ')
    ? ['ChangeResourceRecordSets', ofXml(body)]
    : [operation, body.startsWith('{') ? ofJson(body) : [...new URLSearchParams(body)]]
  const isTag = /^(Tag|Untag|AddTags|RemoveTags)/.test(operation)
  const said = members
    .filter(([key]) => !everywhere.test(key) && (isTag || !/^tags/i.test(key)))
    .map(([key, value]) => `${key.replaceAll('.member', '')}=${value}`)
  return [name, ...said]
    .join(' ')
    .replace(/arn:aws:[a-z]+:[a-z0-9-]*:\d*:[a-z-]+(\/app)?\//g, '')
    .replace(/(\/[0-9a-f]{16})+\b/g, '')
    .replace(/-\d{5,10}(\.[a-z0-9-]+\.elb)/g, '$1')
    .replace(/\b(srv|ns)-[0-9a-f]{16}\b/g, '$1')
}

/** Who asks and whose they are; what is in a revision is told by its containers elsewhere. */
const everywhere = /^(Action|Version|cluster|CreatorRequestId|containerDefinitions|requiresCompatibilities)$/

function ofJson(body: string): [string, string][] {
  return Object.entries(JSON.parse(body)).map(([key, value]) => [
    key,
    typeof value === 'string' ? value : JSON.stringify(value).replaceAll('"', ''),
  ])
}

function ofXml(body: string): [string, string][] {
  const tags = ['Action', 'Name', 'DNSName']
  return tags.flatMap((tag) => {
    const values = [...body.matchAll(new RegExp(`<${tag}>([^<]*)</${tag}>`, 'g'))].map(([, value]) => value)
    return values.map((value): [string, string] => [tag === 'Action' ? 'Change' : tag, value ?? ''])
  })
}
