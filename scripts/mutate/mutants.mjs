// The small faults that can be planted in the source, and which of them a seed chooses.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseAst } from 'vitest/node'

const swaps = {
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '===': '!==',
  '!==': '===',
  '&&': '||',
  '||': '&&',
  '??': '&&',
  '+': '-',
  '-': '+',
  '*': '/',
}
const methods = {
  some: 'every',
  every: 'some',
  toSorted: 'slice',
  find: 'findLast',
  findLast: 'find',
  min: 'max',
  max: 'min',
}

/**
 * What is put around a part of a function so that running it can be seen: `open` before it, `close` after it. The innermost
 * statement of the function that a fault is in, or what an arrow function answers with.
 */
function markOf(node, parent, around) {
  const { body } = parent?.type.includes('Function') ? parent : {}
  if (body?.type === 'BlockStatement') return { start: body.start + 1, end: body.end, open: 'reached(#);', close: '' }
  if (body) return { start: body.start, end: body.end, open: '(reached(#),', close: ')' }
  if (!around) return undefined
  const { start, end } = node
  if (parent.type === 'BlockStatement' || (parent.type === 'SwitchCase' && node !== parent.test))
    return { start, end, open: 'reached(#);', close: '' }
  const isUnbraced = [parent.consequent, parent.alternate, parent.body].includes(node) && node.type !== 'BlockStatement'
  return isUnbraced && parent.type.endsWith('Statement') ? { start, end, open: '{reached(#);', close: '}' } : around
}

/** Whether something is found by its name or its id, of which there is one: the first of its kind is the last as well. */
function isLookup({ property }, parent) {
  const [looked] = parent.type === 'CallExpression' ? parent.arguments : []
  return property.name.startsWith('find') && looked?.body?.operator === '==='
}

/** The faults of a text: where, what stands there instead, and the mark of the part of a function around it, if any. */
function mutantsOf(root, file) {
  const text = readFileSync(join(root, file), 'utf8')
  const found = []
  const visit = (node, parent, around) => {
    const mark = markOf(node, parent, around)
    const replace = (start, end, by) => found.push({ file, start, end, by, mark })
    if (
      node.type.startsWith('TS') &&
      !['TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression'].includes(node.type)
    )
      return
    if (node.type === 'ImportDeclaration') return
    if (node.type === 'BinaryExpression' || node.type === 'LogicalExpression') {
      const at = text.indexOf(node.operator, node.left.end)
      if (swaps[node.operator] && !(node.operator === '+' && /['"`]/.test(text.slice(node.start, node.end))))
        replace(at, at + node.operator.length, swaps[node.operator])
    }
    if (node.type === 'UnaryExpression' && node.operator === '!') replace(node.start, node.start + 1, '')
    if (node.type === 'AwaitExpression') replace(node.start, node.start + 'await'.length, 'void')
    if (node.type === 'Literal' && typeof node.value === 'number') replace(node.start, node.end, String(node.value + 1))
    if (node.type === 'Literal' && typeof node.value === 'boolean') replace(node.start, node.end, String(!node.value))
    if (node.type === 'MemberExpression' && !node.computed && methods[node.property.name] && !isLookup(node, parent))
      replace(node.property.start, node.property.end, methods[node.property.name])
    for (const child of Object.values(node).flat()) if (typeof child?.type === 'string') visit(child, node, mark)
  }
  visit(parseAst(text, { lang: 'ts' }))
  return found
}

/** A file's text in which running each of these marks calls `reached` with its name: the file and the mark's start. */
export function marked(text, file, marks) {
  const unique = [...new Map(marks.map((mark) => [`${mark.start} ${mark.end}`, mark])).values()]
  const insertions = unique.flatMap((mark) => {
    const span = mark.end - mark.start
    // Where several stand at one place, the outer one opens first and closes last.
    return [
      { at: mark.start, text: mark.open.replace('#', JSON.stringify(`${file} ${mark.start}`)), rank: span },
      { at: mark.end, text: mark.close, rank: -span },
    ]
  })
  return insertions
    .toSorted((one, other) => other.at - one.at || one.rank - other.rank)
    .reduce((done, { at, text: insertion }) => done.slice(0, at) + insertion + done.slice(at), text)
}

/** The same numbers for the same seed. */
function random(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** So many faults of these rooms, by chance. */
export function chosen(root, rooms, { count, seed }) {
  const files = rooms.flatMap((room) =>
    readdirSync(join(root, 'src', room), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => `src/${room}/${file}`),
  )
  const all = files.toSorted((one, other) => (one < other ? -1 : 1)).flatMap((file) => mutantsOf(root, file))
  const next = random(seed)
  const some = new Set()
  while (some.size < Math.min(count, all.length)) some.add(all[Math.floor(next() * all.length)])
  return [...some]
}

/** A text with a fault in it. */
export function planted(text, { start, end, by }) {
  return text.slice(0, start) + by + text.slice(end)
}

/** Where a fault is, and its line before and after. */
export function shown(root, mutant) {
  const text = readFileSync(join(root, mutant.file), 'utf8')
  const line = text.slice(0, mutant.start).split('\n').length
  const [before, after] = [text, planted(text, mutant)].map((one) => one.split('\n')[line - 1].trim())
  return { place: `${mutant.file}:${line}`, before, after }
}
