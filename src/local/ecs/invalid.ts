// What ECS refuses an input with: InvalidParameterException.
import { AwsFault } from '../world/fault.ts'

export const invalid = (message: string): AwsFault => new AwsFault('InvalidParameterException', message)

/** Refuses a value that is not in ECS's list for that member; an absent one passes. */
export function checkOneOf(member: string, value: string | undefined, allowed: readonly string[]): void {
  if (value === undefined || allowed.includes(value)) return
  throw invalid(`${member} should be one of [${allowed.join(', ')}]`)
}
