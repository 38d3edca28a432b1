// Reads what an import can do without.
import { unlessDenied, whyUnreadable } from '../../rollout/missingPermission.ts'

/** What was read; nothing and a sentence where a permission is missing, which is `action` unless AWS names another. */
export async function readIfAllowed<T>(
  what: string,
  action: string,
  read: () => Promise<readonly T[]>,
): Promise<{ readonly found: readonly T[]; readonly warnings: readonly string[] }> {
  const denied = unlessDenied((error) => ({
    found: [],
    warnings: [`${what} are not imported: ${whyUnreadable(error, action)}.`],
  }))
  return read().then((found) => ({ found, warnings: [] }), denied)
}
