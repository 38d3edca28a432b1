import type { Dialect } from '../dialect.ts'
import { lowerCamel, credentialScope } from '../dialect.ts'
import { inputs, outputs, shapes } from '../shapes.ts'
import { formInput } from './formInput.ts'
import { escapeXml, xmlOf } from './xml.ts'

const versions: Readonly<Record<string, { service: string; namespace: string }>> = {
  '2010-03-31': { service: 'sns', namespace: 'http://sns.amazonaws.com/doc/2010-03-31/' },
  '2011-01-01': { service: 'autoscaling', namespace: 'http://autoscaling.amazonaws.com/doc/2011-01-01/' },
  '2011-06-15': { service: 'sts', namespace: 'https://sts.amazonaws.com/doc/2011-06-15/' },
  '2015-12-01': { service: 'elbv2', namespace: 'http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/' },
}

/** Where the Query protocol has another word for it than the JSON protocol: AWS's "Common Errors" pages of SNS, STS, ELB and Auto Scaling. */
const codes: Readonly<Record<string, string>> = {
  ThrottlingException: 'Throttling',
  UnknownOperationException: 'InvalidAction',
  SerializationException: 'MalformedQueryString',
  ValidationException: 'ValidationError',
}

const namespaceOf = (service: string | undefined): string =>
  Object.values(versions).find((version) => version.service === service)?.namespace ?? 'http://webservices.amazon.com/'

const headersOf = (requestId: string): Record<string, string> => ({
  'content-type': 'text/xml',
  'x-amzn-RequestId': requestId,
})

/** AWS Query: https://smithy.io/2.0/aws/protocols/aws-query-protocol.html. A form goes in, XML comes out. */
export const query: Dialect = {
  read(request) {
    const { method, headers, body } = request
    if (method !== 'POST' || !headers['content-type']?.startsWith('application/x-www-form-urlencoded')) return undefined
    const form = new URLSearchParams(body)
    const operation = form.get('Action')
    const version = form.get('Version')
    if (operation === null || version === null) return undefined
    const service = Object.hasOwn(versions, version)
      ? versions[version]!.service
      : (credentialScope(request).service ?? version)
    form.delete('Action')
    form.delete('Version')
    return {
      service,
      operation,
      input: () => formInput(form, inputs[service]?.[lowerCamel(operation)], shapes[service] ?? {}),
    }
  },

  answer(call, output, requestId) {
    const { service = '', operation = '' } = call ?? {}
    const result = xmlOf(output, outputs[service]?.[lowerCamel(operation)], shapes[service] ?? {})
    return {
      status: 200,
      headers: headersOf(requestId),
      body:
        `<${operation}Response xmlns="${namespaceOf(service)}"><${operation}Result>${result}</${operation}Result>` +
        `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${operation}Response>`,
    }
  },

  refuse: (call, { code, message, status }, requestId) => ({
    status,
    headers: headersOf(requestId),
    body:
      `<ErrorResponse xmlns="${namespaceOf(call?.service)}"><Error><Type>${status < 500 ? 'Sender' : 'Receiver'}</Type>` +
      `<Code>${escapeXml(codes[code] ?? code)}</Code><Message>${escapeXml(message)}</Message></Error>` +
      `<RequestId>${requestId}</RequestId></ErrorResponse>`,
  }),
}
