// CreateService: creates a service and begins its first deployment.
import type { CreateServiceRequest, CreateServiceResponse } from '@aws-sdk/client-ecs'
import type { Operation, Wire } from '../../world/operation.ts'
import type { ServiceRecord } from '../../world/world.ts'
import { strategyProblem } from '../checks/capacity.ts'
import { checkPlace } from '../checks/place.ts'
import { checkController, checkDaemon, checkGracePeriod, checkRole } from '../checks/service.ts'
import { checkServiceConnect } from '../checks/serviceConnect.ts'
import { checkLaunchVolumes } from '../checks/serviceVolumes.ts'
import { checkTags } from '../checks/tags.ts'
import { findCluster, findService } from '../find.ts'
import type { CreateServiceInput } from '../inputs.ts'
import { invalid } from '../invalid.ts'
import { checkCapacityProviders, checkDaemonCount } from '../services/capacityRules.ts'
import { checkLoadBalancers, checkServiceRegistries } from '../services/registrationRules.ts'
import { makeService, newService, shownService } from '../services/service.ts'
import { checkService, usableTaskDefinition } from '../services/serviceRules.ts'

/**
 * Called again with the same clientToken and input it returns the service it created.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html
 */
export const createService: Operation<CreateServiceRequest, CreateServiceResponse> = (
  input,
  context,
): Wire<CreateServiceResponse> => {
  const { region } = context
  const { cluster } = findCluster(region, input.cluster)
  checkInput(input)
  const { clientToken } = input
  const createdWith = clientToken === undefined ? undefined : { clientToken, input: JSON.stringify(input) }
  const existing = findService(region, cluster.clusterName, input.serviceName)
  if (existing && isSameCall(existing, createdWith)) return { service: shownService(region, existing, ['TAGS']) }
  if (existing?.service.status === 'DRAINING') throw invalid('Unable to Start a service that is still Draining.')
  if (existing?.service.status === 'ACTIVE') throw invalid('Creation of service was not idempotent.')

  const taskDefinition =
    input.taskDefinition === undefined ? undefined : usableTaskDefinition(region, input.taskDefinition)
  const strategy = input.launchType
    ? undefined
    : (input.capacityProviderStrategy ?? cluster.defaultCapacityProviderStrategy)
  checkCapacityProviders(region, cluster, strategy)
  checkDaemon(input, { ...input, ...(strategy && { capacityProviderStrategy: strategy }) })
  checkPlace({ ...input, ...(strategy && { capacityProviderStrategy: strategy }) })
  checkRole(input, taskDefinition)
  checkServiceConnect(region, input.serviceConnectConfiguration, cluster, taskDefinition)
  checkLaunchVolumes(input.volumeConfigurations, taskDefinition)
  const settings = {
    ...input,
    cluster: cluster.clusterName,
    ...(strategy && { capacityProviderStrategy: strategy }),
    ...(taskDefinition && { taskDefinition: taskDefinition.taskDefinitionArn }),
  }
  checkService(newService(context, settings), taskDefinition)
  checkController(input)
  if (taskDefinition) {
    checkLoadBalancers(region, input.loadBalancers ?? [], taskDefinition)
    checkServiceRegistries(region, input.serviceRegistries ?? [], taskDefinition)
  }
  return { service: shownService(region, makeService(context, settings, createdWith), ['TAGS']) }
}

function isSameCall({ service, createdWith: before }: ServiceRecord, now: ServiceRecord['createdWith']): boolean {
  const isSame = before?.clientToken === now?.clientToken && before?.input === now?.input
  return service.status === 'ACTIVE' && now !== undefined && isSame
}

function checkInput(input: CreateServiceInput): void {
  const { deploymentController: { type: controller } = { type: 'ECS' as const }, schedulingStrategy = 'REPLICA' } =
    input
  if (!/^[\w-]{1,255}$/.test(input.serviceName)) {
    throw invalid('The service name is 1 to 255 letters, numbers, underscores and hyphens.')
  }
  if (input.clientToken !== undefined && !/^[!-~]{1,36}$/.test(input.clientToken)) {
    throw invalid('The clientToken is 1 to 36 ASCII characters.')
  }
  if (input.launchType && input.capacityProviderStrategy?.length) {
    throw invalid(
      'Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.',
    )
  }
  const problem = strategyProblem(input.capacityProviderStrategy)
  if (problem) throw invalid(problem)
  checkTags(input.tags)
  checkGracePeriod(input.healthCheckGracePeriodSeconds, input.loadBalancers)
  checkDaemonCount(schedulingStrategy, input)
  if (!input.taskDefinition && controller !== 'EXTERNAL') throw invalid('TaskDefinition cannot be empty.')
  if (schedulingStrategy === 'REPLICA' && input.desiredCount === undefined) throw invalid('desiredCount is required.')
  if (schedulingStrategy === 'DAEMON' && (input.launchType === 'FARGATE' || controller !== 'ECS')) {
    throw invalid('The daemon scheduling strategy needs the ECS deployment controller and container instances.')
  }
}
