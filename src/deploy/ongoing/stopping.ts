/** Plans to stop deployments that are in progress, and knows what their services will run then. */
import type { Service, ServiceRevision } from '@aws-sdk/client-ecs'
import type { Aws } from '../../aws/aws.ts'
import type { Stage } from '../../engine/plan.ts'
import type { Step } from '../../engine/step.ts'
import { EcsTaskError } from '../../ground/errors.ts'
import { shownNames } from '../../ground/names.ts'
import { primaryOf } from '../../rollout/verdict.ts'
import { successes } from '../history.ts'
import { rejectServiceDeployment } from '../steps/rejectServiceDeployment.ts'
import { stopServiceDeployment } from '../steps/stopServiceDeployment.ts'
import type { OngoingDeployment } from '../world.ts'

/** What is to be planned from, and the steps that have to come first. */
export interface Idle<World> {
  readonly world: World
  readonly stops: readonly Step[]
}

/** A service, by its key in what was observed, and its deployment that is in progress. */
export interface InProgress {
  readonly key: string
  readonly service: Service
  readonly deployment: OngoingDeployment
}

/**
 * The steps that have ECS take these services back, and the world as it then is: what is planned from it, and the ways back, are
 * those of a service that has never been on its way. Throws `NothingToRollBackTo` where ECS has nothing to go back to.
 */
export async function stopping<World extends { readonly services: ReadonlyMap<string, Service> }>(
  aws: Aws,
  world: World,
  found: readonly InProgress[],
  signal: AbortSignal,
): Promise<Idle<World>> {
  const all = await Promise.all(
    found.map(async (one) => ({ ...one, last: (await successes(aws, one.service, signal))[0] })),
  )
  const first = all.filter(({ last }) => last === undefined).map(({ key }) => key)
  if (first.length > 0) {
    throw new EcsTaskError('NothingToRollBackTo', `There is nothing to go back to: ${shownNames(first, 'services')}.`, {
      why: 'A deployment can be stopped where one before it was successful, and AWS shows none.',
      fix: 'Wait for it with --if-in-progress wait.',
    })
  }
  const stopped = all.flatMap(({ last, ...one }) => (last ? [{ ...one, last }] : []))
  const after = stopped.map(({ key, service, last }) => [key, goneBackTo(last, service)] as const)
  return {
    world: { ...world, services: new Map([...world.services, ...after]) },
    stops: stopped.map(({ deployment, last }): Step =>
      deployment.hooks.length > 0
        ? rejectServiceDeployment(deployment, true)
        : stopServiceDeployment(deployment, last.taskDefinition ?? '', true),
    ),
  }
}

/** The stage that comes first, where there is anything to stop. It is followed in any case: an update in the middle of it would supersede the way back. */
export function stopStages(steps: readonly Step[]): Stage[] {
  if (steps.length === 0) return []
  return [{ title: 'Stop the deployments in progress', steps, together: true, onFailure: 'undo' }]
}

/** A service as it is once ECS has gone back to a service revision, which holds more than the task definition. */
function goneBackTo(revision: ServiceRevision, service: Service): Service {
  const { taskDefinition, capacityProviderStrategy, launchType, platformVersion, platformFamily } = revision
  const { loadBalancers, serviceRegistries, networkConfiguration } = revision
  const { serviceConnectConfiguration, volumeConfigurations, vpcLatticeConfigurations } = revision
  const settings = {
    taskDefinition,
    capacityProviderStrategy,
    launchType,
    platformVersion,
    platformFamily,
    loadBalancers,
    serviceRegistries,
    networkConfiguration,
  }
  const { desiredCount } = service
  const primary = {
    ...primaryOf(service),
    ...settings,
    serviceConnectConfiguration,
    volumeConfigurations,
    vpcLatticeConfigurations,
    rolloutState: 'COMPLETED' as const,
    desiredCount,
    runningCount: desiredCount,
  }
  return { ...service, ...settings, deployments: [primary] }
}
