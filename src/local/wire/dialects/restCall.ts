// What the method, the path and the query of a REST request say: the operation and some members of its input.
import { AwsFault } from '../../world/fault.ts'
import type { Unchecked } from '../../world/operation.ts'
import { bindings, inputs, shapes } from '../shapes.ts'
import { typedText, typeOf } from './model.ts'

/** The operation of a REST protocol that a method and a path ask for; the path is without its query. */
export function operationAt(service: string, method: string, path: string): string | undefined {
  const asked = segments(path)
  return Object.entries(bindings[service] ?? {}).find(([, binding]) => {
    const template = segments(binding.path)
    if (binding.method !== method || template.length !== asked.length) return false
    return template.every((segment, index) => isLabel(segment) || segment === asked[index])
  })?.[0]
}

/** The members of an operation's input that are in the path and the query of its request. */
export function boundInput(service: string, operation: string, path: string, query: URLSearchParams): Unchecked {
  const binding = bindings[service]![operation]!
  const structure = inputs[service]![operation]!
  const template = segments(binding.path)
  const asked = segments(path)
  const textsOf = (member: string, [where, name = '']: string[]): string[] =>
    where === 'label' ? [decoded(asked[template.indexOf(`{${member}}`)]!)] : query.getAll(name)
  return Object.fromEntries(
    Object.entries(binding.inputs).flatMap(([member, where]) => {
      const texts = textsOf(member, where.split(' '))
      const type = typeOf(shapes[service]!, structure, member)
      if (texts.length === 0) return []
      // A list in a query is its name over and over.
      const isList = type.startsWith('list ')
      return [[member, isList ? texts : typedText(texts[0]!, type)]]
    }),
  )
}

const isLabel = (segment: string): boolean => segment.startsWith('{')

/** Some clients end their paths with a slash, which means nothing to AWS. */
const segments = (path: string): string[] => path.replace(/\/$/, '').split('/')

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new AwsFault('SerializationException', `The path has a part that cannot be decoded: ${text}`)
  }
}
