/** Why something could not be read, naming the missing permission. */
/** What AWS calls it when a permission is missing; the Query services leave `Exception` out. */
const denials = new Set(['AccessDeniedException', 'AccessDenied', 'UnauthorizedOperation', 'AuthorizationError'])

/** Whether AWS refused a call for want of a permission. */
export function isDenied(error: unknown): boolean {
  return error instanceof Error && denials.has(error.name)
}

/** What is done in place of a call for which a permission is missing. */
export function unlessDenied<T>(instead: (error: unknown) => T): (error: unknown) => T {
  return (error) => {
    if (!isDenied(error)) throw error
    return instead(error)
  }
}

/** Why something could not be read, in a few words. `action` is the permission that reading it takes. */
export function whyUnreadable(error: unknown, action: string): string {
  const { name, message } = error instanceof Error ? error : new Error(String(error))
  if (!isDenied(error)) return name === 'Error' ? message : `${name}: ${message}`
  const [, denied = action] = /not authorized to perform: ([\w-]+:\w+)/.exec(message) ?? []
  return `the permission ${denied} is missing`
}
