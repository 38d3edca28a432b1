// EC2's own variant of the Query protocol.
import type { Dialect } from '../dialect.ts'
import { lowerCamel } from '../dialect.ts'
import { ec2FormNames, ec2XmlItems, ec2XmlNames, inputs, outputs, shapes } from '../shapes.ts'
import { formInput, readForm } from './formInput.ts'
import { upperCamel } from './model.ts'
import type { Naming } from './model.ts'
import { escapeXml, xmlOf } from './xml.ts'

const version = '2016-11-15'

/** "Error codes for the Amazon EC2 API", https://docs.aws.amazon.com/ec2/latest/devguide/errors-overview.html */
const codes: Readonly<Record<string, string>> = {
  ThrottlingException: 'RequestLimitExceeded',
  UnknownOperationException: 'InvalidAction',
  SerializationException: 'InvalidParameterValue',
  InternalFailure: 'InternalError',
}

const naming: Naming = {
  memberOf: (structure, name) => {
    const spelled = ec2FormNames[structure] ?? {}
    const members = Object.keys(shapes.ec2![structure] ?? {})
    return members.find((member) => (spelled[member] ?? upperCamel(member)) === name) ?? name
  },
  elementOf: (structure, member) => ec2XmlNames[structure]?.[member] ?? lowerCamel(member),
  itemOf: (structure, member) => ec2XmlItems[structure]?.[member] ?? 'item',
}

const headersOf = (requestId: string): Record<string, string> => ({
  'content-type': 'text/xml;charset=UTF-8',
  'x-amzn-requestid': requestId,
})

/**
 * EC2's own dialect of AWS Query: lists are `X.1`, names have spellings of their own, and the output stands in the
 * response without anything around it. https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html
 */
export const ec2: Dialect = {
  read(request) {
    const asked = readForm(request)
    if (asked?.version !== version) return undefined
    const { operation, form } = asked
    const input = () => formInput(form, inputs.ec2![lowerCamel(operation)], shapes.ec2!, naming)
    return { service: 'ec2', operation, input }
  },

  answer(call, output, requestId) {
    const { operation = '' } = call ?? {}
    const inside = xmlOf(output, outputs.ec2![lowerCamel(operation)], shapes.ec2, naming)
    return {
      status: 200,
      headers: headersOf(requestId),
      body:
        `<?xml version="1.0" encoding="UTF-8"?>\n<${operation}Response xmlns="http://ec2.amazonaws.com/doc/${version}/">` +
        `<requestId>${requestId}</requestId>${inside}</${operation}Response>`,
    }
  },

  refuse: (_call, { code, message, status }, requestId) => ({
    status,
    headers: headersOf(requestId),
    body:
      '<?xml version="1.0" encoding="UTF-8"?>\n<Response><Errors><Error>' +
      `<Code>${escapeXml(codes[code] ?? code)}</Code><Message>${escapeXml(message)}</Message>` +
      `</Error></Errors><RequestID>${requestId}</RequestID></Response>`,
  }),
}
