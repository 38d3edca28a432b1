import { EcsTaskError } from '../ground/errors.ts'
import type { Forensics } from './events.ts'
import { kindOf } from '../deploy/stepHandlers.ts'
import { problemOf } from './problem.ts'
import { type Step, resolve } from './step.ts'
import type { StepContext } from './stepHandler.ts'

/** What came of a step for the run: whether there may be something to undo, and whether it went well. */
export interface StepResult {
  readonly step: Step
  /** Whether AWS may have acted on it. */
  readonly acted: boolean
  readonly skipped?: string | undefined
  readonly error?: unknown
}

/** What a run knows beyond what its steps are given: what they have yielded, and what came of them. */
export interface RunContext extends StepContext {
  readonly values: Map<string, string>
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
  const { id, title, call } = step
  const kind = kindOf(step)
  let acted = false
  emit({ type: 'step.started', id, title, undoing })
  try {
    signal.throwIfAborted()
    const input = resolve(call.input, values)
    const performed = await kind.perform(step, input, context)
    if ('skipped' in performed) {
      emit({ type: 'step.skipped', id, title, undoing, reason: performed.skipped })
      return { step, acted, skipped: performed.skipped }
    }
    acted = true
    const { answer } = performed
    const value = kind.yields?.(answer)
    if (typeof value === 'string') values.set(id, value)
    else for (const [name, one] of Object.entries(value ?? {})) values.set(`${id}.${name}`, one)
    if (step.follow) await kind.follow?.(step, answer, context, input)
    emit({ type: 'step.finished', id, title, undoing, result: kind.result?.(answer) })
    return { step, acted }
  } catch (error) {
    if (signal.aborted && error === signal.reason) {
      emit({ type: 'step.skipped', id, title, undoing, reason: acted ? 'no longer followed' : 'not begun' })
    } else {
      const evidence = error instanceof EcsTaskError ? error.evidence : undefined
      const forensics = evidence && 'stoppedTasks' in evidence ? (evidence as Forensics) : undefined
      emit({
        type: 'step.failed',
        id,
        title,
        undoing,
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
