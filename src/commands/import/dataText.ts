// Data as TypeScript, laid out as a person would.
import { commentLines, environmentText, memberText, stringText } from './literal.ts'
import { FromEnvironment, Noted, type Tree, isMembers } from './tree.ts'

/** A longer line is broken. */
const longestLine = 110

/** A value that stands behind `before` blanks and letters of its line, which is indented by `indent` blanks. */
export function dataText(tree: Tree, indent: number, before: number): string {
  const inLine = inOneLine(tree)
  if (inLine !== undefined && before + inLine.length <= longestLine) return inLine
  const inner = ' '.repeat(indent + 2)
  if (Array.isArray(tree)) {
    const lines = tree.flatMap((one: Tree) => linesOf('', one, indent + 2))
    return ['[', ...lines.map((line) => inner + line), `${' '.repeat(indent)}]`].join('\n')
  }
  if (!isMembers(tree)) return scalarText(tree)
  const lines = Object.entries(tree).flatMap(([name, value]) =>
    value === undefined ? [] : linesOf(`${memberText(name)}: `, value, indent + 2),
  )
  return ['{', ...lines.map((line) => inner + line), `${' '.repeat(indent)}}`].join('\n')
}

/** The lines of a member or an element with its comments, without their indentation. */
function linesOf(head: string, tree: Tree, indent: number): string[] {
  if (!(tree instanceof Noted)) return [`${head}${dataText(tree, indent, indent + head.length)},`]
  const own = tree.lines.flatMap(commentLines)
  return tree.value === undefined ? own : [...own, ...linesOf(head, tree.value, indent)]
}

/** The value in one line; undefined where a comment needs a line of its own, or where there are many objects. */
function inOneLine(tree: Tree): string | undefined {
  if (tree instanceof Noted) return undefined
  if (Array.isArray(tree)) {
    const all = tree.map(inOneLine)
    return all.includes(undefined) ? undefined : `[${all.join(', ')}]`
  }
  if (!isMembers(tree)) return scalarText(tree)
  const members = Object.entries(tree).filter(([, value]) => value !== undefined)
  const all = members.map(([name, value]) => {
    const text = inOneLine(value as Tree)
    return text === undefined ? undefined : `${memberText(name)}: ${text}`
  })
  if (all.includes(undefined)) return undefined
  return all.length === 0 ? '{}' : `{ ${all.join(', ')} }`
}

function scalarText(tree: Tree): string {
  if (tree instanceof FromEnvironment) return environmentText(tree)
  return typeof tree === 'string' ? stringText(tree) : JSON.stringify(tree)
}
