/** What is verified: classes, running services or a stack, in one form. */
import type { ContainerDefinition, CreateServiceCommandInput } from '@aws-sdk/client-ecs'
import type {
  Definition,
  EventTarget,
  ScheduleUpdate,
  ServiceUpdate,
  TaskDefinition,
  TaskRun,
} from '../../definition/definition.ts'
import { checkDigest } from '../../definition/image.ts'
import { checkImageTag, fillImageTag } from '../../definition/placeholder.ts'

export interface Subject {
  readonly name: string
  /** As it would be registered: placeholders are filled in. */
  readonly taskDefinition: TaskDefinition
  readonly services: readonly WantedService[]
  readonly runs: readonly TaskRun[]
  readonly eventTargets: readonly EventTarget[]
  readonly schedules: readonly ScheduleUpdate[]
  /** Whether it is a class, which could declare targets and schedules: a stack and a running service could not. */
  readonly isClass: boolean
  /** Networks that belong to none of these, such as those of load balancers that are to be created. */
  readonly networks: readonly WantedNetwork[]
  /** Where a member is written: `Web/taskDefinition/taskRoleArn` of `taskDefinition/taskRoleArn`. */
  readonly where: (path: string) => string
}

/** A service that is to be updated, or, where a stack has it, created. */
export interface WantedService {
  readonly path: string
  readonly cluster: string
  readonly service: string
  readonly settings: Omit<ServiceUpdate, 'service' | 'taskDefinition'> & Pick<CreateServiceCommandInput, 'launchType'>
  /** Whether the deployment creates it where it does not exist. */
  readonly isCreated: boolean
}

export interface WantedNetwork {
  readonly path: string
  readonly subnets: readonly string[]
  readonly securityGroups: readonly string[]
}

/** The definitions of classes with a tag, or of running services, which have none. Throws `BadArguments` for what cannot be a tag. */
export function subjectsOf(definitions: readonly Definition[], tag: string | undefined): Subject[] {
  if (tag !== undefined) {
    checkImageTag(tag)
    checkDigest(definitions, tag)
  }
  return definitions.map(({ name, taskDefinition, updateServices, runTasks, eventTargets, schedules }) => ({
    name,
    taskDefinition: tag === undefined ? taskDefinition : fillImageTag(taskDefinition, tag),
    services: updateServices.map((settings, index) => ({
      path: `updateServices/${index}`,
      cluster: settings.cluster ?? 'default',
      service: settings.service,
      settings,
      isCreated: false,
    })),
    runs: runTasks,
    eventTargets,
    schedules,
    isClass: tag !== undefined,
    networks: [],
    where: (path) => `${name}/${path}`,
  }))
}

/** A container with its path. */
export interface ContainerAt {
  readonly path: string
  readonly container: ContainerDefinition
}

export function containersOf({ taskDefinition }: Subject): ContainerAt[] {
  return taskDefinition.containerDefinitions.map((container, index) => ({
    path: `taskDefinition/containerDefinitions/${index}`,
    container,
  }))
}
