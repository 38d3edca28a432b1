import type { Unchecked } from '../../src/local/world/wire.ts'
import type { RuleTarget } from '../../src/local/world/world.ts'
import { type Declaration, clusterArn, roleArn } from './declarations.ts'
import type { ScheduleBefore } from './withSchedules.ts'
import type { Random } from './random.ts'

/** What there is before the first command. Revisions are named by their place in `revisions`, from 0. */
export interface Before {
  /** By family, oldest first; the image tag of number n is `before-n`. */
  readonly revisions: Readonly<Record<string, readonly { readonly tag: string; readonly isActive: boolean }[]>>
  readonly services: readonly ServiceBefore[]
  readonly rules: readonly RuleBefore[]
  readonly schedules: readonly ScheduleBefore[]
  /** EC2 instances in clusters; `memory` in MiB. Where a cluster has none, there is always room. */
  readonly containerInstances: readonly {
    readonly cluster: string
    readonly ec2InstanceId: string
    readonly memory: number
  }[]
  readonly targetGroups: readonly TargetGroupBefore[]
  readonly capacityProviders: readonly { readonly cluster: string; readonly capacityProvider: string }[]
  /** By `cluster/service:stage`: what its Lambda hooks answer there, if not that all is well. */
  readonly hookAnswers: Readonly<Record<string, 'FAILED'>>
  /** One-off tasks of another client that run for long. */
  readonly tasks: readonly { readonly cluster: string; readonly family: string; readonly revision: number }[]
}

/** `deregistrationDelay` in seconds. */
export interface TargetGroupBefore {
  readonly arn: string
  readonly deregistrationDelay: number
}

export interface ServiceBefore {
  readonly cluster: string
  readonly service: string
  readonly family: string
  readonly revision: number
  /** A DAEMON has none of its own. */
  readonly desiredCount?: number
  readonly schedulingStrategy?: 'DAEMON'
  readonly deploymentConfiguration: Unchecked
  /** What of the deployment configuration holds from its second deployment on. */
  readonly strategy?: Unchecked
  readonly tags: readonly Unchecked[]
  readonly loadBalancers?: readonly Unchecked[]
  readonly capacityProviderStrategy?: readonly Unchecked[]
  readonly healthCheckGracePeriodSeconds?: number
}

interface RuleBefore {
  readonly name: string
  readonly bus: string | undefined
  /** `revision` and `family` say which a target of ECS points at. */
  readonly targets: readonly (OtherTarget | EcsTarget)[]
}

interface OtherTarget {
  readonly target: RuleTarget
  readonly family?: undefined
}

export interface EcsTarget {
  readonly target: Omit<RuleTarget, 'EcsParameters'> & { readonly EcsParameters: { readonly TaskCount: number } }
  readonly family: string
  readonly revision: number
}

export function beforeOf(chance: Random, definitions: readonly Declaration[]): Before {
  const families = [...new Set(definitions.map(({ declared }) => declared.taskDefinition.family))]
  const revisions = Object.fromEntries(families.map((family) => [family, revisionsOf(chance)]))
  const anyRevision = (family: string): number => chance.integer(0, revisions[family]!.length - 1)
  const newest = (family: string): number => revisions[family]!.findLastIndex(({ isActive }) => isActive)
  const services = definitions.flatMap(({ declared: { updateServices = [], taskDefinition } }) =>
    updateServices.map(({ cluster = 'default', service }) => ({
      ...settingsOf(chance),
      cluster,
      service,
      family: taskDefinition.family,
      revision: chance.chance(0.85) ? newest(taskDefinition.family) : anyRevision(taskDefinition.family),
    })),
  )
  const named = clustersNamedBy(definitions)
  const strangers =
    named.length > 0 && chance.chance(0.3)
      ? [{ ...settingsOf(chance), cluster: chance.pick(named), service: 'stranger', ...usedByOthers() }]
      : []

  function usedByOthers(): { family: string; revision: number } {
    const family = chance.pick(families)
    return { family, revision: anyRevision(family) }
  }

  return {
    revisions,
    services: [...services, ...strangers],
    rules: rulesOf(chance, { definitions, named, usedByOthers }),
    schedules: [],
    containerInstances: [],
    targetGroups: [],
    capacityProviders: [],
    hookAnswers: {},
    tasks: named.length > 0 && chance.chance(0.15) ? [{ cluster: chance.pick(named), ...usedByOthers() }] : [],
  }
}

