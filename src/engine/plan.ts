/** What a plan and its stages are. */
import { calls } from '../aws/aws.ts'
import type { Step } from './step.ts'

/** Steps of a plan that belong together: one stage begins when the one before is done. */
export interface Stage {
  readonly title: string
  readonly steps: readonly Step[]
  /** Whether the steps go side by side, each once what it `needs` has ended; otherwise one waits for the one before. */
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
  /** `Batch 2 of 5`, where several stages make up one and the next does the same again. */
  readonly batch?: string
}

/** Everything a run is going to do, in order. `JSON.stringify(plan)` is the dry run. */
export interface Plan {
  readonly command:
    | 'deploy'
    | 'rollback'
    | 'wait'
    | 'continue'
    | 'reject'
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
  /** The same while nobody has seen its rollouts end: `Started deploying v1.2.3 of WebTask`; absent where it starts none. */
  readonly started?: string
  /** Whether the rollouts that it starts are followed. */
  readonly followed?: boolean
  readonly stages: readonly Stage[]
  /** What a person should know before it begins, a sentence each. */
  readonly warnings: readonly string[]
}

/** The steps that change something; the others only look, or wait. */
export function changing(stages: readonly Stage[]): Step[] {
  return stages.flatMap(({ steps }) => steps).filter(({ call }) => calls[call.method].kind === 'write')
}
