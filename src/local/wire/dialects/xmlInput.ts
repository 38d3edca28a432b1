// Reads the input of an operation out of an XML element, by the model of its service.
import { AwsFault } from '../../world/fault.ts'
import type { Unchecked } from '../../world/operation.ts'
import { typedText, typeOf } from './model.ts'
import type { Shapes } from './model.ts'
import type { Element } from './parseXml.ts'

/** What is known of the inputs of a service: the members of each structure, and what the elements of its lists are called. */
interface XmlModel {
  readonly shapes: Shapes
  readonly elements: Readonly<Record<string, Readonly<Record<string, string>>>>
}

/**
 * The members of a structure as an XML element holds them. Names that the structure does not have stay in, so that the
 * check of the input can refuse them; a list with other elements in it is refused here.
 */
export function xmlInput(element: Element, structure: string, model: XmlModel): Unchecked {
  return Object.fromEntries(
    element.below.map((member) => {
      const listed = model.elements[structure]?.[member.name] ?? 'member'
      return [member.name, valueOf(member, typeOf(model.shapes, structure, member.name), listed, model)]
    }),
  )
}

function valueOf(element: Element, type: string, listed: string, model: XmlModel): unknown {
  const isPlain = element.below.length === 0
  if (type.startsWith('list ')) {
    if (isPlain && element.text.trim() !== '') return element.text
    const other = element.below.find(({ name }) => name !== listed)
    if (other) throw unexpected(other.name, listed)
    return element.below.map((one) => valueOf(one, type.slice('list '.length), 'member', model))
  }
  if (Object.hasOwn(model.shapes, type)) {
    return isPlain && element.text.trim() !== '' ? element.text : xmlInput(element, type, model)
  }
  return isPlain ? typedText(element.text, type) : xmlInput(element, '', model)
}

const unexpected = (name: string, wanted: string): AwsFault =>
  new AwsFault(
    'SerializationException',
    `Invalid XML ; Invalid content was found starting with element '${name}'. One of '{${wanted}}' is expected.`,
  )
