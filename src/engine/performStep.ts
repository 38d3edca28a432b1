/** Performs one step of a plan and follows it. */
import { defined } from '../ground/defined.ts'
import { type Aws, type Method, type Output, calls } from '../aws/aws.ts'
import { onlyOf } from '../ground/command.ts'
import { EcsTaskError } from '../ground/errors.ts'
import type { Forensics } from './events.ts'
import { problemOf } from './problem.ts'
import { type Step, type Yielded, resolve } from './step.ts'
import type { Gate } from './gate.ts'
import type { HandlerTable, StepContext } from './stepHandler.ts'

/** What came of a step for the run: whether there may be something to undo, and whether it went well. */
export interface StepResult {
  readonly step: Step
  /** Whether AWS may have acted on it. */
  readonly acted: boolean
  readonly skipped?: string
  /** What it was left undone for: `service c/web`. */
  readonly usedBy?: readonly string[] | undefined
  /** Where it is somebody else's by now: what theirs uses. */
  readonly theirs?: readonly string[] | undefined
  readonly error?: unknown
}

/** What a run knows beyond what its steps are given: how to perform them, what they have yielded, what came of them. */
export interface RunContext extends StepContext {
  readonly handlers: HandlerTable
  /** Takes the secrets out of what is shown. */
  readonly redact: <T>(value: T) => T
  readonly values: Map<string, Yielded>
  /** Lets a step begin once there is room for it. */
  readonly gate: Gate
  /** The names of all classes of the program, also of those that the run leaves alone. */
  readonly classes: readonly string[]
  /** Every step that was begun, and those that put one back; without a result while it is under way. */
  readonly begun: Map<Step, StepResult | undefined>
}

/** How a step is performed: whether on the way back, and who is told of AWS's answer and says whether to perform it once more. */
export interface Performing {
  readonly undoing: boolean
  answered?(answer: Output<Method>): Promise<boolean>
}

/** The context in which the commands to type are about the classes of a step alone; its ways back have none of their own. */
export function aboutStep(step: Step, context: RunContext): RunContext {
  return step.units ? { ...context, only: onlyOf(step.units, context.classes) } : context
}

/** Performs one step and follows it, telling what happens; never throws. */
export async function performStep(step: Step, context: RunContext, how: Performing): Promise<StepResult> {
  context.begun.set(step, undefined)
  const result = await outcomeOf(step, aboutStep(step, context), how)
  context.begun.set(step, result)
  return result
}

async function outcomeOf(step: Step, context: RunContext, how: Performing): Promise<StepResult> {
  const { undoing } = how
  const { emit, values, signal } = context
  const { id, kind, subject, title, call } = step
  const of = { id, kind, subject, title, undoing }
  const handler = context.handlers[step.kind]
  if (!handler) throw new Error(`no step of this run can be a ${step.kind}`)
  let acted = false
  const aws = noting(context, () => (acted = true))
  emit({ type: 'step.started', ...of })
  try {
    signal.throwIfAborted()
    const input = resolve(call.input, values)
    const performed = await handler.perform(step, input, { ...context, aws })
    if ('skipped' in performed) {
      emit({ type: 'step.skipped', ...of, reason: performed.skipped, ...(undoing && { did: 'kept' }) })
      const { isExpected, ...why } = { isExpected: false, ...performed }
      return { step, acted, ...(!isExpected && why) }
    }
    const { notNeeded, isOthers } = performed
    let { answer } = performed
    acted = !isOthers && (acted || notNeeded === undefined)
    const note = (): void => {
      const value = handler.yields?.(answer)
      if (value !== undefined) values.set(id, value)
    }
    note()
    if (await how.answered?.(answer)) {
      emit({ type: 'warning.raised', text: `${title}: sent again, since another run came in between.` })
      const again = await handler.perform(step, input, { ...context, aws })
      if ('answer' in again) answer = again.answer
      note()
    }
    if (step.follow && notNeeded === undefined) await handler.follow?.(step, answer, context, input)
    const did = notNeeded === undefined ? (undoing ? 'undone' : undefined) : 'notNeeded'
    emit(defined({ type: 'step.finished', ...of, result: notNeeded ?? handler.result?.(answer, step), did }))
    return { step, acted }
  } catch (error) {
    if (signal.aborted && error === signal.reason) {
      emit({ type: 'step.skipped', ...of, reason: acted ? 'no longer followed' : 'not started' })
    } else {
      const evidence = error instanceof EcsTaskError ? error.evidence : undefined
      const { byRun: _, ...found } = { byRun: undefined, ...evidence }
      const forensics = 'stoppedTasks' in found ? (found as Forensics) : undefined
      emit({
        type: 'step.failed',
        ...of,
        problem: problemOf(error),
        ...(forensics && { forensics }),
      })
    }
    return { step, acted, error }
  }
}

/** The door of a run, for one step: it notes each write that AWS has carried out, or may have. */
function noting({ aws, signal }: RunContext, note: () => void): Aws {
  return {
    ...aws,
    async call(method, input, ...rest) {
      const isWrite = calls[method].kind === 'write'
      try {
        const answer = await aws.call(method, input, ...rest)
        if (isWrite) note()
        return answer
      } catch (error) {
        if (isWrite && !isCleanRefusal(error, signal)) note()
        throw error
      }
    },
  }
}

/** AWS answered that it did not do it, or it was never asked. */
function isCleanRefusal(error: unknown, signal: AbortSignal): boolean {
  // What is refused on this side of the wire has never been sent.
  if (error === signal.reason || error instanceof EcsTaskError) return true
  const { $fault, $metadata } = error as { $fault?: string; $metadata?: { httpStatusCode?: number } }
  return $fault === 'client' && ($metadata?.httpStatusCode ?? 500) < 500
}
