import type { Wire } from '../../world/operation.ts'
import { queryNaming } from './naming.ts'
import type { Naming } from './naming.ts'

type Shapes = Readonly<Record<string, Readonly<Record<string, string>>>>

/** The members of a structure as XML elements, lists and maps in them as the dialect that `naming` is of writes them. */
export function xmlOf(members: Wire, structure = '', shapes: Shapes = {}, naming: Naming = queryNaming): string {
  const types = shapes[structure] ?? {}
  return Object.entries(members)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => {
      const type = types[name]?.replace('!', '') ?? 'string'
      const inside = content(value, type, shapes, naming, naming.itemOf(structure, name))
      return element(naming.elementOf(structure, name), inside)
    })
    .join('')
}

function content(value: any, type: string, shapes: Shapes, naming: Naming, item: string): string {
  const inside = (one: unknown, its: string): string => content(one, its, shapes, naming, item)
  if (type.startsWith('list ')) {
    return value.map((one: unknown) => element(item, inside(one, type.slice(5)))).join('')
  }
  if (type.startsWith('map ')) {
    const entry = (key: string, one: unknown): string =>
      element('entry', element('key', escapeXml(key)) + element('value', inside(one, type.slice(4))))
    return Object.entries(value)
      .map(([key, one]) => entry(key, one))
      .join('')
  }
  if (type === 'timestamp') return new Date(value * 1000).toISOString()
  return Object.hasOwn(shapes, type) ? xmlOf(value, type, shapes, naming) : escapeXml(String(value))
}

const element = (name: string, inside: string): string => `<${name}>${inside}</${name}>`

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#xD;',
}

/** Text as it may stand in XML: special characters as entities, those that XML cannot carry at all as `�`. */
export const escapeXml = (text: string): string =>
  text
    // oxlint-disable-next-line no-control-regex -- these are the ones XML 1.0 forbids.
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"\r]/g, (character) => entities[character]!)
