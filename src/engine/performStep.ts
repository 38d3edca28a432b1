/** Performs one step of a plan and follows it. */
import { EcsTaskError } from '../ground/errors.ts'
import type { Forensics } from './events.ts'
import { problemOf } from './problem.ts'
import { type Step, type Yielded, resolve } from './step.ts'
import type { HandlerTable, StepContext } from './stepHandler.ts'

/** What came of a step for the run: whether there may be something to undo, and whether it went well. */
export interface StepResult {
  readonly step: Step
  /** Whether AWS may have acted on it. */
  readonly acted: boolean
  readonly skipped?: string | undefined
  readonly error?: unknown
}

/** What a run knows beyond what its steps are given: how to perform them, what they have yielded, what came of them. */
export interface RunContext extends StepContext {
  readonly handlers: HandlerTable
  /** Takes the secrets out of what is shown. */
  readonly redact: <T>(value: T) => T
  readonly values: Map<string, Yielded>
  /** Every step that was begun, and those that put one back; without a result while it is under way. */
  readonly begun: Map<Step, StepResult | undefined>
}

/** Performs one step and follows it, telling what happens; never throws. */
export async function performStep(step: Step, context: RunContext, undoing: boolean): Promise<StepResult> {
  context.begun.set(step, undefined)
  const result = await outcomeOf(step, context, undoing)
  context.begun.set(step, result)
  return result
}

async function outcomeOf(step: Step, context: RunContext, undoing: boolean): Promise<StepResult> {
  const { emit, values, signal } = context
  const { id, kind, subject, title, call } = step
  const of = { id, kind, subject, title, undoing }
  const handler = context.handlers[step.kind]
  if (!handler) throw new Error(`no step of this run can be a ${step.kind}`)
  let acted = false
  emit({ type: 'step.started', ...of })
  try {
    signal.throwIfAborted()
    const input = resolve(call.input, values)
    const performed = await handler.perform(step, input, context)
    if ('skipped' in performed) {
      emit({ type: 'step.skipped', ...of, reason: performed.skipped })
      return { step, acted, skipped: performed.skipped }
    }
    acted = true
    const { answer } = performed
    const value = handler.yields?.(answer)
    if (value !== undefined) values.set(id, value)
    if (step.follow) await handler.follow?.(step, answer, context, input)
    emit({ type: 'step.finished', ...of, result: handler.result?.(answer, step) })
    return { step, acted }
  } catch (error) {
    if (signal.aborted && error === signal.reason) {
      emit({ type: 'step.skipped', ...of, reason: acted ? 'no longer followed' : 'not begun' })
    } else {
      const evidence = error instanceof EcsTaskError ? error.evidence : undefined
      const forensics = evidence && 'stoppedTasks' in evidence ? (evidence as Forensics) : undefined
      emit({
        type: 'step.failed',
        ...of,
        problem: problemOf(error),
        ...(forensics && { forensics }),
      })
    }
    return { step, acted: acted || !isCleanRefusal(error, signal), error }
  }
}

/** AWS answered that it did not do it, or it was never asked. */
function isCleanRefusal(error: unknown, signal: AbortSignal): boolean {
  if (error === signal.reason) return true
  const { $fault, $metadata } = error as { $fault?: string; $metadata?: { httpStatusCode?: number } }
  return $fault === 'client' && ($metadata?.httpStatusCode ?? 500) < 500
}
