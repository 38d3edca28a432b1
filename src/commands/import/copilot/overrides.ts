// taskdef_overrides of a manifest: members of the task definition by their paths in CloudFormation's spelling.
import { type Tree, isMembers } from '../tree.ts'
import { isPlain } from '../../../ground/shown.ts'
import type { Manifest } from './manifest.ts'
import type { Valued } from './values.ts'

/** A task definition with what was overridden, and comments on what could not be. */
interface Overridden {
  readonly members: Valued
  readonly lines: readonly string[]
}

export function overridden(members: Valued, manifest: Manifest): Overridden {
  const list = manifest.at('taskdef_overrides')
  if (!Array.isArray(list)) return { members, lines: [] }
  return list.reduce<Overridden>(
    (before, _one, index) => {
      const at = ['taskdef_overrides', index] as const
      const path = manifest.at(...at, 'path')
      const after =
        typeof path === 'string'
          ? withValue(before.members, stepsOf(path), valueOf(manifest.at(...at, 'value')))
          : undefined
      if (!isMembers(after)) return before
      manifest.take(() => true, ...at)
      return { members: after as Valued, lines: [...before.lines, `taskdef_overrides: ${String(path)}`] }
    },
    { members, lines: [] },
  )
}

/** `ContainerDefinitions[0].Ulimits[-].HardLimit`; `-` is behind the last element. */
function stepsOf(path: string): (string | number)[] {
  return path.split('.').flatMap((part) => {
    const [, name = '', index] = /^([^[\]]+)(?:\[(\d+|-)\])?$/.exec(part) ?? []
    if (index === undefined) return [lowered(name)]
    return [lowered(name), index === '-' ? Infinity : Number(index)]
  })
}

const lowered = (name: string): string => name.slice(0, 1).toLowerCase() + name.slice(1)

function valueOf(value: unknown): Tree {
  if (Array.isArray(value)) return value.map(valueOf)
  if (!isPlain(value)) return value as Tree
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [lowered(name), valueOf(member)]))
}

/** A copy with the value at its place; undefined where there is no such place. */
function withValue(tree: Tree | undefined, steps: readonly (string | number)[], value: Tree): Tree | undefined {
  const [step, ...rest] = steps
  if (step === undefined) return value
  if (typeof step === 'string') {
    if (step === '' || (tree !== undefined && !isMembers(tree))) return undefined
    const inside = withValue(tree?.[step], rest, value)
    return inside === undefined ? undefined : { ...tree, [step]: inside }
  }
  const list: readonly Tree[] = Array.isArray(tree) ? tree : []
  const index = Math.min(step, list.length)
  if (index < step && step !== Infinity) return undefined
  const inside = withValue(list[index], rest, value)
  return inside === undefined ? undefined : [...list.slice(0, index), inside, ...list.slice(index + 1)]
}
