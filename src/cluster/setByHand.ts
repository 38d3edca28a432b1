/** What somebody has set by hand on a service, where the file has no key for it: its name, and whether another service can have it. */
import type { LoadBalancer, Service } from '@aws-sdk/client-ecs'
import type { Input } from '../aws/aws.ts'
import type { Planned } from '../engine/step.ts'
import { listed, nameOf } from '../ground/names.ts'
import { creationInput } from './creationInput.ts'
import type { DesiredService, WantedService } from './desired.ts'
import type { OptionalMember } from './serviceSettings.ts'

/** A service that takes the place of another. */
export type Successor = Pick<DesiredService, 'taskDefinition' | 'loadBalancing'> & {
  readonly service: WantedService
  /** With what is kept of those of the other service. */
  readonly loadBalancers: readonly Planned<LoadBalancer>[]
}

/** CreateService's input, and in it what is said of deployments. */
type Settings = Input<'createService'> & NonNullable<Service['deploymentConfiguration']>

/** One of the settings; `false` is where it is as CreateService makes it without being told. */
interface Setting<Value> {
  /** What a service has, as the end of a sentence. */
  readonly named: (value: Value) => string | false
  /** Why a service in its place cannot have it, as the end of a sentence. */
  readonly lost?: (next: Successor, value: Value) => string | false
  /** What else is lost with it, and means nothing without. */
  readonly along?: (has: Settings) => readonly (string | false)[]
}

const isFargate = ({ service }: Successor): boolean => service.launchType === 'FARGATE'
const isDaemon = ({ service }: Successor): boolean => service.schedulingStrategy === 'DAEMON'

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html */
const table = {
  healthCheckGracePeriodSeconds: {
    named: (seconds) => seconds > 0 && `a health check grace period of ${seconds} s`,
    lost: ({ loadBalancing }) => !loadBalancing && 'it has no load balancer',
  },
  placementStrategy: {
    named: (all) =>
      all.length > 0 &&
      `the placement strategy ${all.map(({ type, field }) => [type, field].filter(Boolean).join(' ')).join(', ')}`,
    lost: (next) => (isFargate(next) ? 'Fargate takes none' : isDaemon(next) && 'a DAEMON takes none'),
  },
  availabilityZoneRebalancing: { named: (it) => it === 'DISABLED' && 'no rebalancing between Availability Zones' },
  propagateTags: {
    named: (it) => it !== 'NONE' && `the tags of ${it === 'SERVICE' ? 'the service' : 'the revision'} on its tasks`,
  },
  enableECSManagedTags: { named: (it) => it && 'the managed tags of ECS on its tasks' },
  enableExecuteCommand: {
    named: (it) => it && 'ECS Exec',
    lost: ({ taskDefinition }) => taskDefinition.taskRoleArn === undefined && 'its tasks have no role',
  },
  capacityProviderStrategy: {
    named: (all) => all.length > 0 && `the capacity providers ${all.map((one) => one.capacityProvider).join(', ')}`,
    lost: ({ service: { launchType } }, capacityProviderStrategy) =>
      launchTypeOf({ capacityProviderStrategy }) !== launchType && `the file says launch_type: ${launchType}`,
  },
  platformVersion: {
    named: (it) => it !== 'LATEST' && `the platform version ${it}`,
    lost: (next) => !isFargate(next) && 'only Fargate has one',
  },
  role: {
    named: (arn) => `the role ${nameOf(arn)} for its load balancer`,
    lost: ({ service, loadBalancing }) =>
      service.networkConfiguration
        ? 'its tasks have a network interface of their own'
        : !loadBalancing && 'it has no load balancer',
  },
  serviceConnectConfiguration: {
    named: ({ enabled }) => enabled === true && 'Service Connect',
    lost: ({ taskDefinition }, { services = [] }) =>
      taskDefinition.networkMode === 'host' ? 'its network mode is host' : lacksPort(taskDefinition, services),
  },
  volumeConfigurations: {
    named: (all) => all.length > 0 && `the volumes ${all.map(({ name }) => name).join(', ')}, configured at launch`,
    lost: ({ taskDefinition: { volumes = [] } }, all) =>
      !all.every(({ name }) => volumes.some((one) => one.name === name && one.configuredAtLaunch)) &&
      'the new revision has none of that name',
  },
  vpcLatticeConfigurations: {
    named: (all) => all.length > 0 && 'VPC Lattice',
    lost: ({ taskDefinition }, all) => lacksPort(taskDefinition, all),
  },
  gatewayConnectors: {
    named: (all) => all.length > 0 && 'gateway connectors',
    lost: ({ taskDefinition }, all) => lacksPort(taskDefinition, all),
  },
  monitoring: { named: ({ metricConfigurations = [] }) => metricConfigurations.length > 0 && 'monitoring of its own' },
  strategy: {
    named: (it) => it !== 'ROLLING' && `the deployment strategy ${it}`,
    lost: (next) => (isDaemon(next) ? 'a DAEMON takes ROLLING only' : lacksAlternate(next)),
    along: ({ lifecycleHooks = [], bakeTimeInMinutes = 0, linearConfiguration, canaryConfiguration }) => [
      lifecycleHooks.length > 0 && (lifecycleHooks.length === 1 ? 'its lifecycle hook' : 'its lifecycle hooks'),
      bakeTimeInMinutes > 0 && `its bake time of ${bakeTimeInMinutes} min`,
      (linearConfiguration ?? canaryConfiguration) !== undefined && 'how it shifts traffic',
    ],
  },
  alarms: {
    named: ({ enable, alarmNames = [] }) => enable === true && `the deployment alarms ${alarmNames.join(', ')}`,
  },
  earlySuccessCriteria: {
    named: ({ enable }) => enable === true && 'early success criteria',
    lost: ({ service: { deploymentConfiguration: asked } }, { healthyPercent = 100 }) =>
      (asked?.minimumHealthyPercent ?? 0) > healthyPercent && 'minimum_healthy_percent of the file is above them',
  },
} satisfies { readonly [M in keyof Settings]?: Setting<NonNullable<Settings[M]>> } & Record<OptionalMember, object>

