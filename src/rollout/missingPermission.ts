/** Why something could not be read, naming the missing permission. */
import { deniedAction, isDenied } from '../aws/denied.ts'

/** What is done in place of a call for which a permission is missing. */
export function unlessDenied<T>(instead: (error: unknown) => T): (error: unknown) => T {
  return (error) => {
    if (!isDenied(error)) throw error
    return instead(error)
  }
}

/** Does without what may not be read, and adds to `unread` a sentence that says what that is, and why. */
export function noting(unread: string[]): <T>(what: string, instead: T, action?: string) => (error: unknown) => T {
  return (what, instead, action = 'to read them') =>
    unlessDenied((error) => {
      unread.push(`${what} could not be read: ${whyUnreadable(error, action)}.`)
      return instead
    })
}

/** Why something could not be read, in a few words. `action` is the permission that reading it takes. */
export function whyUnreadable(error: unknown, action: string): string {
  const { name, message } = error instanceof Error ? error : new Error(String(error))
  // What is read about a failure has a limit.
  if (name === 'AbortError') return 'there was no answer in time'
  if (!isDenied(error)) return name === 'Error' ? message : `${name}: ${message}`
  return `the permission ${deniedAction(message).action ?? action} is missing`
}
