// Writes XML: the members of a structure, and the errors of AWS Query and REST XML.
import type { Answer } from '../dialect.ts'
import type { AwsFault } from '../../world/fault.ts'
import { queryNaming, typeOf } from './model.ts'
import type { Naming, Shapes } from './model.ts'

/** The members of a structure as XML elements, lists and maps in them as the dialect that `naming` is of writes them. */
export function xmlOf(members: object, structure = '', shapes: Shapes = {}, naming: Naming = queryNaming): string {
  return Object.entries(members)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => {
      const inside = content(value, typeOf(shapes, structure, name), shapes, naming, naming.itemOf(structure, name))
      return element(naming.elementOf(structure, name), inside)
    })
    .join('')
}

function content(value: unknown, type: string, shapes: Shapes, naming: Naming, item: string): string {
  const inside = (one: unknown, its: string): string => content(one, its, shapes, naming, item)
  if (Array.isArray(value) && type.startsWith('list ')) {
    return value.map((one: unknown) => element(item, inside(one, type.slice(5)))).join('')
  }
  if (type === 'timestamp') return new Date(Number(value) * 1000).toISOString()
  if (typeof value !== 'object' || value === null) return escapeXml(String(value))
  if (type.startsWith('map ')) {
    const entry = (key: string, one: unknown): string =>
      element('entry', element('key', escapeXml(key)) + element('value', inside(one, type.slice(4))))
    return Object.entries(value)
      .map(([key, one]) => entry(key, one))
      .join('')
  }
  return xmlOf(value, type, shapes, naming)
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

/** Services by the version of their API, which a request names, each with the namespace of its documents. */
export type Versions = Readonly<Record<string, { readonly service: string; readonly namespace: string }>>

export const namespaceOf = (versions: Versions, service: string | undefined): string =>
  Object.values(versions).find((version) => version.service === service)?.namespace ?? 'http://webservices.amazon.com/'

export const xmlHeaders = (requestId: string): Record<string, string> => ({
  'content-type': 'text/xml',
  'x-amzn-RequestId': requestId,
})

/** A refusal as AWS Query and REST XML write it; `codes` are those that go by another name than in the JSON protocol. */
export function errorResponse(
  namespace: string,
  codes: Readonly<Record<string, string>>,
  { code, message, status }: AwsFault,
  requestId: string,
): Answer {
  return {
    status,
    headers: xmlHeaders(requestId),
    body:
      `<ErrorResponse xmlns="${namespace}"><Error><Type>${status < 500 ? 'Sender' : 'Receiver'}</Type>` +
      `<Code>${escapeXml(codes[code] ?? code)}</Code><Message>${escapeXml(message)}</Message></Error>` +
      `<RequestId>${requestId}</RequestId></ErrorResponse>`,
  }
}
