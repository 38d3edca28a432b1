/** What a plan and its stages are. */
import { calls } from '../aws/aws.ts'
import type { Step } from './step.ts'

/** Steps of a plan that belong together: a stage starts when the previous one is done. */
export interface Stage {
  readonly title: string
  readonly steps: readonly Step[]
  /** Whether the steps run side by side, each once what it `needs` has ended; otherwise one after another. */
  readonly together: boolean
  /** What to do on failure here: put everything back, report what is left, or only warn. */
  readonly onFailure: 'undo' | 'report' | 'warn'
  /** Ids of steps that are complete, and no longer undone, once this stage is done. */
  readonly settles?: readonly string[]
  /**
   * Text to show instead of this stage if previous stages do the same with something else: `Batch 2 of 5: the same
   * with i-1`. Consecutive stages with the same text are shown once.
   */
  readonly repeats?: string
  /** `Batch 2 of 5`, where several stages make up a batch. */
  readonly batch?: string
}

/** What several steps do for one thing, such as a service with its listener and how it scales. */
export interface Part {
  /** `my_cluster/web`. */
  readonly name: string
  /** The ids of its steps. */
  readonly steps: readonly string[]
  /** Those of which all or none are to be done, as a service is not served halfway; none: whatever was done of it may stay. */
  readonly whole: readonly string[]
}

/** One of several classes of a run that goes on where another fails. */
export interface Unit {
  readonly name: string
  /** The units that must be done before it begins, by name. */
  readonly after: readonly string[]
}

/** The classes of a run that goes on with the others where one fails (`--keep-going`), and how its end is told. */
export interface Fleet {
  readonly units: readonly Unit[]
  /** `Deployed v1.2.3 of`, before `3 of 5 classes`. */
  readonly done: string
  /** The same if nobody followed its rollouts. */
  readonly started: string
  /** The command that does the same with some of them alone, without `--only`. */
  readonly again: {
    readonly command: 'deploy' | 'rollback'
    readonly tag?: string
    readonly options: Readonly<Record<string, string>>
  }
}

/** Everything a run will do, in order. `JSON.stringify(plan)` is the dry run. */
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
  /** The title after success: `Deployed v1.2.3 of WebTask`. */
  readonly done: string
  /** The title if nobody followed its rollouts: `Started deploying v1.2.3 of WebTask`; absent if it starts none. */
  readonly started?: string
  /** Whether the run follows its rollouts. */
  readonly followed?: boolean
  readonly stages: readonly Stage[]
  /** What is put back as one where a superseded run has begun it. A step may be of none. */
  readonly parts?: readonly Part[]
  /** The failure of one class ends only its own steps and those of classes after it; absent: it ends the run. */
  readonly fleet?: Fleet
  /** Warnings before the run starts, a sentence each. */
  readonly warnings: readonly string[]
  /** Where it is to be approved: the revisions that it was made from, by name: `service my_cluster/web` is at `web:7`. */
  readonly madeFrom?: Readonly<Record<string, string>>
  /** The tags of --record, which its registrations add. */
  readonly record?: readonly { readonly key: string; readonly value: string }[]
  /** The word with which this run marks what it makes; another each time. */
  readonly run?: string
}

/** The steps that change something; the others only look, or wait. */
export function changing(stages: readonly Stage[]): Step[] {
  return stages.flatMap(({ steps }) => steps).filter(({ call }) => calls[call.method].kind === 'write')
}
