/** In what a service differs from what a stack wants, as members of UpdateService's input. */
import type { LoadBalancer, Service, ServiceRegistry } from '@aws-sdk/client-ecs'
import { type Planned, Reference } from '../engine/step.ts'
import type { WantedService } from './desired.ts'
import {
  type Change,
  type Compared,
  comparedSettings,
  type SettingMember,
  serviceSettings,
  settingMembers,
} from './serviceSettings.ts'
import { changesOf } from './work.ts'

/** How a service is reached: through load balancers and service discovery, existing or yet to be created. */
export interface Attachments {
  readonly loadBalancers: readonly Planned<LoadBalancer>[]
  readonly serviceRegistries: readonly Planned<ServiceRegistry>[]
}

/** Members of UpdateService's input that differ, and a line for each. */
interface Differences {
  readonly changes: readonly string[]
  readonly input: object
}

/**
 * What differs: `inPlace` starts no deployment, `deploying` does, `recreating` takes another service. Revision and number of
 * tasks are no part of it.
 */
export function serviceDifferences(
  existing: Service,
  wanted: WantedService,
  attachments: Attachments,
): { readonly [K in 'inPlace' | 'deploying' | 'recreating']: Differences } {
  const { deploymentConfiguration: configuration, placementConstraints, networkConfiguration } = wanted
  const [is, asked] = [deploymentParts(existing.deploymentConfiguration), deploymentParts(configuration)]
  const members: Record<SettingMember, Compared> = {
    deploymentConfiguration: [
      is.filter((part) => !asked.includes(part)),
      asked.filter((part) => !is.includes(part)),
      mergedDeployments(existing.deploymentConfiguration, configuration),
    ],
    placementConstraints: [existing.placementConstraints, placementConstraints, placementConstraints],
    networkConfiguration: [
      shownNetwork(existing.networkConfiguration),
      shownNetwork(networkConfiguration),
      networkConfiguration,
    ],
    loadBalancers: [
      existing.loadBalancers?.map(shownLoadBalancer),
      attachments.loadBalancers.map(shownLoadBalancer),
      attachments.loadBalancers,
    ],
    serviceRegistries: [
      existing.serviceRegistries?.map(({ registryArn }) => shownName(registryArn)),
      attachments.serviceRegistries.map(({ registryArn }) => shownName(registryArn)),
      attachments.serviceRegistries,
    ],
    ...comparedSettings(existing, wanted),
  }
  return {
    inPlace: differing(members, 'in place'),
    deploying: differing(members, 'deploys'),
    recreating: differing(members, 'recreates'),
  }
}

/** Of the settings whose change takes this, those that differ. */
function differing(members: Record<SettingMember, Compared>, change: Change): Differences {
  const changes: string[] = []
  const input: Partial<Record<SettingMember, unknown>> = {}
  for (const member of settingMembers) {
    const [is, wanted, sent] = members[member]
    const setting = serviceSettings[member]
    const differences = setting.change === change ? changesOf({ [setting.key]: [is, wanted] }) : []
    if (differences.length === 0) continue
    changes.push(...differences)
    input[member] = sent
  }
  return { changes, input }
}

type DeploymentConfiguration = Service['deploymentConfiguration']

/** What a stack says of deployments, in parts that a person sees alone where the others are the same. */
function deploymentParts(configuration: DeploymentConfiguration = {}): string[] {
  const { maximumPercent, minimumHealthyPercent } = configuration
  const { enable, rollback } = breakerOf(configuration)
  return [
    `${minimumHealthyPercent} to ${maximumPercent} percent`,
    enable ? `circuit breaker ${rollback ? 'with' : 'without'} rollback` : 'no circuit breaker',
  ]
}

/** What the file says of deployments, and all else as it is: whoever has given the circuit breaker a threshold keeps it. */
export function mergedDeployments(
  is: DeploymentConfiguration,
  asked: DeploymentConfiguration,
): DeploymentConfiguration {
  return {
    ...is,
    ...asked,
    deploymentCircuitBreaker: { ...is?.deploymentCircuitBreaker, ...breakerOf(asked) },
  }
}

/** ECS answers with none for a service that has never had one. */
function breakerOf({ deploymentCircuitBreaker }: DeploymentConfiguration = {}): { enable: boolean; rollback: boolean } {
  const { enable = false, rollback = false } = deploymentCircuitBreaker ?? {}
  return { enable, rollback }
}

/** For comparing; empty for tasks without a network interface of their own. */
export function shownNetwork(configuration: Service['networkConfiguration']): string[] {
  if (!configuration?.awsvpcConfiguration) return []
  const { subnets = [], securityGroups = [], assignPublicIp = 'DISABLED' } = configuration.awsvpcConfiguration
  return [...subnets, ...securityGroups, `public IP ${assignPublicIp}`]
}

function shownLoadBalancer({ targetGroupArn, containerName, containerPort }: Planned<LoadBalancer>): string {
  return `${String(containerName)}:${containerPort} in ${shownName(targetGroupArn)}`
}

/** The end of an ARN, `targetgroup/web-tg/73e2d6bc24d8a067`; for what is yet to be created, what people call it. */
function shownName(arn: string | Reference | undefined): string {
  return arn instanceof Reference ? arn.what.replace('the ARN of ', '') : (arn?.split(':').at(-1) ?? '')
}
