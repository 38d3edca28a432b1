/** How a run ends that went on with the other classes where one failed: what is claimed, and what is still to do. */
import { ownCommand } from '../ground/command.ts'
import { namesInWords } from '../ground/names.ts'
import type { RunContext } from './performStep.ts'
import type { Fleet, Plan } from './plan.ts'
import type { RunResult } from './result.ts'
import { type Ending, endings, summaryOf } from './summary.ts'
import type { GivenUp, Units } from './units.ts'

/** What is said of classes that ended so; they are one or several. */
const fates: { readonly [E in Ending]?: (be: 'was' | 'were') => string } = {
  restored: (be) => `failed and ${be} put back`,
  changedNothing: () => 'failed and changed nothing',
  nothingLeft: () => 'failed with nothing left to put back',
  notRestored: (be) => `failed and ${be} NOT put back completely`,
  left: (be) => `failed and ${be} left as ${be === 'was' ? 'it is' : 'they are'}`,
  leftGoing: (be) => `timed out and ${be} left as ${be === 'was' ? 'it is' : 'they are'}`,
  stopped: (be) => `failed and ${be} stopped`,
  stoppedGoing: (be) => `timed out and ${be} stopped`,
  superseded: (be) => `${be} superseded`,
}

/** The end of a run of which classes have failed. */
export function endedInPart(
  plan: Plan,
  context: RunContext,
  of: { readonly left: readonly string[]; readonly leftovers: readonly string[]; readonly units: Units },
): RunResult {
  const { left, leftovers, units } = of
  const { givenUp } = units
  const problem = givenUp[0]?.problem
  const lost = new Set(givenUp.flatMap(({ unit, blocked }) => [unit, ...blocked]))
  const hasKept = [...units.changed].some((one) => !lost.has(one))
  const ofUnits = [...givenUp.flatMap((one) => one.left), ...leftovers]
  const all = new Set(givenUp.map(({ ending }) => ending))
  const [only] = all
  // Where nothing has changed for good, production is what it would be if the run had ended with the first failure.
  if (!hasKept && left.length === 0 && all.size === 1 && only !== undefined) {
    const unchanged = only === 'changedNothing' && context.aws.writes > 0 ? 'nothingLeft' : only
    const isClean = endings[unchanged].outcome === 'restored'
    const ending = ofUnits.length > 0 && isClean ? 'notRestored' : unchanged
    return { ...summaryOf(plan, ending), ...(problem && { problem }), left: ofUnits }
  }
  const { plan: told, seen, left: toDo } = partlyDone(plan, context, units)
  const ending = left.length > 0 ? 'notEverything' : 'partly'
  return {
    ...summaryOf(told, ending, seen),
    ...(problem && { problem }),
    left: [...toDo, ...left, ...leftovers],
    lost: [...lost],
  }
}

/** The plan with no more claimed than was done, and what is left of the classes that failed and of those not started. */
export function partlyDone(
  plan: Plan,
  context: RunContext,
  units: Units | undefined,
): { readonly plan: Plan; readonly seen: RunContext; readonly left: readonly string[] } {
  const { fleet, started } = plan
  if (!fleet || !units || units.givenUp.length === 0) return { plan, seen: context, left: [] }
  const { givenUp } = units
  const blocked = givenUp.flatMap((one) => one.blocked)
  const total = fleet.units.length
  const count = `${total - givenUp.length - blocked.length} of ${total} classes`
  const notStarted = blocked.length > 0 ? [saidOf(blocked, (be) => `${be} not started`)] : []
  return {
    plan: {
      ...plan,
      done: `${fleet.done} ${count}`,
      ...(started !== undefined && { started: `${fleet.started} ${count}` }),
    },
    seen: { ...context, remarks: [...fatesOf(givenUp), ...notStarted, ...context.remarks] },
    left: [
      ...givenUp.flatMap((one) => one.left),
      ...givenUp.map((one) => failedLine(one, fleet, context)),
      ...givenUp.flatMap((one) => blockedLines(one, fleet, { ...context, units })),
    ],
  }
}

/** `Api and Web failed and were put back`, for each way in which classes ended. */
function fatesOf(givenUp: readonly GivenUp[]): string[] {
  return [...new Set(givenUp.map(({ ending }) => ending))].map((ending) =>
    saidOf(
      givenUp.filter((one) => one.ending === ending).map(({ unit }) => unit),
      fates[ending] ?? (() => 'failed'),
    ),
  )
}

function saidOf(names: readonly string[], say: (be: 'was' | 'were') => string): string {
  return `${namesInWords(names)} ${say(names.length === 1 ? 'was' : 'were')}`
}

type Program = Pick<RunContext, 'program'>

function failedLine(one: GivenUp, fleet: Fleet, context: Program): string {
  const { unit, ending } = one
  const [superseded] = supersededLine(one, context)
  if (superseded !== undefined) return superseded
  const said = `${saidOf([unit], fates[ending] ?? (() => 'failed'))}.`
  return context.program === undefined ? said : `${said} ${doItWith(fleet, [unit], context.program)}`
}

/** What was taken over of a class is not put back, however the run ends: the newer change stays. */
export function supersededLine({ unit, ending }: GivenUp, { program }: Program): string[] {
  if (ending !== 'superseded') return []
  const said = `${unit} was superseded.`
  return [
    program === undefined ? said : `${said} See what it runs with: ${ownCommand(program, 'status', { only: unit })}`,
  ]
}

/** What a class waits for that was not done either goes with it. */
function blockedLines(
  { unit, blocked }: GivenUp,
  fleet: Fleet,
  { program, units }: Program & { readonly units: Units },
): string[] {
  const lost = new Set(units.givenUp.flatMap((one) => [one.unit, ...one.blocked]))
  const afterOf = new Map(fleet.units.map(({ name, after }) => [name, after]))
  return blocked.map((name) => {
    const wanted = new Set([name])
    for (const one of wanted) for (const before of afterOf.get(one) ?? []) if (lost.has(before)) wanted.add(before)
    const said = `${name} was not started, because ${unit} failed.`
    const inOrder = fleet.units.map((one) => one.name).filter((one) => wanted.has(one))
    return program === undefined ? said : `${said} ${doItWith(fleet, inOrder, program)}`
  })
}

function doItWith({ again: { command, tag, options } }: Fleet, names: readonly string[], program: string): string {
  return `${command === 'deploy' ? 'Deploy it' : 'Roll it back'} with: ${ownCommand(program, command, { ...options, only: names.join(',') }, tag)}`
}
