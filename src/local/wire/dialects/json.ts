// The JSON protocol of ECS, ECR, EventBridge, CloudWatch Logs and Cloud Map.
import type { Dialect } from '../dialect.ts'
import { AwsFault } from '../../world/fault.ts'
import type { Wire } from '../../world/operation.ts'
import { parseJson } from '../../world/parseJson.ts'

const services: Readonly<Record<string, string>> = {
  AmazonEC2ContainerServiceV20141113: 'ecs',
  AmazonEC2ContainerRegistry_V20150921: 'ecr',
  AWSEvents: 'events',
  Logs_20140328: 'logs',
  Route53AutoNaming_v20170314: 'servicediscovery',
}

const headersOf = (requestId: string): Record<string, string> => ({
  'content-type': 'application/x-amz-json-1.1',
  'x-amzn-RequestId': requestId,
})

/** AWS JSON 1.1: https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html. Times are epoch seconds. */
export const json: Dialect = {
  read({ method, headers, body }) {
    const target = headers['x-amz-target']
    if (method !== 'POST' || target === undefined) return undefined
    const dot = target.lastIndexOf('.')
    const prefix = target.slice(0, Math.max(dot, 0))
    return {
      service: Object.hasOwn(services, prefix) ? services[prefix]! : prefix,
      operation: target.slice(dot + 1),
      input: () => parsed(body),
    }
  },

  answer: (_call, output, requestId) => ({
    status: 200,
    headers: headersOf(requestId),
    body: JSON.stringify(output),
  }),

  // Every client finds the code in `__type`; boto3 looks nowhere else.
  refuse: (_call, { code, message, status, members }, requestId) => ({
    status,
    headers: headersOf(requestId),
    body: JSON.stringify({ __type: code, message, ...members }),
  }),
}

function parsed(body: string): Wire {
  const input = parseJson(body === '' ? '{}' : body)
  if (typeof input === 'object' && input !== null && !Array.isArray(input)) return input
  throw new AwsFault('SerializationException', 'The body of the request is not a JSON object.')
}
