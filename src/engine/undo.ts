/** Puts back what was done, or says how a person does it. */
import { abortController } from '../ground/abortController.ts'
import { calls, operationOf } from '../aws/aws.ts'
import { isCut } from '../definition/secrets/redact.ts'
import { awsCommand, ownCommand } from '../ground/command.ts'
import { EcsTaskError } from '../ground/errors.ts'
import type { Problem } from './events.ts'
import { type RunContext, type StepResult, performStep } from './performStep.ts'
import { isSuperseded, problemOf } from './problem.ts'
import { sharedReads } from './sharedReads.ts'
import { type Step, isResolvable, resolve } from './step.ts'
import { undoPhases } from './stepHandler.ts'
import { thingOf } from './gate.ts'
import { undoOrder } from './undoOrder.ts'

/** Milliseconds that each wait of the way back may take at least: a short `--timeout` is about the way there. */
const wayBack = 30 * 60_000

/**
 * Puts back what was done, what was begun last first and side by side where AWS allows it: what others need goes after them, revisions last, and what is about the same thing one after another. Answers what could not be put back, each with the command that does it, and the `leftovers`
 * that stay in any case. The wait that failed is over; the way back has a wait and a limit of its own. `units` are the classes whose steps
 * these are, where the others go on.
 */
export async function undo(
  done: readonly Step[],
  because: Problem,
  context: RunContext,
  { leftovers, units }: { readonly leftovers: readonly string[]; readonly units?: readonly string[] | undefined },
): Promise<string[]> {
  const of = units && { units }
  context.emit({ type: 'undo.started', because, ...of })
  const all = [...(await takeBack(done, context)), ...goingOn(done, context), ...leftovers]
  context.emit({ type: 'undo.finished', restored: all.length === 0, left: all, ...of })
  return all
}

/** Performs the ways back of steps; answers what could not be put back, each with the command that does it. */
export async function takeBack(done: readonly Step[], context: RunContext): Promise<string[]> {
  const left: string[] = []
  /** What somebody else has made meanwhile in place of what was to come back. */
  const others = new Set<string>()
  const { signal } = abortController()
  const timeout = Math.max(context.timeout, wayBack)
  const inside = { ...context, signal, timeout, once: sharedReads(context.clock) }
  const perform = async (step: Step, way: readonly Step[] = []): Promise<void> => {
    // What nobody knows to have been made was noted as left when its answer was lost.
    if (lacksValue(step, context) || isOvertaken(step, way, context)) return
    if (isMissing(step, way, context)) return void left.push(`${step.title}: it was left. ${mend(step, context)}`)
    const leave = await context.gate(step, { undoing: true })
    const { error, skipped, usedBy = [] } = await performStep(step, inside, { undoing: true }).finally(leave)
    if (isSuperseded(error)) others.add(thingOf(step.subject))
    const why = skipped === undefined ? problemOf(error).what : `${skipped}.`
    // What somebody else's service runs stays, and nobody is to take it away.
    const isTheirs = usedBy.some((one) => others.has(one))
    if (error || skipped)
      left.push(isTheirs ? `${step.title}: ${why}` : `${step.title}: ${why} ${mend(step, context, error)}`)
  }
  const newestFirst = done.toReversed().map((step) => ({ step, phases: undoOrder(step.undo ?? [], context.handlers) }))
  for (const phase of undoPhases.keys()) {
    const ends = new Map<Step, Promise<void>>()
    const latest = new Map<string, Promise<void>>()
    for (const { step, phases } of newestFirst) {
      const steps = phases[phase] ?? []
      const about = steps[0] && thingOf(steps[0].subject)
      const dependents = newestFirst.filter((other) => other.step.needs?.includes(step.id))
      const before = [
        ...dependents.flatMap((other) => ends.get(other.step) ?? []),
        ...(about === undefined ? [] : [latest.get(about) ?? Promise.resolve()]),
      ]
      const end = Promise.all(before).then(async () => {
        for (const one of steps) await perform(one, step.undo)
      })
      ends.set(step, end)
      if (about !== undefined) latest.set(about, end)
    }
    await Promise.all(ends.values())
  }
  return left
}

/**
 * What is left where nothing is put back. With `stops`, what still goes on is told to stop first; what AWS then puts back by
 * itself, and what it has put back already, is nothing for a person to do.
 */
