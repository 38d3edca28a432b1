// The Query protocol of SNS, STS, IAM, Elastic Load Balancing and Auto Scaling.
import type { Dialect } from '../dialect.ts'
import { lowerCamel, credentialScope } from '../dialect.ts'
import { inputs, outputs, shapes } from '../shapes.ts'
import { formInput, readForm } from './formInput.ts'
import { errorResponse, namespaceOf, xmlHeaders, xmlOf } from './xml.ts'
import type { Versions } from './xml.ts'

const versions: Versions = {
  '2010-05-08': { service: 'iam', namespace: 'https://iam.amazonaws.com/doc/2010-05-08/' },
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

/** AWS Query: https://smithy.io/2.0/aws/protocols/aws-query-protocol.html. A form goes in, XML comes out. */
export const query: Dialect = {
  read(request) {
    const asked = readForm(request)
    if (!asked) return undefined
    const { operation, version, form } = asked
    const service = Object.hasOwn(versions, version)
      ? versions[version]!.service
      : (credentialScope(request).service ?? version)
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
      headers: xmlHeaders(requestId),
      body:
        `<${operation}Response xmlns="${namespaceOf(versions, service)}"><${operation}Result>${result}</${operation}Result>` +
        `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${operation}Response>`,
    }
  },

  refuse: (call, fault, requestId) => errorResponse(namespaceOf(versions, call?.service), codes, fault, requestId),
}
