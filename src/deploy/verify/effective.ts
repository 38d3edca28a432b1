/** What a service or a one-off task would run with: what is declared over what the service has now. */
import type { NetworkConfiguration, Service } from '@aws-sdk/client-ecs'
import type { TaskRun } from '../../definition/definition.ts'
import { inherited, isOnFargate } from '../inherited.ts'
import { serviceKey } from '../../ground/names.ts'
import type { Subject, WantedService } from './subject.ts'
import type { World } from './world.ts'

/** Where tasks are started. */
export type Launch = Pick<Service, 'launchType' | 'capacityProviderStrategy'>

/** The service as it is now; undefined where it is not there, or may not be read. */
export function serviceOf({ services }: World, wanted: WantedService): Service | undefined {
  return services.state === 'found' ? services.value.get(serviceKey(wanted)) : undefined
}

export function launchOf(world: World, wanted: WantedService): Launch {
  const { capacityProviderStrategy, launchType } = wanted.settings
  if (capacityProviderStrategy && capacityProviderStrategy.length > 0) return { capacityProviderStrategy }
  const now = serviceOf(world, wanted)
  return { launchType: launchType ?? now?.launchType, capacityProviderStrategy: now?.capacityProviderStrategy }
}

/** The settings of a one-off task, with those that it takes over from a service. */
export function runOf(world: World, subject: Subject, run: TaskRun): TaskRun {
  const services = subject.services.flatMap((wanted) => serviceOf(world, wanted) ?? [])
  return inherited(run, subject.taskDefinition, services).run
}

export function networkOf(world: World, wanted: WantedService): NetworkConfiguration | undefined {
  return wanted.settings.networkConfiguration ?? serviceOf(world, wanted)?.networkConfiguration
}

/** Whether any task of it would run on Fargate. */
export function isFargate(world: World, subject: Subject): boolean {
  const { services, runs, taskDefinition, eventTargets, schedules } = subject
  return (
    taskDefinition.requiresCompatibilities?.includes('FARGATE') === true ||
    services.some((wanted) => isOnFargate(launchOf(world, wanted))) ||
    runs.some((run) => isOnFargate(runOf(world, subject, run))) ||
    eventTargets.some(({ Targets }) => Targets.some(({ EcsParameters }) => EcsParameters?.LaunchType === 'FARGATE')) ||
    schedules.some(({ Target }) => Target?.EcsParameters?.LaunchType === 'FARGATE')
  )
}
