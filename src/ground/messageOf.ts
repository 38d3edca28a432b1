// What somebody else's code has thrown, in words.

/** How many errors are told of, each the cause of the one before. */
const mostCauses = 5

/** The message of an error and of what has caused it: of `fetch failed`, only the cause says why. There are things that have none. */
export function messageOf(error: unknown): string {
  if (error instanceof RangeError && /call stack/i.test(error.message)) return 'it is nested too deep'
  if (!(error instanceof Error)) return typeof error === 'string' ? error : 'what it throws is no error'
  const messages: string[] = []
  let next: unknown = error
  for (let left = mostCauses; left > 0 && next instanceof Error; left--) {
    const message = ownMessage(next)
    if (!messages.some((before) => before.includes(message))) messages.push(message)
    next = next.cause
  }
  return messages.join(': ')
}

/** Several errors in one have no message of their own, as where a host has several addresses; the code of a system error says what it is. */
function ownMessage(error: Error): string {
  const { message, name, code } = error as NodeJS.ErrnoException
  if (message !== '' || !(error instanceof AggregateError)) return message || (code ?? name)
  return error.errors.map((one) => (one instanceof Error && one.message) || String(one)).join(', ') || name
}