type Member = keyof typeof table
const settings: { readonly [M in Member]: Setting<NonNullable<Settings[M]>> } = table
const members = Object.keys(table) as readonly Member[]

/** What AWS asks of every strategy but ROLLING, so that traffic can be shifted. */
export function lacksAlternate({ loadBalancers }: Pick<Successor, 'loadBalancers'>): string | false {
  return loadBalancers.some((one) => !one.advancedConfiguration) && 'its target group has no alternate one'
}

function lacksPort(
  { containerDefinitions }: Successor['taskDefinition'],
  asked: readonly { readonly portName: string | undefined }[],
): string | false {
  const names = containerDefinitions.flatMap(({ portMappings = [] }) => portMappings.map(({ name }) => name))
  return !asked.every(({ portName }) => names.includes(portName)) && 'the new revision has no port of that name'
}

/** That of Fargate also where a service has it through Fargate's own capacity providers, as FARGATE_SPOT. */
export function launchTypeOf({
  launchType,
  capacityProviderStrategy = [],
}: Pick<Service, 'launchType' | 'capacityProviderStrategy'>): string {
  const isOfFargate = capacityProviderStrategy.every(({ capacityProvider = '' }) =>
    /^FARGATE(_SPOT)?$/.test(capacityProvider),
  )
  return launchType ?? (isOfFargate && capacityProviderStrategy.length > 0 ? 'FARGATE' : 'capacity providers')
}

export interface SetByHand {
  readonly member: Member
  readonly value: unknown
  /** Whether `next` cannot have it. */
  readonly isLost: boolean
  /** What a person should know of it. */
  readonly sentence: string
}

/** What a service has that the file does not set; with a `next` in its place also what becomes of it. */
export function setByHand(existing: Service, wanted: Partial<WantedService>, next?: Successor): SetByHand[] {
  const { healthCheckGracePeriodSeconds } = existing
  // Without a load balancer a grace period says nothing, and yet it is there.
  const has: Settings = {
    ...existing.deploymentConfiguration,
    ...creationInput(existing),
    healthCheckGracePeriodSeconds,
  }
  return members.flatMap((member) => (member in wanted ? [] : (described(member, has) ?? [])))

  function described<M extends Member>(member: M, { [member]: value }: Settings) {
    const { named, lost, along = () => [] }: Setting<NonNullable<Settings[M]>> = settings[member]
    const what = value != null && named(value)
    if (!what) return undefined
    const why = next && lost?.(next, value)
    const more = along(has).filter((one) => one !== false)
    const going = more.length === 0 ? '' : `; with it ${more.length === 1 ? 'goes' : 'go'} ${listed(more)}`
    const then = why ? `it is lost with the service that is replaced, since ${why}${going}.` : 'it stays.'
    const sentence = `Service ${existing.serviceName} has ${what}. The file does not set it; ${then}`
    return { member, value, isLost: Boolean(why), sentence }
  }
}
