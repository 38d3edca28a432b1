/** What a deploy reads of AWS before anything is changed. */
import type { Service, Tag, TaskDefinition } from '@aws-sdk/client-ecs'
import type { Target } from '@aws-sdk/client-eventbridge'
import type { ImageStates } from './imageState.ts'
import type { Plan } from '../engine/plan.ts'
import { nameOf } from '../ground/names.ts'
import type { Schedule } from './starters/schedule.ts'
import type { PauseHook } from '../rollout/pauseHooks.ts'

/** One revision of a family. */
export interface Revision {
  readonly arn: string
  readonly revision: number
}

/** What is registered as a revision, with its tags. */
export interface Registered {
  readonly arn: string
  readonly taskDefinition: TaskDefinition
  readonly tags: readonly Tag[]
}

/** A deployment that is in progress, or on its way back. */
export interface OngoingDeployment {
  readonly cluster: string
  readonly service: string
  readonly serviceDeploymentArn: string
  /** The PAUSE hooks at which it waits. */
  readonly hooks: readonly PauseHook[]
}

/**
 * Something that points at a revision. `revision` is its ARN; `key` is `cluster/service`, `cluster/task`, `bus/rule/target` or
 * `group/schedule`.
 */
export interface RevisionReference {
  readonly revision: string
  readonly kind: 'service' | 'task' | 'target' | 'schedule'
  readonly key: string
  /** Of a target or a schedule: what a class declares for it to be moved by a deploy. */
  readonly declaration?: string
}

/** What was read of AWS before anything is changed. */
export interface World {
  /** By `cluster/service`. */
  readonly services: ReadonlyMap<string, Service>
  /** By `bus/rule`: all targets of the rule. */
  readonly targets: ReadonlyMap<string, readonly Target[]>
  /** By `group/name`: all that UpdateSchedule takes of it. */
  readonly schedules: ReadonlyMap<string, Schedule>
  /** By family: the ACTIVE revisions, newest first by number. */
  readonly revisions: ReadonlyMap<string, readonly Revision[]>
  /** By family: what its ACTIVE revisions are, newest first; read only where a plan asks. */
  readonly registered: ReadonlyMap<string, readonly Registered[]>
  /** By ARN: what services go back to that is not among these revisions; without what AWS does not show. */
  readonly running: ReadonlyMap<string, Registered>
  /**
   * By `cluster/service`: the revisions that were deployed successfully, the last first; read where a plan asks, and of
   * services whose present deployment has not completed.
   */
  readonly history: ReadonlyMap<string, readonly string[]>
  /** By `cluster/service`: the deployment that is in progress; read only where a plan asks. */
  readonly ongoing: ReadonlyMap<string, OngoingDeployment>
  /** What is known of the images of services whose revision stays; read only where a plan asks. */
  readonly images: ImageStates
  /**
   * What points at the families' revisions; read only where there is something to prune, undefined where it may not be. A run
   * that writes reads it `whenDue`: right before the first of them is deregistered.
   */
  readonly uses: readonly RevisionReference[] | 'whenDue' | undefined
  /** What AWS does not let us read and is done without, a sentence each. */
  readonly unread: readonly string[]
}

/** By name, for whoever approves a plan: what services, targets and schedules point at, and the ACTIVE revisions of each family. */
export function madeFrom({ services, targets, schedules, revisions }: World): NonNullable<Plan['madeFrom']> {
  const pointed = [...targets].flatMap(([rule, list]) =>
    list.flatMap(({ Id, EcsParameters }): [string, string][] =>
      EcsParameters ? [[`target ${rule}/${Id}`, nameOf(EcsParameters.TaskDefinitionArn ?? '')]] : [],
    ),
  )
  return Object.fromEntries([
    ...[...services].map(([key, { taskDefinition = '' }]) => [`service ${key}`, nameOf(taskDefinition)]),
    ...pointed,
    ...[...schedules].map(([key, { Target }]) => [
      `schedule ${key}`,
      nameOf(Target?.EcsParameters?.TaskDefinitionArn ?? ''),
    ]),
    ...[...revisions].map(([family, list]) => [
      `revisions of ${family}`,
      list.map(({ arn }) => nameOf(arn)).join(', '),
    ]),
  ])
}
