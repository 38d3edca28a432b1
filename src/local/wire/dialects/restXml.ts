// The REST XML protocol of Route 53.
import { lowerCamel } from '../dialect.ts'
import type { Dialect } from '../dialect.ts'
import { AwsFault } from '../../world/fault.ts'
import type { Unchecked } from '../../world/operation.ts'
import { bindings, elements, inputs, outputs, shapes } from '../shapes.ts'
import { parseXml } from './parseXml.ts'
import { boundInput, operationAt } from './restCall.ts'
import { queryNaming, upperCamel } from './model.ts'
import type { Naming } from './model.ts'
import { errorResponse, namespaceOf, xmlHeaders, xmlOf } from './xml.ts'
import type { Versions } from './xml.ts'
import { xmlInput } from './xmlInput.ts'

/** Services by the version that their paths begin with. */
const versions: Versions = {
  '2013-04-01': { service: 'route53', namespace: 'https://route53.amazonaws.com/doc/2013-04-01/' },
}

/** What Route 53 calls it where the JSON protocol has another word: https://docs.aws.amazon.com/Route53/latest/APIReference/CommonErrors.html */
const codes: Readonly<Record<string, string>> = {
  ThrottlingException: 'Throttling',
  SerializationException: 'InvalidInput',
}

const declaration = '<?xml version="1.0"?>\n'

/** AWS restXml: https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html. What is asked for is in method and path. */
export const restXml: Dialect = {
  read({ method, path: target, body }) {
    const [path = '', query = ''] = target.split(/\?(.*)/s)
    const version = path.split('/')[1] ?? ''
    if (!Object.hasOwn(versions, version)) return undefined
    const { service } = versions[version]!
    const operation = operationAt(service, method, path)
    if (operation === undefined) return { service, operation: `${method} ${path}`, input: () => ({}) }
    return {
      service,
      operation: upperCamel(operation),
      input: () => ({
        ...bodyInput(service, operation, body),
        ...boundInput(service, operation, path, new URLSearchParams(query)),
      }),
    }
  },

  answer(call, output, requestId) {
    const { service = '', operation = '' } = call ?? {}
    const name = lowerCamel(operation)
    const { status, outputs: bound } = bindings[service]![name]!
    const structure = outputs[service]![name]!
    const inBody = Object.fromEntries(Object.entries(output).filter(([member]) => !Object.hasOwn(bound, member)))
    const content = xmlOf(inBody, structure, shapes[service], namingOf(service))
    const headers = Object.entries(bound).map(([member, where]) => [where.split(' ')[1]!, String(output[member])])
    return {
      status,
      headers: { ...xmlHeaders(requestId), ...Object.fromEntries(headers) },
      body: `${declaration}<${structure} xmlns="${namespaceOf(versions, service)}">${content}</${structure}>`,
    }
  },

  refuse(call, fault, requestId) {
    const answer = errorResponse(namespaceOf(versions, call?.service), codes, fault, requestId)
    return { ...answer, body: declaration + answer.body }
  },
}

function bodyInput(service: string, operation: string, body: string): Unchecked {
  if (body.trim() === '') return {}
  const structure = inputs[service]![operation]!
  const document = parseXml(body)
  if (!document) throw invalid('The document is not well-formed.')
  if (document.name !== structure) throw invalid(`Cannot find the declaration of element '${document.name}'.`)
  return xmlInput(document, structure, { shapes: shapes[service]!, elements: elements[service]! })
}

const invalid = (why: string): AwsFault => new AwsFault('SerializationException', `Invalid XML ; ${why}`)

/** Everything as in the models, but for what the elements of lists are called. */
function namingOf(service: string): Naming {
  return { ...queryNaming, itemOf: (structure, member) => elements[service]?.[structure]?.[member] ?? 'member' }
}
