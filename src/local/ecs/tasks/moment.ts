import type { TaskStep } from '../../world/world.ts'

/** A step of a task's life, with the milliseconds after its start at which it comes. */
export type Moment = Omit<TaskStep, 'after'> & { at: number }

/** From moments to steps: sorted by time, those of the same time in the order they were given. */
export function stepsOf(moments: Moment[]): TaskStep[] {
  const sorted = moments.toSorted((a, b) => a.at - b.at)
  return sorted.map(({ at, ...step }, index) => ({ ...step, after: at - (sorted[index - 1]?.at ?? 0) }))
}
