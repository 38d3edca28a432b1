import type { Invariant } from './seen.ts'

/** A service is said to be done only when its own deployment has completed. */
export const followed: Invariant = {
  name: 'a followed step is finished when its deployment has completed',
  check: ({ run }) =>
    run.followed.flatMap(({ step, hasCompleted }) => (hasCompleted ? [] : [`${step} was finished before`])),
}
