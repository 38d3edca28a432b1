// The REST JSON protocol of EventBridge Scheduler.
import { credentialScope, lowerCamel } from '../dialect.ts'
import type { Dialect } from '../dialect.ts'
import { bindings } from '../shapes.ts'
import { jsonBody } from './jsonBody.ts'
import { upperCamel } from './model.ts'
import { boundInput, operationAt } from './restCall.ts'

const services: readonly string[] = ['scheduler']

const headersOf = (requestId: string): Record<string, string> => ({
  'content-type': 'application/json',
  'x-amzn-RequestId': requestId,
})

/**
 * AWS restJson1: https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html. What is asked for is in method and path;
 * the path names no service, so the signature has to.
 */
export const restJson: Dialect = {
  read(request) {
    const { service = '' } = credentialScope(request)
    if (!services.includes(service)) return undefined
    const { method, body } = request
    const [path = '', query = ''] = request.path.split(/\?(.*)/s)
    const operation = operationAt(service, method, path)
    if (operation === undefined) return { service, operation: `${method} ${path}`, input: () => ({}) }
    return {
      service,
      operation: upperCamel(operation),
      input: () => ({ ...jsonBody(body), ...boundInput(service, operation, path, new URLSearchParams(query)) }),
    }
  },

  answer: (call, output, requestId) => ({
    status: bindings[call?.service ?? '']?.[lowerCamel(call?.operation ?? '')]?.status ?? 200,
    headers: headersOf(requestId),
    body: JSON.stringify(output),
  }),

  refuse: (_call, { code, message, status, members }, requestId) => ({
    status,
    headers: { ...headersOf(requestId), 'x-amzn-ErrorType': code },
    body: JSON.stringify({ Message: message, ...members }),
  }),
}
