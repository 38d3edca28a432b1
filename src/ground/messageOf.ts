// What somebody else's code has thrown, in words.

/** The message of an error; there are things that have none. */
export function messageOf(error: unknown): string {
  if (error instanceof RangeError && /call stack/i.test(error.message)) return 'it is nested too deep'
  if (error instanceof Error) return error.message
  return typeof error === 'string' ? error : 'what it throws is no error'
}