export async function leaveAll(done: readonly Step[], context: RunContext, stops: boolean): Promise<string[]> {
  const { handlers, begun } = context
  const stopped = stops ? await Promise.all(done.map(async (one) => handlers[one.kind]?.stop?.(one, context))) : []
  const gone = await Promise.all(
    done.map(async (one) => handlers[one.kind]?.goneBack?.(one, begun.get(one)?.error, context)),
  )
  const going = [...stopped, ...gone].flatMap((one) => one ?? [])
  const byAws = new Set(going.flatMap(({ steps }) => steps))
  return [...going.flatMap(({ left }) => left ?? []), ...goingOn(done, context), ...undoByHand(done, context, byAws)]
}

/** What AWS goes on with by itself after steps that nobody has followed. */
function goingOn(done: readonly Step[], context: RunContext): string[] {
  return done.flatMap((step) => (step.follow ? [] : (context.handlers[step.kind]?.goesOn?.(step, context) ?? [])))
}

/** What `undo` would have done but for `byAws`, each with the command that does it. */
function undoByHand(done: readonly Step[], context: RunContext, byAws: ReadonlySet<Step> = new Set()): string[] {
  return done.toReversed().flatMap(({ undo: steps = [] }) =>
    steps
      .filter((step) => !byAws.has(step) && !lacksValue(step, context) && !isDone(step, context))
      .filter((step) => !isOvertaken(step, steps, context))
      .map(
        (step) =>
          `${step.title}: it was ${isUnderWay(step, context) ? 'in progress' : 'left'}. ${mend(step, context, context.begun.get(step)?.error)}`,
      ),
  )
}

/** What is half done at this moment: the steps that are under way, and each way back that has not come to its end. */
export function halfDone(context: RunContext): string[] {
  const done = [...context.begun].filter(([, result]) => !result || result.acted).map(([step]) => step)
  const back = new Set(done.flatMap(({ undo: steps = [] }) => steps))
  const underWay = done.filter(
    (step) => isUnderWay(step, context) && !back.has(step) && calls[step.call.method].kind === 'write',
  )
  const inProgress = underWay.map(({ title }) => `${title}: it was in progress.`)
  const ended = done.filter((step) => !underWay.includes(step))
  return [...inProgress, ...goingOn(ended, context), ...undoByHand(done, context)]
}

function isUnderWay(step: Step, { begun }: RunContext): boolean {
  return begun.has(step) && begun.get(step) === undefined
}

function isDone(step: Step, { begun }: RunContext): boolean {
  const result = begun.get(step)
  return result !== undefined && result.error === undefined && result.skipped === undefined
}

/** The step of a way back on whose success another rests, if it has failed and AWS has done nothing of it, or somebody else has come after. */
function missing({ restsOn }: Step, way: readonly Step[], { begun }: RunContext): StepResult | undefined {
  const base = restsOn === undefined ? undefined : way.find(({ id }) => id === restsOn)
  const result = base && begun.get(base)
  return result?.error !== undefined && (!result.acted || isSuperseded(result.error)) ? result : undefined
}

function isMissing(...of: Parameters<typeof missing>): boolean {
  return missing(...of) !== undefined
}

/** Whether a step is about what somebody else has made meanwhile in place of what was to come back: nobody is to do it. */
function isOvertaken(step: Step, way: readonly Step[], context: RunContext): boolean {
  return isSuperseded(missing(step, way, context)?.error)
}

/** The AWS CLI's command for a step that a person must now perform; or what its error, or the step, knows to do it better. */
export function mend(step: Step, context: RunContext, error?: unknown): string {
  // Its command cannot work while that of somebody else is there.
  if (isSuperseded(error) && ['service', 'scalableTarget'].includes(step.subject.type))
    return problemOf(error).fix ?? ''
  const { call } = step
  const evidence = error instanceof EcsTaskError ? error.evidence : undefined
  const instead = evidence && 'mend' in evidence ? String(evidence.mend) : step.mend
  const input = instead === undefined ? resolve(call.input, context.values) : call.input
  const kebab = operationOf(call.method).replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  const { client } = calls[call.method]
  const command = instead ?? awsCommand(`${client} ${kebab}`, { 'cli-input-json': JSON.stringify(input) })
  return isCut(context.redact(command)) ? withoutCommand(step, context) : `Do it with: ${command}`
}

/** A command in which a secret is hidden would put the dots in its place, so there is none. */
function withoutCommand({ subject: { type } }: Step, { program }: RunContext): string {
  const rollsBack = program !== undefined && ['service', 'rule', 'schedule'].includes(type)
  return rollsBack
    ? `The AWS CLI's command would contain a secret. Do it with: ${ownCommand(program, 'rollback')}`
    : 'Do it in the AWS console; a command would contain a secret.'
}

function lacksValue({ call }: Step, { values }: RunContext): boolean {
  return !isResolvable(call.input, values)
}
