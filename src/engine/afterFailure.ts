/** What becomes of what was done when a run, or a class of it, has failed or was ended at once. */
import { ownCommand } from '../ground/command.ts'
import { EcsTaskError } from '../ground/errors.ts'
import { partlyDone, supersededLine } from './fleetEnding.ts'
import { type RunContext, aboutStep } from './performStep.ts'
import type { Plan } from './plan.ts'
import { isSuperseded, problemOf } from './problem.ts'
import type { OnFailure, RunResult } from './result.ts'
import type { Step } from './step.ts'
import { type Ending, asWatched, summaryOf } from './summary.ts'
import { type LeftToOthers, leftToOthers } from './superseded.ts'
import { halfDone, leaveAll, undo } from './undo.ts'
import type { Failure, Units } from './units.ts'

/** What was done, and what is to become of it. */
interface Afterwards {
  readonly done: readonly Step[]
  readonly onFailure: OnFailure
  /** What is left over in any case. */
  readonly leftovers: readonly string[]
  /** Whether parts of the run are complete. */
  readonly isPartial?: boolean
  readonly units?: Units | undefined
}

/** How it ended, and what is left. */
interface Ended {
  readonly ending: Ending
  readonly left: readonly string[]
}

/** How these end where nothing was left of what a class that failed before had changed. */
const clean: readonly Ending[] = ['changedNothing', 'restored', 'restoredInPart', 'nothingLeft']

/** Puts back or leaves what a failed run has done; classes that failed before are waited for. */
export async function afterFailure(
  plan: Plan,
  failure: { readonly error?: unknown; readonly step?: Step },
  context: RunContext,
  { units, isPartial, ...of }: Afterwards,
): Promise<RunResult> {
  const { error } = failure
  // A superseded run follows its other services, and that can be cut off as well.
  const isCutOff = (): boolean => [...context.begun.values()].some((result) => result?.error === context.signal.reason)
  const interrupted = context.signal.aborted && (error === context.signal.reason || (isSuperseded(error) && isCutOff()))
  const [{ ending, left }] = await Promise.all([endingOf(plan, failure, context, of), units?.settled()])
  const ofUnits = (units?.givenUp ?? []).flatMap((one) => [...one.left, ...supersededLine(one, context)])
  const all = [...ofUnits, ...left]
  const shown = ending === 'restored' && isPartial ? 'restoredInPart' : ending
  const told = ofUnits.length > 0 && clean.includes(ending) ? 'notRestored' : shown
  return { ...summaryOf(plan, told, { interrupted }), problem: problemOf(error), left: all }
}

async function endingOf(
  plan: Plan,
  failure: { readonly error?: unknown; readonly step?: Step },
  context: RunContext,
  of: Afterwards,
): Promise<Ended> {
  const { error } = failure
  if (plan.command === 'wait') {
    const isInterrupted = context.signal.aborted && error === context.signal.reason
    const ending = isInterrupted ? 'changedNothing' : asWatched(error)
    return { ending, left: ending === 'watchedFailed' ? notRolledBack(failure, context) : [] }
  }
  if (isSuperseded(error))
    return asSuperseded(await leftToOthers(of.done, context, { ...of, plan, because: problemOf(error) }), of)
  if (context.aws.writes === 0) return { ending: 'changedNothing', left: [] }
  if (of.onFailure === 'rollback')
    return restored(await undo(of.done, problemOf(error), context, { leftovers: of.leftovers }))
  return leftAsItIs(failure, context, of)
}

/** Each rollout that failed while it was watched, with the command that takes its class back and no other. */
function notRolledBack(first: { readonly error?: unknown; readonly step?: Step }, context: RunContext): string[] {
  return [...context.begun.values()].flatMap((result) => {
    if (!result || asWatched(result.error) !== 'watchedFailed') return []
    // What was still followed ended with the error of the first that failed.
    if (result.error === first.error && result.step !== first.step) return []
    const { program, only } = aboutStep(result.step, context)
    const back = program === undefined ? '' : ` Roll back with: ${ownCommand(program, 'rollback', { only })}`
    return `${problemOf(result.error).what} ECS did not roll it back.${back}`
  })
}

/** Puts back or leaves what a class has done that failed, and those that are not started because of it. */
export async function giveUp(
  { failed, done, ofBlocked, units }: Failure,
  context: RunContext,
  onFailure: OnFailure,
): Promise<Ended> {
  const { error } = failed
  const all = [...context.begun.keys()].filter((step) => done.includes(step) || ofBlocked.includes(step))
  const because = problemOf(error)
  if (isSuperseded(error)) {
    const { left: ofOwn } = await leftToOthers(done, context, { onFailure, because })
    const isToUndo = onFailure === 'rollback' && ofBlocked.length > 0
    const of = { leftovers: [], units: units.slice(1) }
    const left = isToUndo ? await undo(ofBlocked, because, context, of) : await leaveAll(ofBlocked, context, false)
    return { ending: 'superseded', left: [...ofOwn, ...left] }
  }
  if (all.length === 0) return { ending: 'changedNothing', left: [] }
  if (onFailure === 'rollback') return restored(await undo(all, because, context, { leftovers: [], units }))
  return leftAsItIs(failed, context, { done: all, onFailure, leftovers: [] })
}

function restored(left: readonly string[]): Ended {
  return { ending: left.length > 0 ? 'notRestored' : 'restored', left }
}

async function leftAsItIs(
  { error, step }: { readonly error?: unknown; readonly step?: Step },
  context: RunContext,
  { done, onFailure, leftovers }: Afterwards,
): Promise<Ended> {
  const left = [...(await leaveAll(done, context, onFailure === 'stop')), ...leftovers]
  // Whatever the policy: a run that has only run a one-off task, or registered nothing, has nothing to put back.
  if (left.length === 0) return { ending: 'nothingLeft', left }
  const code = error instanceof EcsTaskError ? error.code : undefined
  // A one-off task that has timed out was stopped; a rollout or a scaling goes on.
  const goesOn = code === 'TimedOut' && ['deployment', 'rollback', 'count'].includes(step?.follow ?? '')
  if (onFailure === 'stop') return { ending: goesOn ? 'stoppedGoing' : 'stopped', left }
  return { ending: goesOn ? 'leftGoing' : 'left', left }
}

function asSuperseded({ left, back }: LeftToOthers, { leftovers, onFailure }: Afterwards): Ended {
  const all = [...left, ...leftovers]
  if (all.length > 0) return { ending: 'supersededInPart', left: all }
  return { ending: onFailure === 'rollback' && back.length > 0 ? 'supersededRestored' : 'superseded', left: all }
}

/** Says what is half done, and asks AWS no more. */
export function endedAtOnce(
  plan: Plan,
  context: RunContext,
  { reason, leftovers, units }: Pick<Afterwards, 'leftovers' | 'units'> & { readonly reason: unknown },
): RunResult {
  const left = [...halfDone(context), ...leftovers]
  const tidyingUp = plan.stages.find(
    ({ onFailure, steps }) => onFailure !== 'undo' && steps.some((step) => context.begun.has(step)),
  )
  const unchanged = context.aws.writes === 0 ? 'cutOffUnchanged' : 'cutOffClean'
  const { plan: told, seen, left: ofUnits } = partlyDone(plan, context, units)
  if (!tidyingUp) {
    return { ...summaryOf(plan, left.length > 0 ? 'cutOffUndone' : unchanged), problem: problemOf(reason), left }
  }
  const ended = summaryOf(told, 'cutOffDuring', { ...seen, during: tidyingUp.title })
  return { ...ended, problem: problemOf(reason), left: [...ofUnits, ...left] }
}
