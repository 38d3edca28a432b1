// The names of classes where several have the same one.
import { isNameless, nameOfClass } from '../../definition/read.ts'
import type { DeclaredTask } from './door.ts'

/**
 * Classes of one name are told apart by their files, those of one file by their families: one name would be one unit of a deploy,
 * and nobody could choose among them. A class without a name goes by its family anyway.
 */
export function toldApart<Task extends DeclaredTask & { readonly path?: string }>(tasks: readonly Task[]): Task[] {
  return tasks.map((task) => {
    const { name, path, source, problem } = task
    const others = isNameless(name) ? [] : tasks.filter((other) => other !== task && other.name === name)
    const isElsewhere = others.some((other) => other.path !== path)
    const isHere = others.some((other) => other.path === path)
    const family = isHere && problem === undefined ? nameOfClass(source, '') : undefined
    const apart = [isElsewhere ? path : undefined, family].filter((one) => one !== undefined)
    return apart.length === 0 ? task : { ...task, name: `${name} (${apart.join(', ')})` }
  })
}
