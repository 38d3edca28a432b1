/** Refuses options from code that lack a name: whoever writes no TypeScript is told by nobody else. */
import { EcsTaskError } from './errors.ts'

/** The options themselves. Throws `BadArguments` where one of these members is no text, or an empty one. */
export function named<Options extends object>(options: Options, ...members: (keyof Options & string)[]): Options {
  const given = (options ?? {}) as Readonly<Record<string, unknown>>
  for (const member of members) {
    const value = given[member]
    if (typeof value === 'string' && value.trim() !== '') continue
    throw new EcsTaskError('BadArguments', `No ${member} given.`, { fix: `Pass its name as ${member}.` })
  }
  return options
}
