/** How the steps of a kind are performed and followed, and what doing so needs from outside. */
import type { Aws, Input, Method, Output } from '../aws/aws.ts'
import { refusalOf } from '../aws/retry.ts'
import type { Clock } from '../ground/clock.ts'
import type { Emit } from './events.ts'
import type { ReadOnce } from './sharedReads.ts'
import type { Step, StepKind, Values, Yielded } from './step.ts'

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
  /** Whether to tell what the new tasks of rollouts log. */
  readonly logs?: boolean
  /**
   * What a person types to run the file of the class that is deployed, `tsx web_dev.ts`: messages name its commands.
   * undefined where there is no class, and messages name the AWS CLI's.
   */
  readonly program: string | undefined
  /** The value of `--only` with which its commands are about the classes of a step alone; absent where it has no others. */
  readonly only?: string | undefined
  /** When the run began, in milliseconds since 1970. */
  readonly began: number
  /** For what several steps of a stage have to read. */
  readonly once: ReadOnce
  /** Notes what is left over, whatever is put back, with the command that mends it: a task that may still run. */
  noteLeftover(what: string): void
  /** What a run that succeeds says at the end of its last line, each a clause: `1 of them was gone already`. */
  readonly remarks: string[]
  /** What earlier steps have yielded. */
  readonly values: Values
}

/**
 * What came of a step: AWS's answer, with `notNeeded` where everything was as wanted already; or why it was left undone: on
 * the way back that is kept as it is, and counts as left; `isExpected` that nobody has to be warned of that. `isOthers` says that the call has found what somebody else has just
 * made, so that it is not this run that takes it away again. `usedBy` names what it is kept for: `service c/web`.
 */
export type Performed<M extends Method = Method> =
  | { readonly answer: Output<M>; readonly notNeeded?: string | undefined; readonly isOthers?: boolean }
  | { readonly skipped: string; readonly isExpected?: boolean | undefined; readonly usedBy?: readonly string[] }
  | TakenOver

/** That somebody else has taken over what a way back is about, so that nobody is to go it, and what theirs uses: `theirs`, ARNs. */
export interface TakenOver {
  readonly skipped: string
  readonly theirs: readonly string[]
}

/** When a step has its turn on the way back; each handler says which phase is its own. */
export const undoPhases = [
  /**
   * What leads traffic is led back first: a service is refused a target group that no listener leads to. What scales a service
   * goes before the service, too.
   */
  'reroute',
  /** Whatever is not named here. */
  'restore',
  /** What was deleted is made again once what took its name and its place is gone. */
  'recreate',
  /** What leads traffic to something goes before it. */
  'unroute',
  /** What services need goes after them. */
  'dismantle',
  /** What the former stand in. */
  'vacate',
  /** A revision goes once nothing runs it. */
  'deregister',
  /** A replacement goes once the instance that it was for takes tasks again. */
  'shrink',
  /** Auto scaling goes on once the services are back. */
  'resume',
  /** What a second run would find its way by goes last. */
  'forget',
] as const

export type UndoPhase = (typeof undoPhases)[number]

/** What AWS puts back by itself: once it was told to stop, or when a step has failed. */
export interface GoingBack {
  /** What is said of it while it goes on, with the command that follows it. */
  readonly left?: string
  /** The ways back that nobody else has to go. */
  readonly steps: readonly Step[]
}

/** A step, and what AWS has answered. */
export interface Answered<K extends StepKind = StepKind> {
  readonly step: Step<K>
  readonly answer: Output<K['method']>
}

/** What came of steps that met those of another run: which are performed once more, and which have come to nothing, with the error. */
export interface Settlement {
  readonly again: ReadonlySet<Step>
  readonly lost: ReadonlyMap<Step, Error>
}

/** How the steps of one kind are performed and followed. */
export interface StepHandler<K extends StepKind> {
  /** Sends the call. An answer that is no success is thrown as an EcsTaskError. */
  perform(step: Step<K>, input: Input<K['method']>, context: StepContext): Promise<Performed<K['method']>>
  /** Waits until the world is as the call wanted it; throws an EcsTaskError when it never will be. */
  follow?(step: Step<K>, answer: Output<K['method']>, context: StepContext, input: Input<K['method']>): Promise<void>
  /**
   * Milliseconds that the next of these steps waits after this one was answered. Steps of a kind that has it begin one after
   * another also where their stage goes side by side, in the order of their subjects, and are followed together; where the kind
   * can `settle`, all after the first begin together.
   */
  headway?(answer: Output<K['method']>): number
  /** Says what came of all that were answered so far, where one that began at the same time as others has wanted headway. */
  settle?(performed: readonly Answered<K>[], context: StepContext): Promise<Settlement>
  /** The value for later steps' References; several by name. */
  yields?(answer: Output<K['method']>): Yielded | undefined
  /** What a person wants to know of the result: `web:8`. */
  result?(answer: Output<K['method']>, step: Step<K>): string | undefined
  /**
   * Ends what the step has set going in AWS and that still goes on, for `--on-failure stop`; answers what AWS then puts back
   * by itself. Never throws.
   */
  stop?(step: Step<K>, context: StepContext): Promise<GoingBack | undefined>
  /** The ways back of the step that AWS goes by itself, as what the step threw tells. Never throws. */
  goneBack?(step: Step<K>, error: unknown, context: StepContext): Promise<GoingBack | undefined>
  /** Whether somebody else has taken over what a step is about that was done, or a way back that nobody has gone yet. Asks AWS. */
  takenOver?(step: Step<K>, input: Input<K['method']>, context: StepContext): Promise<TakenOver | undefined>
  /**
   * What AWS goes on with by itself after the step, which has no way back and was not followed: what is then left, with the
   * command that follows it.
   */
  goesOn?(step: Step<K>, context: StepContext): string | undefined
  /** When its steps have their turn on the way back; absent: `restore`. */
  readonly undoPhase?: UndoPhase
}

/** The names of the kinds whose steps undo a kind's. */
type UndoNames<K extends StepKind> = K extends { readonly undo: infer U extends string } ? U : never

/**
 * A handler for each of some kinds, by name. `satisfies StepHandlers<UpdateService | RestoreService>` holds a table to
 * having one for each of them and for every kind that undoes one of them.
 */
export type StepHandlers<K extends StepKind> = {
  readonly [N in K['name'] | UndoNames<K>]: StepHandler<Extract<K, { readonly name: N }>>
}

/** Handlers by the name of their kind, as the engine is handed them. */
export type HandlerTable = Readonly<Record<string, StepHandler<StepKind>>>

/**
 * The way to perform a step of which the answer is all there is. Errors of the names in `done` say that it is so already,
 * as of something that is to be taken away and is gone; then the answer is empty.
 */
export function sends<M extends Method>(
  method: M,
  done: readonly string[] = [],
): (step: object, input: Input<M>, context: StepContext) => Promise<{ readonly answer: Output<M> }> {
  return async (_step, input, { aws, signal }) => ({
    answer: await aws.call(method, input, signal).catch((error: unknown): Output<M> => {
      if (done.includes(refusalOf(error).name)) return { $metadata: {} }
      throw error
    }),
  })
}
