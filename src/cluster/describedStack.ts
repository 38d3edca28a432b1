import type { PlacementConstraint, Service } from '@aws-sdk/client-ecs'
import { nameOf } from '../ground/names.ts'
import type { Registered } from '../deploy/world.ts'
import type { Network, PublicAndPrivate, Stack, StackContainer, StackService, Vpc } from './stack.ts'
import { describedContainer } from './describedContainer.ts'
import { describedElb } from './describedElb.ts'
import { type Found, isOurs, tagsOf } from './found.ts'
import { dependsOnTag, networkOf, ownerOf, ownerTag, runOf } from './marks.ts'
import { familyIn } from './resourceNames.ts'

/**
 * The stack that deploys to just what was made for a cluster. `names` are those of its services and one-off tasks,
 * `vpcs` the VPC of each namespace, by its id.
 */
export function describedStack(found: Found, names: readonly string[], vpcs: ReadonlyMap<string, string>): Stack {
  const ours = names.flatMap((name) => {
    const service = found.services.get(name)
    const isService = tagsOf(service?.tags)[ownerTag] === ownerOf(found.cluster, name)
    const runs = service?.taskDefinition ?? ''
    const newest = found.newest.get(familyIn(found.cluster, name))
    const registered = isService && newest?.arn !== runs ? found.running.get(runs) : newest
    return registered ? [{ name, service: isService ? service : undefined, registered }] : []
  })
  const namespaces = found.namespaces.filter(({ services }) =>
    services.some(({ Arn }) =>
      ours.some(({ service }) => service?.serviceRegistries?.some(({ registryArn }) => registryArn === Arn)),
    ),
  )
  const vpc = describedVpc(
    found,
    ours,
    namespaces.map(({ namespace }) => vpcs.get(namespace.Id ?? '')),
  )
  return {
    vpc,
    namespace: namespaces[0]?.namespace.Name,
    services: ours.map((one) => describedService(found, one, vpc)),
  }
}

interface Ours {
  readonly name: string
  /** Undefined for a one-off task. */
  readonly service: Service | undefined
  readonly registered: Registered
}

function describedVpc(
  found: Found,
  ours: readonly Ours[],
  ofNamespaces: readonly (string | undefined)[],
): Vpc | undefined {
  const balancers = found.loadBalancers.filter((one) => isOurs(one, found.cluster)).map(({ thing }) => thing)
  const [open, internal] = ['internet-facing', 'internal'].map((scheme) =>
    balancers.find(({ Scheme }) => Scheme === scheme),
  )
  const networks = ours.flatMap((one) => describedNetwork(one) ?? [])
  const subnetsOf = (balancer: typeof open): string[] | undefined =>
    balancer?.AvailabilityZones?.flatMap(({ SubnetId }) => SubnetId ?? [])
  const subnets: PublicAndPrivate = {
    public: subnetsOf(open) ?? [],
    private: subnetsOf(internal) ?? networks[0]?.subnets ?? [],
  }
  const securityGroups: PublicAndPrivate = {
    public: open?.SecurityGroups ?? [],
    private: internal?.SecurityGroups ?? networks[0]?.securityGroups ?? [],
  }
  const id = found.targetGroups[0]?.thing.VpcId ?? ofNamespaces.find((one) => one !== undefined)
  // Where nothing tells which VPC it is, each service says its network itself.
  return id === undefined ? undefined : { id, subnets, securityGroups }
}

function describedService(found: Found, { name, service, registered }: Ours, vpc: Vpc | undefined): StackService {
  const { taskDefinition, tags } = registered
  const { containerDefinitions = [], cpu, memory, requiresCompatibilities = [] } = taskDefinition
  const dependsOn = tagsOf(service?.tags ?? tags)[dependsOnTag]
  const isFargate = (service?.launchType ?? requiresCompatibilities[0]) === 'FARGATE'
  const registry = service?.serviceRegistries?.[0]?.registryArn
  const discovery = found.namespaces.flatMap(({ services }) => services).find(({ Arn }) => Arn === registry)
  const [balancer] = service?.loadBalancers ?? []
  const { maximumPercent = 200, minimumHealthyPercent = 50 } = service?.deploymentConfiguration ?? {}
  const network = describedNetwork({ name, service, registered })
  const { count, isDistinct } = runOf(tagsOf(tags))
  const ofRun = isDistinct ? [{ type: 'distinctInstance' as const, expression: undefined }] : []
  const constraints: readonly Partial<PlacementConstraint>[] = service?.placementConstraints ?? [
    ...ofRun,
    ...(taskDefinition.placementConstraints ?? []),
  ]
  const isUsual = (isFargate || discovery !== undefined) && isPrivate(network, vpc)
  return {
    name,
    type: service ? 'service' : 'task',
    dependsOn: dependsOn ? dependsOn.split(' ') : [],
    containers: containerDefinitions.map((one) => describedContainer(one, taskDefinition)) as unknown as readonly [
      StackContainer,
      ...StackContainer[],
    ],
    launchType: isFargate ? 'FARGATE' : 'EC2',
    cpu: cpu === undefined ? undefined : Number(cpu),
    memory: memory === undefined ? undefined : Number(memory),
    taskRoleArn: taskDefinition.taskRoleArn,
    taskExecutionRoleArn: taskDefinition.executionRoleArn,
    network: isUsual ? undefined : network,
    desiredCount: service ? countOf(service) : count,
    schedulingStrategy: service?.schedulingStrategy ?? 'REPLICA',
    deploymentConfiguration: { maximumPercent, minimumHealthyPercent },
    placementConstraints: constraints.map(({ type = 'memberOf', expression }) => ({ type, expression })),
    elb: balancer && describedElb(found, name, balancer),
    dnsDiscovery: discovery && { name: discovery.Name ?? nameOf(registry ?? '') },
  }
}

function countOf({ schedulingStrategy, desiredCount = 1 }: Service): number {
  return schedulingStrategy === 'DAEMON' ? 1 : desiredCount
}

function describedNetwork({ service, registered }: Ours): Network | undefined {
  const { subnets, securityGroups = [], assignPublicIp } = service?.networkConfiguration?.awsvpcConfiguration ?? {}
  if (subnets) return { subnets, securityGroups, assignPublicIp: assignPublicIp === 'ENABLED' }
  return service ? undefined : networkOf(tagsOf(registered.tags))
}

function isPrivate(network: Network | undefined, vpc: Vpc | undefined): boolean {
  const same = (one: readonly string[] = [], other: readonly string[] = []): boolean =>
    one.toSorted().join(' ') === other.toSorted().join(' ')
  return (
    !network?.assignPublicIp &&
    same(network?.subnets, vpc?.subnets.private) &&
    same(network?.securityGroups, vpc?.securityGroups.private)
  )
}
