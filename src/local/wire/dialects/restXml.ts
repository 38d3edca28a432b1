import { lowerCamel } from '../dialect.ts'
import type { Dialect } from '../dialect.ts'
import { AwsFault } from '../../world/fault.ts'
import type { Wire } from '../../world/operation.ts'
import { bindings, elements, inputs, outputs, shapes } from '../shapes.ts'
import { parseXml } from './parseXml.ts'
import { boundInput, operationAt } from './restCall.ts'
import { type Naming, queryNaming } from './naming.ts'
import { escapeXml, xmlOf } from './xml.ts'
import { xmlInput } from './xmlInput.ts'

/** Services by the version that their paths begin with. */
const versions: Readonly<Record<string, { service: string; namespace: string }>> = {
  '2013-04-01': { service: 'route53', namespace: 'https://route53.amazonaws.com/doc/2013-04-01/' },
}

/** What Route 53 calls it where the JSON protocol has another word: https://docs.aws.amazon.com/Route53/latest/APIReference/CommonErrors.html */
const codes: Readonly<Record<string, string>> = {
  ThrottlingException: 'Throttling',
  SerializationException: 'InvalidInput',
}

const namespaceOf = (service: string | undefined): string =>
  Object.values(versions).find((version) => version.service === service)?.namespace ?? 'http://webservices.amazon.com/'

const headersOf = (requestId: string): Record<string, string> => ({
  'content-type': 'text/xml',
  'x-amzn-RequestId': requestId,
})

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
      operation: operation.charAt(0).toUpperCase() + operation.slice(1),
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
      headers: { ...headersOf(requestId), ...Object.fromEntries(headers) },
      body: `${declaration}<${structure} xmlns="${namespaceOf(service)}">${content}</${structure}>`,
    }
  },

  refuse: (call, { code, message, status }, requestId) => ({
    status,
    headers: headersOf(requestId),
    body:
      `${declaration}<ErrorResponse xmlns="${namespaceOf(call?.service)}"><Error>` +
      `<Type>${status < 500 ? 'Sender' : 'Receiver'}</Type><Code>${escapeXml(codes[code] ?? code)}</Code>` +
      `<Message>${escapeXml(message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
  }),
}

function bodyInput(service: string, operation: string, body: string): Wire {
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
