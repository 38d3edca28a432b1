/** What has become of each class of a run that goes on with the others where one fails. */
import type { Problem } from './events.ts'
import type { RunContext, StepResult } from './performStep.ts'
import type { Plan, Unit } from './plan.ts'
import { problemOf } from './problem.ts'
import type { Step } from './step.ts'
import type { Ending } from './summary.ts'

/** A class that failed, with those that are not started because of it. */
export interface GivenUp {
  readonly unit: string
  readonly blocked: readonly string[]
  readonly problem: Problem
  readonly ending: Ending
  /** What was not put back, each with the command that fixes it. */
  readonly left: readonly string[]
}

/** What is done with the steps of a class that has failed, and of those that are not started because of it. */
export interface Failure {
  readonly failed: StepResult
  /** The steps of the class that AWS may have acted on, in the order in which they were begun. */
  readonly done: readonly Step[]
  /** Those of the classes that are not started. */
  readonly ofBlocked: readonly Step[]
  readonly units: readonly string[]
}

export interface Units {
  /** Why a step is not begun: a class that it is for has failed, or waits for one that has. */
  whyNot(step: Step): string | undefined
  /** The class of a step has failed: once its other steps have ended, it is put back or left, beside what goes on. */
  fail(failed: StepResult, begun: readonly Promise<StepResult>[]): void
  /** Notes what AWS may have acted on. */
  note(results: readonly StepResult[]): void
  /** The classes of which something was done, whatever became of them. */
  readonly changed: ReadonlySet<string>
  /** Resolves once nothing is being put back any more, or when this is aborted. */
  settled(signal?: AbortSignal): Promise<void>
  /** In the order in which they failed, as far as they are settled. */
  readonly givenUp: readonly GivenUp[]
}

/** Keeps track of the classes of a plan; `giveUp` puts the steps of a failed one back, or leaves them. */
export function unitsOf(
  { fleet }: Plan,
  { begun }: RunContext,
  giveUp: (failure: Failure) => Promise<Pick<GivenUp, 'ending' | 'left'>>,
): Units | undefined {
  if (!fleet) return undefined
  const reasons = new Map<string, string>()
  const givenUp: GivenUp[] = []
  const changed = new Set<string>()
  const ends: Promise<void>[] = []
  const actedOf = (names: readonly string[]): Step[] =>
    [...begun].flatMap(([step, result]) =>
      result?.acted && step.units?.some((one) => names.includes(one)) ? step : [],
    )

  async function putBack(failed: StepResult, unit: string, blocked: readonly string[]): Promise<void> {
    const units = [unit, ...blocked]
    const ended = await giveUp({ failed, done: actedOf([unit]), ofBlocked: actedOf(blocked), units })
    givenUp.push({ unit, blocked, problem: problemOf(failed.error), ...ended })
  }

  return {
    givenUp,
    changed,
    note(results) {
      for (const { step, acted } of results) if (acted) for (const unit of step.units ?? []) changed.add(unit)
    },
    whyNot: ({ units = [] }) => units.flatMap((unit) => reasons.get(unit) ?? [])[0],
    fail(failed, steps) {
      const [unit = ''] = failed.step.units ?? []
      if (reasons.has(unit)) return
      reasons.set(unit, `${unit} failed`)
      const blocked = dependentsOf(unit, fleet.units).filter((one) => !reasons.has(one))
      for (const one of blocked) reasons.set(one, `not started, because ${unit} failed`)
      ends.push(Promise.all(steps).then(() => putBack(failed, unit, blocked)))
    },
    async settled(signal) {
      let abort = (): void => {}
      const aborted = new Promise<void>((resolve) => {
        abort = resolve
        if (signal?.aborted) resolve()
      })
      signal?.addEventListener('abort', abort)
      await Promise.race([aborted, Promise.all(ends)])
      signal?.removeEventListener('abort', abort)
    },
  }
}

/** The units that are after one, however many others stand between them. */
function dependentsOf(name: string, units: readonly Unit[]): string[] {
  const found = new Set([name])
  // A set goes on to what is added to it meanwhile.
  for (const one of found) for (const unit of units) if (unit.after.includes(one)) found.add(unit.name)
  return [...found].slice(1)
}
