/** What somebody has set by hand on what a stack has made, where the file has no key for it: it is kept, and named. */
import type { Service } from '@aws-sdk/client-ecs'
import type { Aws } from '../aws/aws.ts'
import { nameOf } from '../ground/names.ts'
import { isDenied } from '../aws/denied.ts'
import { whyUnreadable } from '../rollout/missingPermission.ts'
import type { DesiredService } from './desired.ts'
import { type Found, type Tagged, isMadeFor, isOurs } from './found.ts'
import { loadBalancingWork } from './loadBalancing/loadBalancingWork.ts'
import { driftOfScaling } from './scaling/drift.ts'
import { driftOfSchedules, leftOverSchedules } from './schedules/drift.ts'
import { hasSettings, keptBalancers, replacing } from './recreation.ts'
import { setByHand } from './setByHand.ts'

/**
 * A sentence for each thing that is otherwise than a deploy of the file would make it anew. Reads attributes and rules, which
 * no deploy asks for; `whole` says that the file is all that the cluster is to run.
 */
export async function driftOf(
  aws: Aws,
  found: Found,
  { services, whole }: { readonly services: readonly DesiredService[]; readonly whole: boolean },
): Promise<string[]> {
  const { cluster, loadBalancers, targetGroups, listeners } = found
  const ours = services.flatMap((desired) => {
    const existing = found.services.get(desired.name)
    const stands = existing && hasSettings(existing) && isMadeFor(existing.tags, cluster, desired.name)
    return stands ? driftOfService(found, existing, desired) : []
  })
  const made = <T extends Tagged<unknown>>(all: readonly T[]): T[] =>
    all.filter((one) => services.some(({ name }) => isOurs(one, cluster, name)))
  const read = await Promise.all([
    ...made(loadBalancers).map(({ thing: { LoadBalancerArn, LoadBalancerName } }) =>
      readable(
        `the attributes of load balancer ${LoadBalancerName}`,
        'elasticloadbalancing:DescribeLoadBalancerAttributes',
        async () => {
          const { Attributes = [] } = await aws.call('describeLoadBalancerAttributes', { LoadBalancerArn })
          return differing(`load balancer ${LoadBalancerName}`, Attributes, usualOfLoadBalancers).map(keptAsItIs)
        },
      ),
    ),
    ...made(targetGroups).map(({ thing: { TargetGroupArn, TargetGroupName, Matcher } }) =>
      readable(
        `the attributes of target group ${TargetGroupName}`,
        'elasticloadbalancing:DescribeTargetGroupAttributes',
        async () => {
          const { Attributes = [] } = await aws.call('describeTargetGroupAttributes', { TargetGroupArn })
          const codes = { Key: 'matcher', Value: Matcher?.HttpCode ?? '200' }
          return differing(`target group ${TargetGroupName}`, [...Attributes, codes], usualOfTargetGroups).map(
            keptAsItIs,
          )
        },
      ),
    ),
    ...made(listeners).map(({ thing: { ListenerArn, LoadBalancerArn = '', Port } }) =>
      readable(`the rules of the listener on port ${Port}`, 'elasticloadbalancing:DescribeRules', async () => {
        const { Rules = [] } = await aws.all('describeRules', { ListenerArn })
        const count = Rules.filter(({ IsDefault }) => !IsDefault).length
        const name = LoadBalancerArn.split('/').at(-2)
        return count === 0
          ? []
          : [
              `The listener of ${name} on port ${Port} has ${count === 1 ? 'a rule' : `${count} rules`} beside its default action.`,
            ].map(keptAsItIs)
      }),
    ),
    ...(whole ? [leftOver(aws, found, services).then((all) => all.map(keptAsItIs))] : []),
  ])
  const set = [
    ...driftOfScaling(found, services),
    ...driftOfSchedules(found, services),
    ...(whole ? leftOverSchedules(found, services) : []),
  ]
  return [...ours, ...set.map(keptAsItIs), ...read.flat()]
}

const keptAsItIs = (sentence: string): string => `${sentence} The file does not set it; it stays.`

/** What stays of a service; what is lost where another takes its place is a warning of the plan. */
function driftOfService(found: Found, existing: Service, desired: DesiredService): string[] {
  const { name, service: wanted, loadBalancing } = desired
  const balanced = loadBalancing ? [loadBalancingWork(found, name, loadBalancing).loadBalancer] : []
  const loadBalancers = keptBalancers(existing, balanced)
  const isReplaced = wanted !== undefined && replacing(existing, wanted).length > 0
  const all = setByHand(existing, wanted ?? {}, isReplaced ? { ...desired, service: wanted, loadBalancers } : undefined)
  return all.flatMap(({ isLost, sentence }) => (isLost ? [] : [sentence]))
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html */
const usualOfLoadBalancers: Readonly<Record<string, string>> = {
  'access_logs.s3.enabled': 'false',
  'client_keep_alive.seconds': '3600',
  'connection_logs.s3.enabled': 'false',
  'deletion_protection.enabled': 'false',
  'idle_timeout.timeout_seconds': '60',
  'routing.http.desync_mitigation_mode': 'defensive',
  'routing.http.drop_invalid_header_fields.enabled': 'false',
  'routing.http.preserve_host_header.enabled': 'false',
  'routing.http.xff_header_processing.mode': 'append',
  'routing.http2.enabled': 'true',
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html */
const usualOfTargetGroups: Readonly<Record<string, string>> = {
  'deregistration_delay.timeout_seconds': '300',
  'load_balancing.algorithm.type': 'round_robin',
  matcher: '200',
  'slow_start.duration_seconds': '0',
  'stickiness.enabled': 'false',
}

function differing(
  what: string,
  attributes: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[],
  usual: Readonly<Record<string, string>>,
): string[] {
  return attributes.flatMap(({ Key = '', Value = '' }) => {
    const expected = usual[Key]
    return expected === undefined || expected === Value
      ? []
      : [`${capitalized(what)} has ${Key} ${Value}, and not ${expected}.`]
  })
}

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** Services that were made for this cluster and that the file does not name. */
async function leftOver(aws: Aws, { cluster }: Found, services: readonly DesiredService[]): Promise<string[]> {
  const { serviceArns = [] } = await aws.all('listServices', { cluster })
  const named = new Set(services.map(({ name }) => name))
  const others = serviceArns.map(nameOf).filter((name) => !named.has(name))
  if (others.length === 0) return []
  const { services: there = [] } = await aws.all('describeServices', { cluster, services: others, include: ['TAGS'] })
  return there
    .filter(({ serviceName, status, tags }) => status === 'ACTIVE' && isMadeFor(tags, cluster, serviceName))
    .map(({ serviceName }) => `Service ${serviceName} was created for cluster ${cluster}.`)
}

/** What may not be read is said in the place of what it would have shown. */
export async function readable(what: string, action: string, read: () => Promise<string[]>): Promise<string[]> {
  try {
    return await read()
  } catch (error) {
    if (!isDenied(error)) throw error
    return [`${capitalized(what)} could not be read: ${whyUnreadable(error, action)}.`]
  }
}
