// Creates what a definition needs and Terraform would have created: clusters, services, rules, schedules, topics and so on.
import { registerContainerInstance } from '../ecs/containerInstances/containerInstance.ts'
import { containerInstancesOf, findService, findTaskDefinition } from '../ecs/find.ts'
import { createCluster } from '../ecs/operations/createCluster.ts'
import { loadBalancerProblem } from '../ecs/services/registrationRules.ts'
import { registerRevision } from '../ecs/taskDefinitions/taskDefinition.ts'
import { logsOf } from '../ecs/tasks/taskLog.ts'
import { busOf, ruleKey } from '../eventbridge/rule.ts'
import { createLogGroup } from '../logs/operations/createLogGroup.ts'
import { normalDomainName } from '../route53/domainName.ts'
import { makeHostedZone } from '../route53/hostedZone.ts'
import { createBucket } from '../s3/operations/createBucket.ts'
import { validateKnown } from '../wire/validate.ts'
import { nameOf, ruleArn } from '../world/arn.ts'
import { AwsFault } from '../world/fault.ts'
import type { Context, Unchecked } from '../world/operation.ts'
import type { RuleTarget } from '../world/world.ts'
import { own } from '../world/own.ts'
import { provisionBalancing } from './balancing.ts'
import type { ProvisionedBalancing } from './balancing.ts'
import { provisionNamespaces } from './namespaces.ts'
import type { ProvisionedNamespace } from './namespaces.ts'
import { provisionSchedules } from './schedules.ts'
import type { ProvisionedSchedule } from './schedules.ts'
import { settledService } from './settledService.ts'
import { provisionVpcs } from './vpcs.ts'
import type { ProvisionedVpc } from './vpcs.ts'
import { copyOf } from '../world/copy.ts'

/** The prerequisites of a definition, which Terraform would have created; everything by name or ARN. */
export interface Provision extends ProvisionedBalancing {
  /** `us-east-1` by default. */
  readonly region?: string
  readonly clusters?: readonly string[]
  /** What clusters are associated with; `FARGATE`, `FARGATE_SPOT` or any other name. */
  readonly capacityProviders?: readonly { cluster?: string; capacityProvider: string }[]
  /** `taskDefinition` is a RegisterTaskDefinition input, for the first revision of a family that has no ACTIVE one. */
  readonly services?: readonly {
    cluster?: string
    service: string
    taskDefinition: Unchecked
    /** As CreateService takes them; those that it would refuse, as their target group is not there, are left out. */
    loadBalancers?: readonly Unchecked[]
  }[]
  /** EC2 instances whose agents have registered; by default of type t3.medium, `cpu` in units, `memory` in MiB. */
  readonly containerInstances?: readonly {
    cluster?: string
    ec2InstanceId: string
    instanceType?: string
    availabilityZone?: string
    cpu?: number
    memory?: number
  }[]
  readonly rules?: readonly { name: string; eventBusName?: string; targets?: readonly RuleTarget[] }[]
  readonly schedules?: readonly ProvisionedSchedule[]
  /** ARNs. */
  readonly topics?: readonly string[]
  /** Of S3, by name. */
  readonly buckets?: readonly string[]
  /** By name; those of the containers of `services` are made as well. */
  readonly logGroups?: readonly string[]
  /** Public ones, by id. */
  readonly hostedZones?: readonly { id: string; name: string }[]
  readonly vpcs?: readonly ProvisionedVpc[]
  /** Of Cloud Map. */
  readonly namespaces?: readonly ProvisionedNamespace[]
}

/** Makes what of it does not exist yet and answers what it made, in words: `cluster shop`, `service shop/web`. */
export function provision(context: Context, wanted: Omit<Provision, 'region'>): string[] {
  const { clusters = [], services = [], containerInstances = [], rules = [], schedules = [], topics = [] } = wanted
  const { buckets = [], vpcs = [], hostedZones = [], capacityProviders = [], logGroups = [], namespaces = [] } = wanted
  const inClusters = [...containerInstances, ...services, ...capacityProviders, ...schedules]
  // Members that nobody knows are kept, but what a task takes and how long must be numbers.
  for (const { taskDefinition } of [...services, ...schedules])
    validateKnown('ecs', 'registerTaskDefinition', taskDefinition ?? {})
  const groups = [...logGroups, ...services.flatMap(({ taskDefinition }) => neededLogGroups(taskDefinition))]
  const named = [...clusters, ...inClusters.map(({ cluster = 'default' }) => cluster)].map(nameOf)
  return [
    ...provisionVpcs(context.region, vpcs),
    ...provisionBalancing(context, wanted),
    ...named.flatMap((name) => madeCluster(context, name)),
    ...provisionNamespaces(context, namespaces),
    ...capacityProviders.flatMap((one) => associated(context, one)),
    ...groups.flatMap((name) => madeLogGroup(context, name)),
    ...containerInstances.flatMap((instance) => madeContainerInstance(context, instance)),
    ...services.flatMap((service) => madeService(context, service)),
    ...rules.flatMap((rule) => madeRule(context, rule)),
    ...provisionSchedules(context, schedules),
    ...topics.flatMap((arn) => madeTopic(context, arn)),
    ...buckets.flatMap((name) => madeBucket(context, name)),
    ...hostedZones.flatMap((zone) => madeHostedZone(context, zone)),
  ]
}

