/** What AWS answers where a permission is missing. */

/** What AWS calls it; the Query services leave `Exception` out. */
const denials = new Set(['AccessDeniedException', 'AccessDenied', 'UnauthorizedOperation', 'AuthorizationError'])

/** Whether AWS refused a call because a permission is missing. */
export function isDenied(error: unknown): boolean {
  return error instanceof Error && denials.has(error.name)
}

/** The action and the resource that AWS names, `ecs:RunTask` and `*`, as far as it does. */
export function deniedAction(message: string): { readonly action?: string; readonly resource?: string } {
  const { groups = {} } =
    /not authorized to perform: (?<action>[\w-]+:\w+)(?: on resource: (?<resource>\S{1,2048}))?/.exec(message) ?? {}
  return groups
}