function revisionsOf(chance: Random): { tag: string; isActive: boolean }[] {
  const count = chance.integer(1, 6)
  return Array.from({ length: count }, (_, index) => ({
    tag: `before-${index}`,
    isActive: index === count - 1 || !chance.chance(0.2),
  }))
}

/** Percentages that are legal; with few tasks some leave ECS no way to go on. */
const percents = [
  [100, 200],
  [100, 200],
  [50, 200],
  [0, 100],
  [50, 100],
  [100, 150],
  [75, 125],
] as const

function settingsOf(chance: Random): Pick<ServiceBefore, 'desiredCount' | 'deploymentConfiguration' | 'tags'> {
  const [minimumHealthyPercent, maximumPercent] = chance.pick(percents)
  const enable = chance.chance(0.6)
  return {
    desiredCount: chance.integer(0, 5),
    deploymentConfiguration: {
      minimumHealthyPercent,
      maximumPercent,
      deploymentCircuitBreaker: { enable, rollback: enable && chance.chance(0.6) },
    },
    tags: chance.chance(0.3) ? [{ key: 'owner', value: 'ops' }] : [],
  }
}

/** Nobody looks for what points at a revision in clusters that no definition names. */
function clustersNamedBy(definitions: readonly Declaration[]): string[] {
  const named = definitions.flatMap(({ declared: { updateServices = [], runTasks = [], eventTargets = [] } }) => [
    ...[...updateServices, ...runTasks].map(({ cluster = 'default' }) => cluster),
    ...eventTargets.flatMap(({ Targets }) =>
      Targets.filter(({ EcsParameters }) => EcsParameters).map(({ Arn }) => nameOf(Arn)),
    ),
  ])
  return [...new Set(named)]
}

const nameOf = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1)

function rulesOf(
  chance: Random,
  of: {
    definitions: readonly Declaration[]
    named: readonly string[]
    usedByOthers: () => { family: string; revision: number }
  },
): RuleBefore[] {
  const { definitions, named, usedByOthers } = of
  const rules = new Map<string, { name: string; bus: string | undefined; targets: RuleBefore['targets'][number][] }>()
  const ruleOf = (name: string, bus: string | undefined) => {
    const key = `${bus} ${name}`
    const rule = rules.get(key) ?? { name, bus, targets: [] }
    rules.set(key, rule)
    return rule
  }
  for (const { declared } of definitions) {
    for (const { Rule, EventBusName, Targets } of declared.eventTargets ?? []) {
      const rule = ruleOf(Rule, EventBusName)
      for (const { Id, EcsParameters } of Targets) {
        if (chance.chance(0.75))
          rule.targets.push(EcsParameters && named.length > 0 ? ecsTarget(Id) : { target: { Id, Arn: queueArn } })
      }
    }
  }
  for (const rule of rules.values()) {
    if (chance.chance(0.4))
      rule.targets.push(
        named.length > 0 && chance.chance(0.6)
          ? ecsTarget('undeclared')
          : { target: { Id: 'undeclared', Arn: queueArn } },
      )
  }
  if (named.length > 0 && chance.chance(0.2)) ruleOf('of-others', undefined).targets.push(ecsTarget('theirs'))
  return [...rules.values()]

  function ecsTarget(Id: string): EcsTarget {
    const EcsParameters = { TaskCount: chance.integer(1, 3), ...(chance.chance(0.3) && { Group: 'nightly' }) }
    const target = { Id, Arn: clusterArn(chance.pick(named)), RoleArn: roleArn, EcsParameters }
    return { target: { ...target, ...(chance.chance(0.2) && { Input: '{}' }) }, ...usedByOthers() }
  }
}

const queueArn = 'arn:aws:sqs:us-east-1:123456789012:queue'
