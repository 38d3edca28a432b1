/** Puts the steps of several classes in order: a class waits only for those that it is after. */
import { dependenciesFirst } from '../ground/dependenciesFirst.ts'
import type { Stage, Unit } from './plan.ts'
import type { Step } from './step.ts'

/**
 * One stage in place of several: the steps of a class go stage by stage, and its first ones need the last ones of each class
 * that it is after; where that one has none, what that one is after counts. What is independent goes side by side.
 */
export function unitStage(title: string, stages: readonly Stage[], units: readonly Unit[]): Stage {
  const byUnit = stages.map(({ steps }) => stepsByUnit(steps))
  const ends = new Map<string, readonly string[]>()
  const all: Step[] = []
  for (const { name, after } of dependenciesFirst(units, (unit) => unit.after)) {
    let end: readonly string[] = [...new Set(after.flatMap((one) => ends.get(one) ?? []))]
    for (const [index, { together }] of stages.entries()) {
      const steps = byUnit[index]?.get(name) ?? []
      for (const step of steps) {
        all.push(withNeeds(step, end))
        if (!together) end = [step.id]
      }
      if (together && steps.length > 0) end = steps.map(({ id }) => id)
    }
    ends.set(name, end)
  }
  return { title, steps: all, together: true, onFailure: 'undo' }
}

function stepsByUnit(steps: readonly Step[]): ReadonlyMap<string, readonly Step[]> {
  const found = new Map<string, Step[]>()
  for (const step of steps) {
    const [name = ''] = step.units ?? []
    found.set(name, [...(found.get(name) ?? []), step])
  }
  return found
}

function withNeeds(step: Step, more: readonly string[]): Step {
  const needs = [...new Set([...(step.needs ?? []), ...more])]
  return needs.length > 0 ? { ...step, needs } : step
}

/** What the order of classes means for a plan. */
interface ClassOrder<C extends Unit> {
  /** The classes, each after those that it waits for. */
  readonly classes: readonly C[]
  readonly units: readonly Unit[]
  /** Whether each class goes by itself; otherwise all go stage by stage. */
  readonly isOrdered: boolean
  readonly goesOn: boolean
}

/** `backwards`: what others are after goes once they are done. */
export function orderOf<C extends Unit>(
  declared: readonly C[],
  { keepGoing, backwards = false }: { readonly keepGoing: boolean; readonly backwards?: boolean },
): ClassOrder<C> {
  const forwards = unitsOfClasses(declared)
  const units = backwards ? reversed(forwards) : forwards
  const goesOn = keepGoing && units.length > 1
  const isOrdered = goesOn || units.some(({ after }) => after.length > 0)
  const afterOf = new Map(units.map(({ name, after }) => [name, after]))
  const classes = isOrdered ? dependenciesFirst(declared, ({ name }) => afterOf.get(name) ?? []) : declared
  return { classes, units, isOrdered, goesOn }
}

/** The classes as units, of those in this run alone; classes of the same name are one. */
function unitsOfClasses(classes: readonly Unit[]): Unit[] {
  const names = new Set(classes.map(({ name }) => name))
  return [...names].map((name) => {
    const after = classes.filter((one) => one.name === name).flatMap((one) => one.after)
    return { name, after: [...new Set(after)].filter((one) => names.has(one)) }
  })
}

/** The units the other way round: what others are after goes once they are done. */
function reversed(units: readonly Unit[]): Unit[] {
  return units.map(({ name }) => ({
    name,
    after: units.filter(({ after }) => after.includes(name)).map((one) => one.name),
  }))
}
