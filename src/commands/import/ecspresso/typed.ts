// Values that are read from the environment, as the numbers and booleans that AWS wants in their place.
import type { shapes } from '../../../definition/shapes.ts'
import { FromEnvironment, Noted, type Tree, isMembers, withMembers } from '../tree.ts'

export function typed(tree: Tree, type: string, known: typeof shapes): Tree {
  const [kind = '', of = ''] = type.replace(/!$/, '').split(/ (.*)/)
  if (tree instanceof Noted)
    return tree.value === undefined ? tree : new Noted(typed(tree.value, type, known), tree.lines)
  if (tree instanceof FromEnvironment) {
    return kind === 'number' || kind === 'boolean' ? new FromEnvironment(tree.parts, kind) : tree
  }
  if (Array.isArray(tree)) return tree.map((one: Tree) => typed(one, kind === 'list' ? of : '', known))
  if (!isMembers(tree)) return tree
  return withMembers(tree, (name, member) =>
    member === undefined ? undefined : typed(member as Tree, kind === 'map' ? of : (known[kind]?.[name] ?? ''), known),
  )
}
