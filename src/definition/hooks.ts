// The methods of a class that are called around a deploy, as far as a definition knows them.
import { messageOf } from '../ground/messageOf.ts'
import { shown } from '../ground/shown.ts'

/** In the order in which they may be called. */
export const hookNames = ['beforeDeploy', 'afterDeploy', 'afterFailure'] as const

/** What is no method, a sentence each: a deploy would not call it, and nobody would know. */
export function hookProblems(source: object): string[] {
  return hookNames.flatMap((name) => {
    try {
      const value = (source as Record<string, unknown>)[name]
      if (value === undefined || typeof value === 'function') return []
      return [`${name}: must be a method, as in async ${name}() {}, not ${shown(value)}`]
    } catch (error) {
      return [`${name}: can't be read: ${messageOf(error)}`]
    }
  })
}
