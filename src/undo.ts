import { setMaxListeners } from 'node:events'
import { calls, operationOf } from './aws.ts'
import type { Problem } from './events.ts'
import { performStep } from './performStep.ts'
import { problemOf } from './problem.ts'
import { Reference, type Step, resolve } from './step.ts'
import type { StepContext } from './stepKind.ts'
import { byTurn } from './turns.ts'

type Context = StepContext & { readonly values: Map<string, string> }

/**
 * Puts back what was done, side by side where AWS allows it: what others need goes after them, revisions last. Answers what could not be put
 * back, each with the command that does it, and what stays `behind` in any case. The wait that failed is over; the way back has a wait of its own.
 */
export async function undo(
  done: readonly Step[],
  because: Problem,
  context: Context,
  behind: readonly string[],
): Promise<string[]> {
  context.emit({ type: 'undo.started', because })
  const left: string[] = []
  const { signal } = new AbortController()
  setMaxListeners(0, signal)
  const inside = { ...context, signal }
  const perform = async (step: Step): Promise<void> => {
    // What nobody knows to have been made was noted as left when its answer was lost.
    if (lacksValue(step, context)) return
    const { error, skipped } = await performStep(step, inside, true)
    if (error || skipped) left.push(`${step.title}: ${skipped ?? problemOf(error).what} ${mend(step, context)}`)
  }
  const newestFirst = done.toReversed().map(({ undo: steps = [] }) => byTurn(steps))
  for (const turn of byTurn([]).keys()) {
    await Promise.all(
      newestFirst.map(async (turns) => {
        for (const step of turns[turn] ?? []) await perform(step)
      }),
    )
  }
  const all = [...left, ...behind]
  context.emit({ type: 'undo.finished', restored: all.length === 0, left: all })
  return all
}

/** What `undo` would have done, each with the command that does it. */
export function undoByHand(done: readonly Step[], context: Context): string[] {
  return done
    .toReversed()
    .flatMap(({ undo: steps = [] }) =>
      steps
        .filter((step) => !lacksValue(step, context))
        .map((step) => `${step.title}: it was left. ${mend(step, context)}`),
    )
}

/** The AWS CLI's command for a step that a person must now perform. */
export function mend({ call }: Step, { values }: Context): string {
  const kebab = operationOf(call.method).replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  const input = JSON.stringify(resolve(call.input, values)).replaceAll("'", String.raw`'\''`)
  return `Do it with: aws ${calls[call.method].client} ${kebab} --cli-input-json '${input}'`
}

function lacksValue(step: Step, { values }: Context): boolean {
  return Object.values(step.call.input).some((value) => value instanceof Reference && !values.has(value.step))
}
