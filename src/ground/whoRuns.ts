// Who runs the program, as others are told: the user and the machine.
import { hostname, userInfo } from 'node:os'

/** `alice@laptop`; only the machine where the user has no name, as in some containers. */
export function whoRuns(): string {
  try {
    return `${userInfo().username}@${hostname()}`
  } catch {
    return hostname()
  }
}
