/** What becomes of what a run has done that somebody else's came after: theirs stays, and nothing of ours stays halfway. */
import { calls } from '../aws/aws.ts'
import { abortController } from '../ground/abortController.ts'
import type { Problem } from './events.ts'
import { type RunContext, aboutStep } from './performStep.ts'
import type { Part, Plan } from './plan.ts'
import { isSuperseded, isTakenByRun, problemOf } from './problem.ts'
import type { OnFailure } from './result.ts'
import { sharedReads } from './sharedReads.ts'
import { type Step, isResolvable, resolve } from './step.ts'
import { shownSubject } from './subject.ts'
import { leaveAll, mend, takeBack, undo } from './undo.ts'

/** Milliseconds in which another run that replaces the same service creates it, once the old one is gone. */
const headway = 15_000

/** What came of it. */
export interface LeftToOthers {
  /** What is half done, each with the command that mends it. */
  readonly left: string[]
  /** What was to go back, or to be named: `my_cluster/web`. */
  readonly back: readonly string[]
}

/** A part of the plan of which something was done. */
interface Begun extends Part {
  readonly all: readonly Step[]
  readonly acted: readonly Step[]
  /** The errors of its steps. */
  readonly errors: readonly unknown[]
  /** Whether it is somebody else's by now. */
  readonly isTaken: boolean
}

/**
 * Whoever came after has what they took, and what is complete stays, as they may have built on it. What has failed by itself or was
 * only begun goes back as `onFailure` says: nobody else knows of it, so that it would stay halfway for good.
 */
export async function leftToOthers(
  done: readonly Step[],
  context: RunContext,
  of: { readonly plan?: Plan; readonly onFailure: OnFailure; readonly because: Problem },
): Promise<LeftToOthers> {
  const { plan, onFailure, because } = of
  const begun = partsOf(done, plan, context)
  const isHalf = isHalfDone(context)
  const half = await withOthers(begun.filter(isHalf), context)
  const staying = [...begun.filter((one) => !isHalf(one)), ...half.filter(({ isTaken }) => isTaken)]
  // Another deploy of the same moves the services too, to where this run has led their requests already.
  const isByRun = [...context.begun.values()].some((result) => isTakenByRun(result?.error))
  const isHandedOn = ({ isTaken, acted }: Begun): boolean => !isTaken && isByRun && !acted.some(isOfService)
  const handedOn = half.filter(isHandedOn)
  const going = half.filter((one) => !one.isTaken && !isHandedOn(one))
  const back = done.filter((step) => going.some(({ acted }) => acted.includes(step)))
  const units = going.map(({ name }) => name)
  const [error] = going.flatMap(({ errors }) => errors).filter((one) => one !== context.signal.reason)
  const left =
    back.length === 0
      ? []
      : onFailure === 'rollback'
        ? await undo(back, error === undefined ? because : problemOf(error), context, { leftovers: [], units })
        : await leaveAll(back, context, onFailure === 'stop')
  const named = await Promise.all(
    handedOn.map(async (one) => leftTo(one, await leaveAll(one.acted.map(withoutHarmless), context, false))),
  )
  await takeBack(done.filter((step) => !back.includes(step)).map(onlyHarmless), context)
  const open = staying.flatMap((one) =>
    isByRun ? leftTo(one, notStarted(one, context, true)) : notStarted(one, context),
  )
  return { left: [...left, ...named.flat(), ...open], back: units }
}

/** What another deploy is to go on with; nobody knows whether it does. */
function leftTo({ name }: Part, lines: readonly string[]): string[] {
  return lines.map((line) => `If the other deploy does not change ${name}: ${line}`)
}

/** The parts of which something was done; a step that is of none is one by itself. */
function partsOf(done: readonly Step[], plan: Plan | undefined, { begun }: RunContext): Begun[] {
  const ofPlan = plan?.parts ?? []
  const known = new Set(ofPlan.flatMap(({ steps }) => steps))
  const alone = done
    .filter(({ id }) => !known.has(id))
    .map((step): Part => ({ name: shownSubject(step.subject), steps: [step.id], whole: [] }))
  const planned = plan?.stages.flatMap(({ steps, onFailure }) => (onFailure === 'undo' ? steps : [])) ?? done
  return [...ofPlan, ...alone].flatMap((part): Begun[] => {
    const ids = new Set(part.steps)
    const has = ({ id }: Step): boolean => ids.has(id)
    const acted = done.filter(has)
    const errors = [...begun].flatMap(([step, result]) => (has(step) ? (result?.error ?? []) : []))
    const isTaken = errors.some(isSuperseded)
    return acted.length === 0 ? [] : [{ ...part, all: planned.filter(has), acted, errors, isTaken }]
  })
}

/** Whether a part has failed, was cut off, or is one of which all or nothing is to be done. */
function isHalfDone({ begun }: RunContext) {
  const finished = new Set([...begun].flatMap(([{ id }, result]) => (result && result.error === undefined ? id : [])))
  return ({ isTaken, errors, whole, acted }: Begun): boolean => {
    if (isTaken || errors.length > 0) return !isTaken
    return !whole.every((id) => finished.has(id)) && acted.map(withoutHarmless).some((one) => one.undo?.length)
  }
}

/** The same with what others have made of it meanwhile. */
async function withOthers(half: readonly Begun[], context: RunContext): Promise<Begun[]> {
  const { clock, handlers, signal, values } = context
  const isAway = half.some(({ all, acted }) => acted.some(isOfService) && !acted.includes(all.findLast(isOfService)!))
  if (isAway) await clock.sleep(headway, signal).catch(() => undefined)
  const inside = { ...context, signal: abortController().signal, once: sharedReads(clock) }
  const isOthers = async ({ all, acted }: Begun): Promise<boolean> => {
    const step = acted.findLast(isOfService) ?? all.find(isOfService)
    if (!step || !isResolvable(step.call.input, values)) return false
    // Where it may not be read, the way back finds out: nothing is put back over what others have made.
    const asked = handlers[step.kind]?.takenOver?.(step, resolve(step.call.input, values), inside)
    return (await asked?.catch(() => undefined)) !== undefined
  }
  return Promise.all(half.map(async (one) => ({ ...one, isTaken: await isOthers(one) })))
}

/** What was to be done of a service that has got its new revision, and was not begun; `onlyWhole`: as far as it is served halfway. */
function notStarted(part: Begun, context: RunContext, onlyWhole = part.isTaken): string[] {
  const { begun, values } = context
  const { acted, all, whole } = part
  const ofService = acted.filter(isOfService)
  const isMade = ofService.length > 0 && ofService.at(-1) === all.findLast(isOfService)
  if (!isMade) return []
  return all
    .filter(({ id, call }) => calls[call.method].kind === 'write' && (!onlyWhole || whole.includes(id)))
    .filter((step) => !begun.has(step) && isResolvable(step.call.input, values))
    .map((step) => `${step.title}: it was not started. ${mend(step, aboutStep(step, context))}`)
}

const isOfService = ({ subject }: Step): boolean => subject.type === 'service'

/** The step with the ways back alone that do no harm where another deployment has taken over. */
function onlyHarmless(step: Step): Step {
  return { ...step, undo: step.undo?.filter(({ evenSuperseded }) => evenSuperseded) ?? [] }
}

/** The step without those. */
function withoutHarmless(step: Step): Step {
  return { ...step, undo: step.undo?.filter(({ evenSuperseded }) => !evenSuperseded) ?? [] }
}
