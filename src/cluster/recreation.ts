/** A service that is deleted and created again: why, and what the new one has of the old one beside what the file says. */
import type { Service } from '@aws-sdk/client-ecs'
import type { Aws } from '../aws/aws.ts'
import type { PlannedInput } from '../engine/step.ts'
import { defined } from '../ground/defined.ts'
import { noting } from '../rollout/missingPermission.ts'
import { tagsOfPeople } from './creationInput.ts'
import type { DesiredService, WantedService } from './desired.ts'
import { type Found, tagsOf } from './found.ts'
import { isOfStack, ownerTag } from './ownership.ts'
import { type Attachments, mergedDeployments, serviceDifferences, shownNetwork } from './serviceDifferences.ts'
import { launchTypeOf, setByHand, type Successor } from './setByHand.ts'
import { changesOf } from './work.ts'

/**
 * Whether a service of ours is being deleted, by a run that was killed then or one that goes on beside this: what ECS still shows
 * of it is kept as if this run had deleted it.
 */
export function isLeaving({ status, tags }: Pick<Service, 'status' | 'tags'>): boolean {
  return status === 'DRAINING' && tagsOf(tags)[ownerTag] !== undefined
}

/** Whether the settings of a service count for the one that is wanted. */
export function hasSettings(existing: Service): boolean {
  return existing.status === 'ACTIVE' || isLeaving(existing)
}

/**
 * How many tasks a service is to have as before. One that is being deleted wants none any more, and its tasks end one after
 * another, so that the larger number counts: too many cost little, too few may not serve.
 */
export function countOf(existing: Service, wanted: WantedService): Pick<Service, 'desiredCount'> {
  const { desiredCount = 0, runningCount = 0, pendingCount = 0 } = existing
  if (!isLeaving(existing)) return { desiredCount }
  return { desiredCount: Math.max(desiredCount, runningCount + pendingCount, wanted.desiredCount ?? 1) }
}

/** What a person should know where a service is being deleted that the stack wants. */
export function leavingText(existing: Service, wanted: WantedService): string {
  const { serviceName, schedulingStrategy } = existing
  const isCounted = schedulingStrategy !== 'DAEMON' && wanted.desiredCount !== undefined
  const count = isCounted ? `, but not its desired count: ${wanted.desiredCount} is used` : ''
  return `Service ${serviceName} is already being deleted. The new one keeps the settings that ECS still shows${count}.`
}

/** What only another service can have, a line each. */
export function replacing(existing: Service, wanted: WantedService): string[] {
  if (isLeaving(existing)) return changesOf({ status: [existing.status, 'ACTIVE'] })
  const network = shownNetwork(existing.networkConfiguration)
  const { recreating } = serviceDifferences(existing, wanted, { loadBalancers: [], serviceRegistries: [] })
  return [
    ...changesOf({ launch_type: [launchTypeOf(existing), wanted.launchType] }),
    ...recreating.changes,
    // UpdateService can give a service's tasks another network, but cannot take the network away.
    ...changesOf({ network: [network, wanted.networkConfiguration ? network : []] }),
  ]
}

/** Reads of services that are to be created again what DescribeServices does not show; what may not be read is noted. */
export async function wholeServices(
  aws: Aws,
  found: Found,
  desired: readonly DesiredService[],
  signal?: AbortSignal,
): Promise<Found> {
  const replaced = desired.flatMap(({ name, service }) => {
    const existing = found.services.get(name)
    return service && existing && hasSettings(existing) && replacing(existing, service).length > 0 ? [existing] : []
  })
  const arns = replaced.flatMap(({ currentServiceRevisions = [] }) =>
    currentServiceRevisions.flatMap(({ arn }) => arn ?? []),
  )
  if (arns.length === 0) return found
  const names = replaced.map(({ serviceName }) => serviceName).join(', ')
  const unread: string[] = []
  const unknown = noting(unread)(
    `Gateway connectors and monitoring of ${names}`,
    undefined,
    'ecs:DescribeServiceRevisions',
  )
  const answer = await aws.all('describeServiceRevisions', { serviceRevisionArns: arns }, signal).catch(unknown)
  const whole = replaced.map((existing): [string, Service] => {
    const { gatewayConnectors, monitoring } =
      answer?.serviceRevisions?.find(
        ({ serviceArn, taskDefinition }) =>
          serviceArn === existing.serviceArn && taskDefinition === existing.taskDefinition,
      ) ?? {}
    return [existing.serviceName ?? '', { ...existing, ...defined({ gatewayConnectors, monitoring }) }]
  })
  return {
    ...found,
    services: new Map([...found.services, ...whole]),
    unread: [
      ...found.unread,
      ...unread.map((one) => `${one} If there are any, they are lost with the service that is replaced.`),
    ],
  }
}

/** What goes with a deployment strategy. */
const ofStrategy = ['strategy', 'bakeTimeInMinutes', 'lifecycleHooks', 'linearConfiguration', 'canaryConfiguration']

/**
 * CreateService's input, but for the revision, of the service that takes the place of another: what the file does not set it
 * has from that, as far as ECS takes it beside the rest. What it cannot have is `lost`, a sentence each.
 */
export function succession(
  existing: Service,
  next: Successor,
  { serviceRegistries: registries }: Pick<Attachments, 'serviceRegistries'>,
): { readonly input: PlannedInput<'createService'>; readonly lost: readonly string[] } {
  const { launchType, tags = [], ...wanted } = next.service
  const { serviceName, deploymentConfiguration = {}, loadBalancers = [], serviceRegistries = [] } = existing
  const byHand = setByHand(existing, wanted, next)
  const lost = byHand.filter(({ isLost }) => isLost)
  const gone = lost.flatMap(({ member }): string[] => (member === 'strategy' ? ofStrategy : [member]))
  const kept = byHand.filter(({ member, isLost }) => !isLost && !(member in deploymentConfiguration))
  const deployments = Object.entries(deploymentConfiguration).filter(([member]) => !gone.includes(member))
  const groups = next.loadBalancers.map(({ targetGroupArn }) => targetGroupArn)
  const unbalanced = loadBalancers.filter((one) => one.advancedConfiguration && !groups.includes(one.targetGroupArn))
  return {
    input: {
      ...(!kept.some(({ member }) => member === 'capacityProviderStrategy') && { launchType }),
      ...Object.fromEntries(kept.map(({ member, value }) => [member, value])),
      ...wanted,
      deploymentConfiguration: mergedDeployments(Object.fromEntries(deployments), wanted.deploymentConfiguration),
      loadBalancers: next.loadBalancers,
      serviceRegistries: registries.map(
        (one) => serviceRegistries.find(({ registryArn }) => registryArn === one.registryArn) ?? one,
      ),
      tags: [...tagsOfPeople(existing).filter(({ key }) => !isOfStack(key)), ...tags],
    },
    lost: [
      ...lost.map(({ sentence }) => sentence),
      ...unbalanced.map(
        () =>
          `Service ${serviceName} has an alternate target group. The file does not set it; it is lost with the service ` +
          'that is replaced, since its target group is another.',
      ),
    ],
  }
}

/** The load balancers that a service gets, each with what it has at the same target group: the alternate one, for example. */
export function keptBalancers(
  existing: Service | undefined,
  loadBalancers: Attachments['loadBalancers'],
): Attachments['loadBalancers'] {
  const { loadBalancers: has = [] } = existing ?? {}
  return loadBalancers.map((one) => ({ ...has.find((was) => was.targetGroupArn === one.targetGroupArn), ...one }))
}
