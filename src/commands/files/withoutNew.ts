/** What was meant where a class was called like a function; undefined for any other error. */
export function withoutNew(error: Error): string | undefined {
  const name = /^Class constructor (\S+) cannot be invoked without 'new'/.exec(error.message)?.[1]
  return name && `${name} is a class; write new ${name}()`
}
