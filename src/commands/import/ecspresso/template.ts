// Files with templates of Go in them, as ecspresso reads them: JSON or YAML in which texts are put together when it runs.
import { EcsTaskError } from '../../../ground/errors.ts'
import { isPlain } from '../../../ground/shown.ts'
import { readYaml } from '../readYaml.ts'
import { type EnvironmentPart, FromEnvironment, Noted, type Tree, withMembers } from '../tree.ts'

/** Letters that no text has, in place of a template until the file is read. */
const mark = 'ecstasktemplate0x7f3a9c'
const marks = new RegExp(`${mark}(\\d+)x`)

/** Reads a file. What is read from the environment stays so; of other functions a variable stands for the value, with a comment. */
export function readTemplated(text: string, file: string): Tree {
  const expressions: Expression[] = []
  const isJson = /\.json$/i.test(file)
  let isInText = false
  // A template outside of quotes, as a number is written, is put into quotes.
  const marked = text.replace(/\{\{[\s\S]*?\}\}|\\["\\]|"/g, (found) => {
    if (found === '"') isInText = !isInText
    if (!found.startsWith('{{')) return found
    const one = `${mark}${expressions.push(expressionOf(found, file)) - 1}x`
    return isJson && !isInText ? `"${one}"` : one
  })
  return filled(readYaml(marked, file), expressions)
}

/** What a template stands for, and what to say of it. */
interface Expression {
  readonly part: EnvironmentPart
  readonly note?: string
}

function filled(value: unknown, expressions: readonly Expression[]): Tree {
  if (Array.isArray(value)) return value.map((one) => filled(one, expressions))
  if (isPlain(value)) return withMembers(value, (_name, member) => filled(member, expressions))
  if (typeof value !== 'string') return value as Tree
  const pieces = value.split(marks)
  if (pieces.length === 1) return value
  const found = pieces.map((piece, index) => (index % 2 === 0 ? piece : expressions[Number(piece)]!))
  const parts = found.map((one) => (typeof one === 'string' ? one : one.part)).filter((part) => part !== '')
  const notes = found.flatMap((one) => (typeof one === 'string' ? [] : (one.note ?? [])))
  const text = new FromEnvironment(parts)
  return notes.length > 0 ? new Noted(text, notes) : text
}

/** A word of a template: in backticks, in quotes, or bare. */
const words = /`([^`]*)`|"((?:\\.|[^"\\])*)"|([^\s`"|]+)|(\|)/g

/** What decides or repeats, in place of standing for a text. */
const actions = /^(if|else|end|range|with|define|block|template|break|continue|\/\*|\$.*|:?=)$/

function expressionOf(template: string, file: string): Expression {
  const found = [...template.replace(/^\{\{-?|-?\}\}$/g, '').matchAll(words)]
  const parts = found.map(([, ticked, quoted, bare, pipe]) => ticked ?? quoted ?? bare ?? pipe ?? '')
  const [name = '', ...rest] = parts
  if (name === '' || actions.test(name)) {
    throw new EcsTaskError('BadArguments', `${file} has a template that can't be imported: ${template}`, {
      fix: 'Render the files first (ecspresso render), and put their names into ecspresso.yml.',
    })
  }
  const pipe = rest.indexOf('|')
  const given = pipe < 0 ? rest : rest.slice(0, pipe)
  const isPlainPipe = pipe < 0 || rest.slice(pipe).join(' ') === '| json_escape'
  const [first = ''] = given
  if (isPlainPipe && name === 'must_env' && given.length === 1) return { part: { names: [first] } }
  if (isPlainPipe && name === 'env' && given.length > 0) {
    return { part: { names: given.length === 1 ? given : given.slice(0, -1), otherwise: given.at(-1) } }
  }
  const variable = [name, ...given]
    .join('_')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .toUpperCase()
  return {
    part: { names: [variable] },
    note: `No counterpart: ${template}. Pass its value as ${variable}, or read it in this file.`,
  }
}
