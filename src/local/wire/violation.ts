// The refusals of AWS's own check of an input against the constraints of its model.
import { AwsFault } from '../world/fault.ts'

/** The message about a value that breaks a constraint of its member; `must` goes on after "Member must". */
export const violation = (member: string, value: unknown, must: string): string =>
  `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must ${must}`

/** Refuses a page size outside of 1 to `most`; an absent one passes. */
export function checkPageSize(member: string, value: number | undefined, most: number): void {
  if (value === undefined || (value >= 1 && value <= most)) return
  const bound = value < 1 ? 'greater than or equal to 1' : `less than or equal to ${most}`
  throw new AwsFault('ValidationError', violation(member, value, `have value ${bound}`))
}
