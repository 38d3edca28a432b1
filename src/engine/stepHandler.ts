import type { Aws, Input, Method, Output } from '../aws/aws.ts'
import { refusalOf } from '../aws/retry.ts'
import type { Clock } from '../ground/clock.ts'
import type { Emit } from './events.ts'
import type { Look } from '../rollout/servicePoller.ts'
import type { Step } from './step.ts'

/** What performing a step needs from outside. */
export interface StepContext {
  readonly aws: Aws
  readonly clock: Clock
  readonly emit: Emit
  /** Aborted when the wait is to end: another step failed, or somebody pressed Ctrl-C. */
  readonly signal: AbortSignal
  /** Milliseconds that a follow may take. */
  readonly timeout: number
  /** How many tasks may stop for the same reason before a rollout counts as failed; undefined: only ECS decides. */
  readonly earlyFail: number | undefined
  /** Where a rollout has come far enough: `deployed`, `stable`, `draining` or a lifecycle stage; undefined: `deployed`. */
  readonly until: string | undefined
  /** What a person types to run this program: `tsx web_dev.ts`. */
  readonly program: string
  /** The next look at a service, shared with whoever else follows one in its cluster. */
  readonly look: Look
  /** When the run began, in milliseconds since 1970. */
  readonly began: number
  /** Notes what stays behind whatever is put back, with the command that mends it: a task that may still run. */
  leave(what: string): void
  /** What earlier steps have yielded, by step id. */
  readonly values: ReadonlyMap<string, string>
}

/** What came of a step: AWS's answer, or why there was nothing to send. */
export type Performed<M extends Method = Method> = { readonly answer: Output<M> } | { readonly skipped: string }

/** How the steps of one AWS call are performed and followed. */
export interface StepKind<M extends Method> {
  /** Sends the call. An answer that is no success is thrown as an EcsTaskError. */
  perform(step: Step<M>, input: Input<M>, context: StepContext): Promise<Performed<M>>
  /** Waits until the world is as the call wanted it; throws an EcsTaskError when it never will be. */
  follow?(step: Step<M>, answer: Output<M>, context: StepContext, input: Input<M>): Promise<void>
  /** The value for later steps' References; several by name, for those that end in `.name`. */
  yields?(answer: Output<M>): string | Readonly<Record<string, string>> | undefined
  /** What a person wants to know of the result: `web:8`. */
  result?(answer: Output<M>): string | undefined
}

/**
 * The way to perform a step of which the answer is all there is. Errors of the names in `done` say that it is so already,
 * as of something that is to be taken away and is gone; then the answer is empty.
 */
export function sends<M extends Method>(method: M, done: readonly string[] = []): StepKind<M>['perform'] {
  return async (_step, input, { aws, signal }) => ({
    answer: await aws.call(method, input, signal).catch((error: unknown): Output<M> => {
      if (done.includes(refusalOf(error).name)) return { $metadata: {} }
      throw error
    }),
  })
}
