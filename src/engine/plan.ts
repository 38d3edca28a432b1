import type { Service, Tag, TaskDefinition } from '@aws-sdk/client-ecs'
import type { Target } from '@aws-sdk/client-eventbridge'
import { calls } from '../aws/aws.ts'
import type { Step } from './step.ts'

/** Steps that belong together. */
export interface Stage {
  readonly title: string
  readonly steps: readonly Step[]
  /** Whether the steps go side by side; otherwise one waits for the one before. */
  readonly together: boolean
  /** What a failure here means: everything is put back; it is reported as left to do; or a warning is enough. */
  readonly onFailure: 'undo' | 'report' | 'warn'
  /** The steps, by id, that are not undone any more once this stage is done: what they were for is complete. */
  readonly settles?: readonly string[]
  /**
   * What people are shown in its place, where stages before it do the same with something else: `Batch 2 of 5: the same
   * with i-1`. Stages that follow each other with the same words are shown once.
   */
  readonly repeats?: string
}

/** Everything a run is going to do, in order. `JSON.stringify(plan)` is the dry run. */
export interface Plan {
  readonly command:
    | 'deploy'
    | 'rollback'
    | 'wait'
    | 'continue'
    | 'update'
    | 'run'
    | 'cluster deploy'
    | 'cluster destroy'
    | 'service destroy'
    | 'instances refresh'
  /** `Deploy v1.2.3 of WebTask`. */
  readonly title: string
  /** The same once it has been done: `Deployed v1.2.3 of WebTask`. */
  readonly done: string
  readonly stages: readonly Stage[]
  /** What a person should know before it begins, a sentence each. */
  readonly warnings: readonly string[]
}

/** The steps that change something; the others only look, or wait. */
export function changing(stages: readonly Stage[]): Step[] {
  return stages.flatMap(({ steps }) => steps).filter(({ call }) => calls[call.method].kind === 'write')
}

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
export interface Paused {
  readonly cluster: string
  readonly service: string
  readonly serviceDeploymentArn: string
  readonly hookId: string
  readonly lifecycleStage: string
}

/** Something that points at a revision. `revision` is its ARN; `key` is `cluster/service`, `cluster/task` or `bus/rule/target`. */
export interface Use {
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
  /** By `cluster/service`: the revisions that were deployed successfully, the last first; read only where a plan asks. */
  readonly history: ReadonlyMap<string, readonly string[]>
  /** The deployments that wait at a PAUSE hook; read only where a plan asks. */
  readonly paused: readonly Paused[]
  /** What points at the families' revisions; read only where there is something to prune. */
  readonly uses: readonly Use[]
}
