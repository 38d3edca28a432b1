/** Describes what was created for a cluster as the stack that would deploy exactly that. */
import { type Aws, openAws } from '../aws/aws.ts'
import { type Settings, withDefaults } from '../engine/settings.ts'
import { type ExistingService, describedNetwork, describedService } from './describedService.ts'
import { findStack } from './findStack.ts'
import { type Found, isMadeFor, isOurs, ownersIn, tagsOf } from './found.ts'
import { familyIn, scheduledTag } from './ownership.ts'
import { revisionIn, scheduleFor } from './schedules/findSchedules.ts'
import type { PublicAndPrivate, Stack, Vpc } from './stack.ts'
import { named } from '../ground/named.ts'

/**
 * Resolves with everything that was created for a cluster, as the stack that would deploy exactly that. Reads only. Rejects
 * with `NotFound` if the cluster does not exist, and with the SDK's error for a read that AWS refuses.
 */
export async function describeCluster(options: { readonly cluster: string }, settings: Settings = {}): Promise<Stack> {
  const { cluster } = named(options, 'cluster')
  const context = withDefaults(settings)
  const aws = openAws(context)
  return describedIn(aws, await findStack(aws, { cluster, names: undefined }, context.signal))
}

/**
 * The same for one service and what it depends on, whoever created it. Of a service that `cluster deploy` did not create a stack
 * may say less than runs: `diffCluster` tells.
 */
export async function describeServiceAsStack(
  { cluster, service }: { readonly cluster: string; readonly service: string },
  settings: Settings = {},
): Promise<Stack> {
  const context = withDefaults(settings)
  const aws = openAws(context)
  const found = await findStack(aws, { cluster, names: undefined }, context.signal)
  const stack = await describedIn(aws, found, service)
  const needed = new Set([service])
  // A set goes on with what is added to it on the way.
  for (const name of needed) {
    const { dependsOn = [] } = stack.services.find((one) => one.name === name) ?? {}
    for (const one of dependsOn) needed.add(one)
  }
  return { ...stack, services: stack.services.filter(({ name }) => needed.has(name)) }
}

/** `others` is a service that is described although others created it. */
async function describedIn(aws: Aws, found: Found, others?: string): Promise<Stack> {
  const used = found.namespaces.filter(({ services }) => services.length > 0)
  const vpcs = await Promise.all(
    used.map(
      async ({
        namespace: {
          thing: { Id = '' },
        },
      }) => [Id, await vpcOf(aws, Id)] as const,
    ),
  )
  return describedStack(found, { others, vpcs: new Map(vpcs) })
}

/** The VPC in which a private namespace is visible. */
async function vpcOf(aws: Aws, namespace: string): Promise<string> {
  const { Namespace } = await aws.call('getNamespace', { Id: namespace })
  const zone = Namespace?.Properties?.DnsProperties?.HostedZoneId
  if (zone === undefined) return ''
  const { VPCs = [] } = await aws.call('getHostedZone', { Id: zone })
  return VPCs[0]?.VPCId ?? ''
}

/** `vpcs` has the VPC of each namespace, by the namespace's id. */
function describedStack(
  found: Found,
  { others, vpcs }: { readonly others: string | undefined; readonly vpcs: ReadonlyMap<string, string> },
): Stack {
  const owners = ownersIn(found)
  const names = others === undefined || owners.includes(others) ? owners : [...owners, others]
  const ours = names.flatMap((name): ExistingService[] => {
    const service = found.services.get(name)
    const isService = name === others || isMadeFor(service?.tags, found.cluster, name)
    const newest = found.newest.get(familyIn(found.cluster, name))
    if (isService) {
      const runs = service?.taskDefinition ?? ''
      const registered = newest?.arn === runs ? newest : found.running.get(runs)
      return registered ? [{ name, service, schedule: undefined, registered }] : []
    }
    const schedule = scheduleFor(found.schedules, name)
    const registered = found.running.get(revisionIn(schedule) ?? '') ?? newest
    // Without its schedule nothing starts it.
    const isStarted = schedule !== undefined || tagsOf(registered?.tags)[scheduledTag] === undefined
    return registered && isStarted ? [{ name, service: undefined, schedule, registered }] : []
  })
  const namespaces = found.namespaces.filter(({ services }) =>
    services.some(({ thing }) =>
      ours.some(({ service }) => service?.serviceRegistries?.some(({ registryArn }) => registryArn === thing.Arn)),
    ),
  )
  const vpc = describedVpc(
    found,
    ours,
    namespaces.map(({ namespace }) => vpcs.get(namespace.thing.Id ?? '')),
  )
  return {
    vpc,
    namespace: namespaces[0]?.namespace.thing.Name,
    services: ours.map((one) => describedService(found, one, vpc)),
  }
}

function describedVpc(
  found: Found,
  ours: readonly ExistingService[],
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
  // If nothing tells which VPC it is, each service declares its network itself.
  return id === undefined ? undefined : { id, subnets, securityGroups }
}
