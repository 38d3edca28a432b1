// Reads the forms of AWS Query and of EC2: which operation they ask for, and its nested input.
import type { Request } from '../dialect.ts'
import { AwsFault } from '../../world/fault.ts'
import type { Unchecked } from '../../world/operation.ts'
import { queryNaming, typedText, typeOf } from './model.ts'
import type { Naming, Shapes } from './model.ts'

/** The operation, the version of its API and the rest of a form; undefined where a request is no form with both. */
export function readForm({
  method,
  headers,
  body,
}: Request): { operation: string; version: string; form: URLSearchParams } | undefined {
  if (method !== 'POST' || !headers['content-type']?.startsWith('application/x-www-form-urlencoded')) return undefined
  const form = new URLSearchParams(body)
  const [operation, version] = [form.get('Action'), form.get('Version')]
  if (operation === null || version === null) return undefined
  form.delete('Action')
  form.delete('Version')
  return { operation, version, form }
}

/** What stands at a name of the form and what stands below it: `Tags.member.1.Key` is a leaf four levels down. */
interface Node {
  text?: string
  readonly below: Map<string, Node>
}

/** The deepest input of any operation of the Query protocol has ten; a name of thousands would exhaust the stack. */
const mostParts = 32

/**
 * The nested input of a form: lists are `X.member.1` (of EC2 `X.1`), maps `X.entry.1.key` and `.value` (SNS also writes
 * `Name` and `Value`). Names that the structure does not have stay in, so that the check of the input can refuse them; one
 * of more than 32 parts is refused here.
 */
export function formInput(
  form: URLSearchParams,
  structure: string | undefined,
  shapes: Shapes,
  naming: Naming = queryNaming,
): Unchecked {
  const root: Node = { below: new Map() }
  for (const [name, text] of form) {
    const parts = name.split('.')
    if (parts.length > mostParts) {
      throw new AwsFault('SerializationException', `A name of the form has ${parts.length} parts.`)
    }
    let node = root
    for (const part of parts) {
      if (!node.below.has(part)) node.below.set(part, { below: new Map() })
      node = node.below.get(part)!
    }
    node.text = text
  }
  return members(root, structure ?? '', shapes, naming)
}

function members(node: Node, structure: string, shapes: Shapes, naming: Naming): Unchecked {
  return Object.fromEntries(
    [...node.below].map(([spelled, below]) => {
      const name = naming.memberOf(structure, spelled)
      return [name, value(below, typeOf(shapes, structure, name), shapes, naming)]
    }),
  )
}

function value(node: Node, type: string, shapes: Shapes, naming: Naming): unknown {
  if (node.text && node.below.size === 0) return typedText(node.text, type)
  if (type.startsWith('list ')) {
    return numbered(node, naming.inList).map((one) => value(one, type.slice(5), shapes, naming))
  }
  if (type.startsWith('map ')) {
    return Object.fromEntries(
      numbered(node, 'entry').map((entry) => {
        const [key, one] = [either(entry, 'key', 'Name'), either(entry, 'value', 'Value')]
        return [key?.text ?? '', one && value(one, type.slice(4), shapes, naming)]
      }),
    )
  }
  if (Object.hasOwn(shapes, type)) return members(node, type, shapes, naming)
  return node.text === undefined ? members(node, '', shapes, naming) : typedText(node.text, type)
}

/** The elements of a list or map by their numbers; an empty list is sent as the bare name. */
const numbered = (node: Node, under: string | undefined): Node[] =>
  [...((under === undefined ? node : node.below.get(under))?.below ?? [])]
    .toSorted(([a], [b]) => Number(a) - Number(b))
    .map(([, element]) => element)

const either = (node: Node, ...names: string[]): Node | undefined =>
  names.map((name) => node.below.get(name)).find((below) => below !== undefined)
