/** What a person should know of the way back of a service before it is changed. */
import { nameOf } from '../ground/names.ts'

/** Where a service goes back to; `goal` and `runs` are ARNs of revisions. */
interface WayBack {
  readonly goal: string | undefined
  /** What it runs now. */
  readonly runs: string | undefined
  /** Whether a copy of the goal is registered, which is no longer ACTIVE. */
  readonly isCopied: boolean
  /** Whether the goal is no longer ACTIVE, and AWS does not show it either. */
  readonly isUnknown: boolean
}

/** The warnings, a sentence each; none where the service simply goes back to what it runs. */
export function wayBackWarnings(service: string, { goal = '', runs = '', isCopied, isUnknown }: WayBack): string[] {
  const name = `Service ${nameOf(service)}`
  const gone = `${name} ${goal === runs ? 'runs' : 'last ran successfully'} ${nameOf(goal)}, which is no longer ACTIVE`
  return [
    ...(goal === runs
      ? []
      : [
          `${name} has not completed the deployment of ${nameOf(runs)}: on failure it goes back to ${nameOf(goal)}, the last one that was successful.`,
        ]),
    ...(isCopied ? [`${gone}: if this fails, a copy of it is registered to go back to.`] : []),
    ...(isUnknown ? [`${gone}: if this fails, it cannot go back to it.`] : []),
  ]
}
