/** What a deploy reads of AWS before anything is changed. */
import type { Service, Tag, TaskDefinition } from '@aws-sdk/client-ecs'
import type { Target } from '@aws-sdk/client-eventbridge'

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

/** A deployment that waits at a PAUSE hook. */
export interface PausedDeployment {
  readonly cluster: string
  readonly service: string
  readonly serviceDeploymentArn: string
  readonly hookId: string
  readonly lifecycleStage: string
}

/** Something that points at a revision. `revision` is its ARN; `key` is `cluster/service`, `cluster/task` or `bus/rule/target`. */
export interface RevisionReference {
  readonly revision: string
  readonly kind: 'service' | 'task' | 'target'
  readonly key: string
}

/** What was read of AWS before anything is changed. */
export interface World {
  /** By `cluster/service`. */
  readonly services: ReadonlyMap<string, Service>
  /** By `bus/rule`: all targets of the rule. */
  readonly targets: ReadonlyMap<string, readonly Target[]>
  /** By family: the ACTIVE revisions, newest first by number. */
  readonly revisions: ReadonlyMap<string, readonly Revision[]>
  /** By family: what its ACTIVE revisions are, newest first; read only where a plan asks. */
  readonly registered: ReadonlyMap<string, readonly Registered[]>
  /** By ARN: what services run that is not among these revisions; without what AWS does not show. */
  readonly running: ReadonlyMap<string, Registered>
  /** By `cluster/service`: the revisions that were deployed successfully, the last first; read only where a plan asks. */
  readonly history: ReadonlyMap<string, readonly string[]>
  /** The deployments that wait at a PAUSE hook; read only where a plan asks. */
  readonly paused: readonly PausedDeployment[]
  /** What points at the families' revisions; read only where there is something to prune, undefined where it may not be. */
  readonly uses: readonly RevisionReference[] | undefined
  /** What AWS does not let us read and is done without, a sentence each. */
  readonly unread: readonly string[]
}