function madeBucket(context: Context, Bucket: string): string[] {
  if (own(context.global.s3Buckets, Bucket)) return []
  createBucket({ Bucket }, context)
  return [`bucket ${Bucket}`]
}

function madeCluster(context: Context, clusterName: string): string[] {
  if (context.region.clusters[clusterName]?.cluster.status === 'ACTIVE') return []
  createCluster({ clusterName }, context)
  return [`cluster ${clusterName}`]
}

function associated(
  { region }: Context,
  { cluster = 'default', capacityProvider }: NonNullable<Provision['capacityProviders']>[number],
): string[] {
  const [name, provider] = [nameOf(cluster), nameOf(capacityProvider)]
  const { capacityProviders } = region.clusters[name]!.cluster
  if (capacityProviders.includes(provider)) return []
  capacityProviders.push(provider)
  return [`capacity provider ${provider} of cluster ${name}`]
}

type Instance = NonNullable<Provision['containerInstances']>[number]

function madeContainerInstance(context: Context, { cluster = 'default', ...wanted }: Instance): string[] {
  const { region } = context
  const before = containerInstancesOf(region, nameOf(cluster)).length
  registerContainerInstance(context, {
    cluster: nameOf(cluster),
    instanceType: 't3.medium',
    availabilityZone: `${region.name}a`,
    imageId: 'ami-0123456789abcdef0',
    cpu: 2048,
    memory: 3884,
    ...wanted,
  })
  const isNew = containerInstancesOf(region, nameOf(cluster)).length > before
  return isNew ? [`container instance ${nameOf(cluster)}/${wanted.ec2InstanceId}`] : []
}

type Service = NonNullable<Provision['services']>[number]

function madeService(context: Context, wanted: Service): string[] {
  const [cluster, service] = [nameOf(wanted.cluster ?? 'default'), nameOf(wanted.service)]
  if (findService(context.region, cluster, service)?.service.status === 'ACTIVE') return []
  const family = wanted.taskDefinition?.family
  if (typeof family !== 'string') {
    throw new AwsFault('ValidationException', `The service ${service} needs a task definition with a family.`)
  }
  const existing = findTaskDefinition(context.region, family)
  const { taskDefinition } = existing ?? registerRevision(context, { ...wanted.taskDefinition, family })
  const loadBalancers = (wanted.loadBalancers ?? []).filter(
    (loadBalancer) => loadBalancerProblem(context.region, loadBalancer, taskDefinition) === undefined,
  )
  settledService(context, { cluster, service, taskDefinition, loadBalancers, desiredCount: 2 })
  return [
    ...(existing ? [] : [`task definition ${family}:${taskDefinition.revision}`]),
    `service ${cluster}/${service}`,
  ]
}

type Rule = NonNullable<Provision['rules']>[number]

function madeRule({ region }: Context, { name: nameOrArn, eventBusName, targets = [] }: Rule): string[] {
  const [Name, EventBusName] = [nameOf(nameOrArn), busOf(eventBusName)]
  const key = ruleKey(Name, EventBusName)
  if (region.rules[key]) return []
  const Arn = ruleArn(region, EventBusName, Name)
  const rule = {
    Name,
    Arn,
    EventBusName,
    ScheduleExpression: 'rate(1 day)',
    State: 'ENABLED' as const,
    CreatedBy: region.account,
  }
  region.rules[key] = { rule, targets: [...copyOf(targets)] }
  return [`rule ${key}`]
}

/** By the ARN as it is: a definition names the topic of the real account. */
function madeTopic({ region }: Context, arn: string): string[] {
  if (region.topics[arn]) return []
  region.topics[arn] = { published: [] }
  return [`topic ${arn}`]
}

/** Those that no container makes by itself. */
const neededLogGroups = ({ containerDefinitions = [] }: Unchecked = {}): string[] =>
  Object.values(logsOf(containerDefinitions)).flatMap(({ group, creates }) => (creates ? [] : [group]))

function madeLogGroup(context: Context, name: string): string[] {
  if (own(context.region.logs, name)) return []
  createLogGroup({ logGroupName: name }, context)
  return [`log group ${name}`]
}

function madeHostedZone(context: Context, zone: { id: string; name: string }): string[] {
  const id = nameOf(zone.id)
  if (context.global.hostedZones[id]) return []
  const normal = normalDomainName(zone.name)
  if ('problem' in normal) throw new AwsFault('InvalidDomainName', normal.problem)
  const { name } = normal
  makeHostedZone(context, { id, name, callerReference: `provisioned ${id}` })
  return [`hosted zone ${name} (${id})`]
}
