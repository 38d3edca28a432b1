/** The settings of a service that an update declares, as they were before it. */
import { isDeepStrictEqual } from 'node:util'
import type { Service } from '@aws-sdk/client-ecs'
import type { Input } from '../aws/aws.ts'
import type { ServiceUpdate } from '../definition/definition.ts'
import { primaryOf } from '../rollout/verdict.ts'

type Settings = Omit<ServiceUpdate, 'cluster' | 'service' | 'forceNewDeployment' | 'taskDefinition'>
type Members = Readonly<Record<string, unknown>>

/** What UpdateService is sent for a setting that was not there: what is left out would stay as the update made it. */
const absent: { readonly [M in keyof Settings]: Settings[M] } = {
  capacityProviderStrategy: [],
  loadBalancers: [],
  serviceRegistries: [],
  placementConstraints: [],
  placementStrategy: [],
  volumeConfigurations: [],
  vpcLatticeConfigurations: [],
  serviceConnectConfiguration: { enabled: false },
  availabilityZoneRebalancing: 'DISABLED',
  deploymentController: { type: 'ECS' },
  enableECSManagedTags: false,
  enableExecuteCommand: false,
  healthCheckGracePeriodSeconds: 0,
  propagateTags: 'NONE',
}

/** The same inside of a deployment configuration, whose members UpdateService changes one by one. */
const absentInConfiguration: { readonly [M in keyof NonNullable<Settings['deploymentConfiguration']>]?: unknown } = {
  alarms: { alarmNames: [], enable: false, rollback: false },
  bakeTimeInMinutes: 0,
  deploymentCircuitBreaker: { enable: false, rollback: false },
  earlySuccessCriteria: { enable: false },
  lifecycleHooks: [],
}

/**
 * The settings that an update declares, as they were. Another strategy, and none, is taken with a new deployment only.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html
 */
export function settingsBefore(update: ServiceUpdate, before: Service): ServiceUpdate {
  const { cluster, service, forceNewDeployment, taskDefinition, ...declared } = update
  const was = observedSettings(before)
  const entries = Object.keys(declared).map((key) => [key, was[key] ?? absent[key as keyof Settings]])
  const settings = Object.fromEntries(
    entries.filter(([key, value]) => value !== undefined && !(key === grace && hasIdleGrace(before))),
  ) as Settings
  const { deploymentConfiguration } = declared
  return {
    cluster,
    service,
    ...settings,
    ...(deploymentConfiguration && {
      deploymentConfiguration: {
        ...membersOf(absentInConfiguration, Object.keys(deploymentConfiguration)),
        ...before.deploymentConfiguration,
      },
    }),
    ...(changesCapacity(update, before) && { forceNewDeployment: true }),
  }
}

const grace = 'healthCheckGracePeriodSeconds' satisfies keyof Settings

/** A grace period that says nothing, since there are no load balancers; AWS would refuse it, and with it the whole way back. */
function hasIdleGrace({ loadBalancers = [], healthCheckGracePeriodSeconds = 0 }: Service): boolean {
  return loadBalancers.length === 0 && healthCheckGracePeriodSeconds > 0
}

/** Whether an update changes what a service's capacity comes from, which ECS takes with `forceNewDeployment` only. */
export function changesCapacity({ capacityProviderStrategy }: ServiceUpdate, before: Service): boolean {
  if (capacityProviderStrategy === undefined) return false
  return !isDeepStrictEqual(shares(capacityProviderStrategy), shares(before.capacityProviderStrategy))
}

/** The settings that take another deployment: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html */
const deploying: readonly (keyof Settings)[] = [
  'capacityProviderStrategy',
  'loadBalancers',
  'networkConfiguration',
  'platformVersion',
  'serviceConnectConfiguration',
  'serviceRegistries',
  'volumeConfigurations',
  'vpcLatticeConfigurations',
]

/**
 * What belongs to a service revision, and so comes back when ECS rolls back a deployment; all other settings stay.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceRevision.html
 */
const ofRevision: readonly (keyof ServiceUpdate)[] = [
  'taskDefinition',
  'forceNewDeployment',
  'gatewayConnectors',
  'monitoring',
  ...deploying,
]

/** What of an input is left to send once ECS has rolled back by itself; undefined where that is nothing. */
export function besideRevision(input: Input<'updateService'>): Input<'updateService'> | undefined {
  const { cluster, service, ...settings } = input
  const keys = Object.keys(settings).filter((key) => !ofRevision.some((member) => member === key))
  return keys.length > 0 ? { cluster, service, ...membersOf(settings, keys) } : undefined
}

/** Those of the settings that are not so on a service. */
export function differing(settings: Settings, service: Service): Settings {
  const is = observedSettings(service)
  const keys = Object.entries(settings).flatMap(([key, value]) =>
    isDeepStrictEqual(is[key] ?? absent[key as keyof Settings], value) ? [] : key,
  )
  return membersOf(settings, keys)
}

export function startsDeployment(settings: Settings): boolean {
  return deploying.some((member) => member in settings)
}

/** What of an update UpdateService cannot take back, whatever it is sent: only ECS's own rollback of the deployment can. */
export function irreversible(update: ServiceUpdate, before: Service): string | undefined {
  const { networkConfiguration, capacityProviderStrategy: [provider] = [] } = update
  if (networkConfiguration && !before.networkConfiguration) {
    return 'gets a network configuration, which UpdateService cannot remove'
  }
  const { launchType } = before
  if (provider && launchType && (launchType === 'FARGATE') !== isOfFargate(provider.capacityProvider)) {
    return `leaves the launch type ${launchType}, which UpdateService cannot set`
  }
  return undefined
}

/** The settings of an update that DescribeServices does not show, so that nobody knows how they were. */
export function unseen(update: ServiceUpdate): string[] {
  return ['gatewayConnectors', 'monitoring'].filter((member) => member in update)
}

/** Some settings are shown by a service's deployments only. */
function observedSettings(service: Service): Members {
  const { serviceConnectConfiguration, volumeConfigurations, vpcLatticeConfigurations } = primaryOf(service) ?? {}
  return { ...service, serviceConnectConfiguration, volumeConfigurations, vpcLatticeConfigurations }
}

function membersOf(from: object, keys: readonly string[]): Members {
  return Object.fromEntries(Object.entries(from).filter(([key]) => keys.includes(key)))
}

/** A strategy in one form, whatever its order. */
function shares(strategy: Settings['capacityProviderStrategy'] = []): readonly unknown[] {
  return strategy
    .map(({ capacityProvider = '', weight = 0, base = 0 }) => `${capacityProvider} ${weight} ${base}`)
    .toSorted()
}

function isOfFargate(capacityProvider = ''): boolean {
  return capacityProvider.startsWith('FARGATE')
}
