// What `EcsTask.main()` was given, and what was meant where that is no list of classes.
import type { Declared } from '../../definition/definition.ts'
import { shown } from '../../ground/shown.ts'
import { type DeclaredTask, isDefinitionClass } from './door.ts'
import { toldApart } from './toldApart.ts'

/** One of each class of `caller.main(given)`. What is not a class comes with the problem, to be told with all others. */
export function handedTasks(caller: { readonly name: string }, isBase: boolean, given: unknown): DeclaredTask[] {
  if (!Array.isArray(given)) return [misused(isBase ? 'EcsTask' : caller.name, whatIsMeant(caller, isBase, given))]
  return toldApart(given.map(handed))
}

function handed(one: unknown): DeclaredTask {
  if (isDefinitionClass(one)) return { name: one.name, source: made(one) }
  const name = className(one)
  if (name === undefined) return misused('EcsTask', `EcsTask.main() takes classes, not ${shown(one)}`)
  return misused(name, `EcsTask.main() takes classes; write EcsTask.main([${name}]) without new`)
}

function whatIsMeant({ name }: { readonly name: string }, isBase: boolean, given: unknown): string {
  if (!isBase) return `${name}.main() runs no class; write new ${name}().main()`
  return `EcsTask.main() takes a list of classes; write EcsTask.main([${className(given) ?? 'Web, Worker'}])`
}

/** The name of a class of ours, or of the class that something is one of. */
function className(value: unknown): string | undefined {
  const Class: unknown = typeof value === 'object' && value !== null ? value.constructor : value
  return isDefinitionClass(Class) ? Class.name : undefined
}

function misused(name: string, problem: string): DeclaredTask {
  return { name, source: {} as Declared, problem }
}

/** A class that cannot be made declares what cannot be read, which is told with all else that is wrong. */
function made(Class: new () => Declared): Declared {
  try {
    return new Class()
  } catch (error) {
    return {
      get taskDefinition(): never {
        throw error
      },
    }
  }
}
