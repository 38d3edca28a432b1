/** Says that an ARN of ECS is of another region or account than calls reach: nothing of that name is found then. */
import { clusterOfService, nameOf } from '../ground/names.ts'
import type { Aws } from './aws.ts'

/** Where an ARN of ECS is: its region and its account. */
const placed = /^arn:[\w-]+:ecs:([\w-]+):(\d{12}):/

/** What to add to "there is no …" for the names that something was looked for by; empty where they are no ARNs, or of here. */
export async function elsewhere(aws: Aws, names: readonly string[], signal?: AbortSignal): Promise<string> {
  const arns = names.filter((name) => placed.test(name))
  const own = arns.length === 0 ? undefined : await ownArn(aws, clusterIn(arns), signal)
  const [, region, account] = placed.exec(own ?? '') ?? []
  if (region === undefined) return ''
  for (const arn of arns) {
    const [, itsRegion, itsAccount]: readonly string[] = placed.exec(arn) ?? []
    if (itsRegion !== region) return `; its ARN is of ${itsRegion}, and calls go to ${region}`
    if (itsAccount !== account) return `; its ARN is of account ${itsAccount}, and the credentials are of ${account}`
  }
  return ''
}

/** The name of the cluster that is meant: who deploys to it may ask about it, and maybe about no other. */
function clusterIn(arns: readonly string[]): string {
  const named = arns.map((arn) => clusterOfService(arn) ?? (/:cluster\/[^/]+$/.test(arn) ? nameOf(arn) : undefined))
  return named.find((name) => name !== undefined) ?? 'default'
}

/** The ARN of a cluster as AWS names it for whoever asks, whether there is one or not; undefined where that may not be read. */
async function ownArn(aws: Aws, cluster: string, signal: AbortSignal | undefined): Promise<string | undefined> {
  const answer = await aws.call('describeClusters', { clusters: [cluster] }, signal).catch(() => undefined)
  return answer?.clusters?.[0]?.clusterArn ?? answer?.failures?.[0]?.arn
}

/** ECS refuses names that it sees to be of elsewhere, in place of finding nothing. */
export function isIdentifierRefused(error: unknown): boolean {
  const { name, message } = error as Error
  return /^(InvalidParameterException|ClientException)$/.test(name) && /identifier/i.test(message)
}
