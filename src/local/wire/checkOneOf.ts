import { AwsFault } from '../world/fault.ts'

/** Refuses a value outside of ECS's list for that member; an absent one passes. */
export function checkOneOf(member: string, value: string | undefined, allowed: readonly string[]): void {
  if (value === undefined || allowed.includes(value)) return
  throw new AwsFault('InvalidParameterException', `${member} should be one of [${allowed.join(', ')}]`)
}
