/** What may not be read is said in the place of what it would have shown. */
import { isDenied, whyUnreadable } from '../rollout/missingPermission.ts'

export async function readable(what: string, action: string, read: () => Promise<string[]>): Promise<string[]> {
  try {
    return await read()
  } catch (error) {
    if (!isDenied(error)) throw error
    return [`${what.charAt(0).toUpperCase()}${what.slice(1)} could not be read: ${whyUnreadable(error, action)}.`]
  }
}
