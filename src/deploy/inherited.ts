/** What a one-off task takes over from a service: network and launch type. */
import type { Service } from '@aws-sdk/client-ecs'
import type { TaskDefinition, TaskRun } from '../definition/definition.ts'
import { nameOf } from '../ground/names.ts'

/** A one-off task as it is run; `from` names the service whose settings it has taken over, where it has. */
interface Inherited {
  readonly run: TaskRun
  readonly from?: string
}

/**
 * A one-off task that says nothing of where it runs takes that from the first of `services` in its cluster: launch type
 * or capacity providers, with a platform version, and in an `awsvpc` network the network configuration. What is declared
 * wins, and without such a service nothing is made up. Pure.
 *
 * RunTask itself has no such default: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html
 */
export function inherited(
  run: TaskRun,
  { networkMode }: Pick<TaskDefinition, 'networkMode'>,
  services: readonly Service[],
): Inherited {
  const cluster = nameOf(run.cluster ?? 'default')
  const service = services.find(({ clusterArn }) => clusterArn !== undefined && nameOf(clusterArn) === cluster)
  if (!service) return { run }
  const taken: Partial<TaskRun> = { ...launchOf(run, service), ...networkOf(run, networkMode, service) }
  if (Object.keys(taken).length === 0) return { run }
  return { run: { ...run, ...taken }, ...(service.serviceName !== undefined && { from: service.serviceName }) }
}

/** Whether tasks that are started so run on Fargate. */
export function isOnFargate({
  launchType,
  capacityProviderStrategy = [],
}: Pick<Service, 'launchType' | 'capacityProviderStrategy'>): boolean {
  const onProvider = capacityProviderStrategy.some(({ capacityProvider }) => capacityProvider?.startsWith('FARGATE'))
  return launchType === 'FARGATE' || onProvider
}

/** Either capacity providers or a launch type: RunTask refuses both at once. */
function launchOf(
  run: TaskRun,
  { launchType, capacityProviderStrategy = [], platformVersion }: Service,
): Partial<TaskRun> {
  if (run.launchType !== undefined || run.capacityProviderStrategy !== undefined) return {}
  const launch: Partial<TaskRun> =
    capacityProviderStrategy.length > 0 ? { capacityProviderStrategy } : launchType ? { launchType } : {}
  const hasVersion = platformVersion !== undefined && platformVersion !== 'LATEST'
  return {
    ...launch,
    ...(isOnFargate(launch) && hasVersion && run.platformVersion === undefined && { platformVersion }),
  }
}

function networkOf(
  run: TaskRun,
  networkMode: TaskDefinition['networkMode'],
  { networkConfiguration }: Service,
): Partial<TaskRun> {
  const isWanted = networkMode === 'awsvpc' && run.networkConfiguration === undefined
  return isWanted && networkConfiguration ? { networkConfiguration } : {}
}
