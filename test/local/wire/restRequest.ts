// Writes an input as a request of the REST XML protocol.
import type { Unchecked } from '../../../src/local/world/operation.ts'
import { bindings, elements, inputs } from '../../../src/local/wire/shapes.ts'

/** An input as the SDK sends it to a service of the REST XML protocol, without its headers. */
export function restRequest(
  service: string,
  operation: string,
  input: Unchecked,
): { method: string; path: string; body: string } {
  const { method, path, inBody } = requestOf(service, operation, input)
  const structure = inputs[service]![nameOf(operation)]!
  const xmlns = 'https://route53.amazonaws.com/doc/2013-04-01/'
  const body = `<${structure} xmlns="${xmlns}">${contentOf(inBody, listNames(service))}</${structure}>`
  return { method, path, body: method === 'POST' ? body : '' }
}

/** The same for the REST JSON protocol. */
export function restJsonRequest(
  service: string,
  operation: string,
  input: Unchecked,
): { method: string; path: string; body: string } {
  const { method, path, inBody } = requestOf(service, operation, input)
  return { method, path, body: method === 'GET' || method === 'DELETE' ? '' : JSON.stringify(inBody) }
}

const nameOf = (operation: string): string => operation.charAt(0).toLowerCase() + operation.slice(1)

/** Method, path and query of a request, and what of its input is in the body. */
function requestOf(
  service: string,
  operation: string,
  input: Unchecked,
): { method: string; path: string; inBody: Unchecked } {
  const { method, path: template, inputs: bound } = bindings[service]![nameOf(operation)]!
  const given = Object.entries(input).filter(([, value]) => value !== undefined)
  const path = template.replace(/\{(\w+)\}/g, (_, label) => encodeURIComponent(input[label]))
  const query = given.flatMap(([member, value]) => {
    const [where, key] = bound[member]?.split(' ') ?? []
    return where === 'query' ? [value].flat().map((each) => `${key}=${encodeURIComponent(String(each))}`) : []
  })
  const inBody = Object.fromEntries(given.filter(([member]) => !Object.hasOwn(bound, member)))
  return { method, path: query.length > 0 ? `${path}?${query.join('&')}` : path, inBody }
}

/** What the elements of lists are called, by member; those of one name in several structures are of one kind. */
export const listNames = (service: string): Record<string, string> =>
  Object.assign({}, ...Object.values(elements[service]!))

function contentOf(value: any, names: Record<string, string>, listed = 'member'): string {
  if (Array.isArray(value)) return value.map((one) => `<${listed}>${contentOf(one, names)}</${listed}>`).join('')
  if (typeof value !== 'object') return escaped(String(value))
  return Object.entries(value)
    .filter(([, one]) => one !== undefined)
    .map(([name, one]) => `<${name}>${contentOf(one, names, names[name])}</${name}>`)
    .join('')
}

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/\r/g, '&#xD;')
