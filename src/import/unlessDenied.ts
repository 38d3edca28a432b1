// Reads what an import can do without.
import { deniedAction, isDenied } from '../aws/denied.ts'

/** What was read; nothing and a sentence where a permission is missing, which is `action` unless AWS names another. */
export async function unlessDenied<T>(
  what: string,
  action: string,
  read: () => Promise<readonly T[]>,
): Promise<{ readonly found: readonly T[]; readonly warnings: readonly string[] }> {
  try {
    return { found: await read(), warnings: [] }
  } catch (error) {
    if (!isDenied(error)) throw error
    const missing = deniedAction((error as Error).message).action ?? action
    return { found: [], warnings: [`${what} are not imported: the permission ${missing} is missing.`] }
  }
}
