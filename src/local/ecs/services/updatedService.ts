// A service after UpdateService, and whether that takes a new deployment.
import { isDeepStrictEqual } from 'node:util'
import type { CapacityProviderStrategyItem, DeploymentConfiguration } from '@aws-sdk/client-ecs'
import type { Wire } from '../../world/operation.ts'
import type { Region, ServiceRecord } from '../../world/world.ts'
import type { UpdateServiceInput } from '../inputs.ts'
import { pick, present } from '../../world/members.ts'
import { primaryOf } from '../rollout/deployment.ts'
import { ofDeployment } from '../rollout/serviceRevision.ts'
import type { DeploymentSettings } from '../rollout/serviceRevision.ts'
import type { ShownDeploymentConfiguration, ShownService } from '../shown/records.ts'
import { shownNetwork } from './service.ts'
import { ofStrategy } from './strategyRules.ts'
import { copyOf } from '../../world/copy.ts'

const inPlace = [
  'desiredCount',
  'healthCheckGracePeriodSeconds',
  'enableExecuteCommand',
  'enableECSManagedTags',
  'propagateTags',
  'availabilityZoneRebalancing',
  'placementConstraints',
  'placementStrategy',
] as const
const deploying = [
  'taskDefinition',
  'networkConfiguration',
  'platformVersion',
  'loadBalancers',
  'serviceRegistries',
] as const

/**
 * What UpdateService makes of a service: the service afterwards, what only its deployments show (`settings`), and whether
 * that takes a new deployment. Omitted members stay as they are, empty lists clear.
 *
 * A new deployment begins with `forceNewDeployment` and when a member that triggers one differs. AWS does not say what
 * the current revision sent again does: alone or with another desiredCount it begins none here, along with another change
 * it makes a new deployment of the same revision, as has been seen in the field.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html
 */
export function updatedService(
  region: Region,
  record: ServiceRecord,
  input: UpdateServiceInput,
): { service: ShownService; settings: DeploymentSettings; deploys: boolean } {
  const before = copyOf(record.service)
  const settingsBefore = settingsOf(region, record)
  const service: ShownService = { ...before, ...pick(copyOf(input), [...inPlace, ...deploying]) }
  const settings: DeploymentSettings = { ...settingsBefore, ...pick(copyOf(input), ofDeployment) }
  if (input.networkConfiguration) service.networkConfiguration = shownNetwork(copyOf(input.networkConfiguration))
  if (input.deploymentConfiguration) {
    service.deploymentConfiguration = changed(before.deploymentConfiguration, copyOf(input.deploymentConfiguration))
  }
  changeCapacity(service, input.capacityProviderStrategy)
  const isDifferentRevision = differs(deploying, before, service) || differs(ofDeployment, settingsBefore, settings)
  const isOtherwiseChanged = !isDeepStrictEqual(before, { ...service, desiredCount: before.desiredCount })
  const isSentAgain = input.taskDefinition !== undefined && isOtherwiseChanged
  return { service, settings, deploys: input.forceNewDeployment === true || isDifferentRevision || isSentAgain }
}

const differs = <Shape>(members: readonly (keyof Shape)[], from: Shape, to: Shape): boolean =>
  members.some((member) => !isDeepStrictEqual(from[member], to[member]))

/** Members change one by one; another strategy begins without what belonged to the one before. */
function changed(
  before: ShownDeploymentConfiguration,
  input: Wire<DeploymentConfiguration>,
): ShownDeploymentConfiguration {
  const kept = { ...before }
  if ((input.strategy ?? before.strategy) !== before.strategy) for (const member of ofStrategy) delete kept[member]
  return { ...kept, ...present(input) }
}

/** What a service's current revision holds and the service itself does not show. */
function settingsOf(region: Region, { service, rollouts }: ServiceRecord): DeploymentSettings {
  const primary = primaryOf(service)
  const rollout = primary && rollouts[primary.id]
  const revision = rollout && region.serviceRevisions[rollout.serviceRevisionArn]
  return revision ? copyOf(pick(revision, ofDeployment)) : {}
}

/** A strategy takes the place of the launch type, and an empty one gives it back. */
function changeCapacity(
  service: ShownService,
  strategy: readonly Wire<CapacityProviderStrategyItem>[] | undefined,
): void {
  if (strategy === undefined) return
  if (strategy.length > 0) {
    delete service.launchType
    service.capacityProviderStrategy = copyOf([...strategy])
  } else if (service.capacityProviderStrategy) {
    const isFargate = service.capacityProviderStrategy[0]?.capacityProvider.startsWith('FARGATE')
    delete service.capacityProviderStrategy
    service.launchType = isFargate ? 'FARGATE' : 'EC2'
  }
}
