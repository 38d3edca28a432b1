/** Who depends on what is about to be deleted: told before anybody agrees to it. */
import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2'
import type { Aws } from '../aws/aws.ts'
import { revisionReferences } from '../deploy/revisionReferences.ts'
import { awsCommand } from '../ground/command.ts'
import { nameOf, scheduleKey } from '../ground/names.ts'
import { primaryOf } from '../rollout/verdict.ts'
import { type Found, isOurs, tagsOf } from './found.ts'
import { dependsOnTag, familyIn, ownerOf, ownerTag } from './ownership.ts'
import { readable } from './drift.ts'
import { taskOf } from './schedules/ours.ts'

/** What depends on what is deleted, a sentence each. */
export interface Dependents {
  /** What AWS would refuse a deletion for. */
  readonly problems: readonly string[]
  /** What goes without it from then on. */
  readonly warnings: readonly string[]
}

/** `names` are those of the services and one-off tasks that are deleted; what is of them depends on nothing else. */
export async function dependentsOf(
  aws: Aws,
  found: Found,
  names: readonly string[],
  signal?: AbortSignal,
): Promise<Dependents> {
  const [rules, targets] = await Promise.all([rulesOf(aws, found, names, signal), targetsOf(aws, found, names, signal)])
  return {
    problems: rules.problems,
    warnings: [...byOrder(found, names), ...byService(found, names), ...rules.warnings, ...targets],
  }
}

/** Services and one-off tasks that wait for it when a stack is deployed. */
function byOrder({ cluster, services, newest }: Found, names: readonly string[]): string[] {
  const all = [...services.values(), ...newest.values()].map((one) => tagsOf(one.tags))
  const waiting = all.flatMap(({ [ownerTag]: owner = '', [dependsOnTag]: needs = '' }) => {
    const who = owner.startsWith(ownerOf(cluster)) ? owner.slice(ownerOf(cluster).length) : ''
    if (who === '' || names.includes(who)) return []
    return needs.split(' ').flatMap((name) => (names.includes(name) ? `${who} has ${name} in its depends_on.` : []))
  })
  return [...new Set(waiting)]
}

/** Services that stay, and take or give traffic by what goes. */
function byService({ cluster, services, targetGroups, namespaces }: Found, names: readonly string[]): string[] {
  const isGoing = (one: Parameters<typeof isOurs>[0]): boolean => names.some((name) => isOurs(one, cluster, name))
  const groups = targetGroups.filter(isGoing).map(({ thing }) => thing.TargetGroupArn)
  const discovered = namespaces.flatMap((one) => one.services.filter(isGoing).map(({ thing }) => thing))
  const staying = [...services.values()].filter(({ serviceName = '' }) => !names.includes(serviceName))
  const connected = names.flatMap((name) => {
    const service = services.get(name)
    const { enabled, namespace, services: given = [] } = (service && connectOf(service)) ?? {}
    return enabled && namespace && given.length > 0 ? [{ name, namespace: nameOf(namespace) }] : []
  })
  return staying.flatMap((service) => {
    const { serviceName, loadBalancers = [], serviceRegistries = [] } = service
    const connect = connectOf(service)
    const sources = connected.filter(
      ({ namespace }) => connect?.enabled && nameOf(connect.namespace ?? '') === namespace,
    )
    return [
      ...loadBalancers
        .filter(({ targetGroupArn }) => groups.includes(targetGroupArn))
        .map(
          ({ targetGroupArn = '' }) =>
            `Service ${serviceName} has its tasks in target group ${groupName(targetGroupArn)}, too.`,
        ),
      ...discovered
        .filter(({ Arn }) => serviceRegistries.some(({ registryArn }) => registryArn === Arn))
        .map(({ Name }) => `Service ${serviceName} is registered in discovery service ${Name}, too.`),
      ...sources.map(
        ({ name, namespace }) =>
          `Service ${serviceName} may call ${name} by Service Connect, in namespace ${namespace}.`,
      ),
    ]
  })
}

function connectOf(service: Parameters<typeof primaryOf>[0]) {
  return primaryOf(service)?.serviceConnectConfiguration
}

/** What listeners do with the target groups, and rules that somebody has given to the listeners. */
async function rulesOf(
  aws: Aws,
  { cluster, loadBalancers, targetGroups, listeners }: Found,
  names: readonly string[],
  signal: AbortSignal | undefined,
): Promise<Dependents> {
  const isGoing = (one: Parameters<typeof isOurs>[0]): boolean => names.some((name) => isOurs(one, cluster, name))
  const groups = targetGroups.filter(isGoing)
  const arns = new Set(groups.map(({ thing }) => thing.TargetGroupArn))
  const balancers = new Set(loadBalancers.filter(isGoing).map(({ thing }) => thing.LoadBalancerArn))
  const using = new Set(groups.flatMap(({ thing }) => thing.LoadBalancerArns ?? []))
  const problems: string[] = []
  const warnings = await Promise.all(
    listeners.map(async (one) => {
      const { ListenerArn = '', LoadBalancerArn = '', Port, DefaultActions = [] } = one.thing
      const listener = `the listener on port ${Port} of load balancer ${LoadBalancerArn.split('/').at(-2)}`
      const goes = isGoing(one) || balancers.has(LoadBalancerArn)
      if (!goes && !using.has(LoadBalancerArn)) return []
      return readable(`the rules of ${listener}`, 'elasticloadbalancing:DescribeRules', async () => {
        const { Rules = [] } = await aws.all('describeRules', { ListenerArn }, signal)
        const rules = Rules.filter(({ IsDefault }) => !IsDefault)
        if (goes) return rules.map(({ Priority }) => `Rule ${Priority} of ${listener} goes with it.`)
        for (const [what, actions, mend] of [
          ['', DefaultActions, awsCommand('elbv2 delete-listener', { 'listener-arn': ListenerArn })] as const,
          ...rules.map(
            ({ Priority, Actions = [], RuleArn }) =>
              [`rule ${Priority} of `, Actions, awsCommand('elbv2 delete-rule', { 'rule-arn': RuleArn })] as const,
          ),
        ]) {
          for (const arn of targetGroupsOf(actions).filter((group) => arns.has(group))) {
            problems.push(
              `target group ${groupName(arn)}: ${what}${listener} forwards to it. Point it elsewhere, or delete it: ${mend}`,
            )
          }
        }
        return []
      })
    }),
  )
  return { problems, warnings: warnings.flat() }
}

function targetGroupsOf(actions: readonly Action[]): string[] {
  const all = actions.flatMap(({ TargetGroupArn, ForwardConfig }) => [
    TargetGroupArn,
    ...(ForwardConfig?.TargetGroups ?? []).map((one) => one.TargetGroupArn),
  ])
  return [...new Set(all.flatMap((arn) => arn ?? []))]
}

/** `web` of `arn:…:targetgroup/web/123`. */
function groupName(arn: string): string {
  return arn.split('/')[1] ?? arn
}

/** Rules of EventBridge, and schedules, that start what goes: the revision that such a one names stays. */
async function targetsOf(
  aws: Aws,
  { cluster, schedules }: Found,
  names: readonly string[],
  signal: AbortSignal | undefined,
): Promise<string[]> {
  const going = new Set(
    [...schedules.all.values()].flatMap((one) =>
      names.includes(taskOf(one, cluster) ?? '') ? [scheduleKey(one)] : [],
    ),
  )
  const families = names.map((name) => familyIn(cluster, name))
  const read = async (kind: 'target' | 'schedule', what: string): Promise<string[]> => {
    const uses = await revisionReferences(aws, { families, clusters: [cluster], kinds: [kind] }, signal)
    return uses
      .filter(({ key }) => kind !== 'schedule' || !going.has(key))
      .map(({ key, revision }) => `${what} ${key} starts ${nameOf(revision)}, which therefore is not deregistered.`)
  }
  const all = await Promise.all([
    readable('event targets', 'events:ListTargetsByRule', () => read('target', 'Target')),
    readable('schedules', 'scheduler:GetSchedule', () => read('schedule', 'Schedule')),
  ])
  return all.flat()
}
