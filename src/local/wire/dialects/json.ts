// The JSON protocol of most services: ECS, ECR, EventBridge, CloudWatch Logs, Systems Manager and others.
import type { Dialect } from '../dialect.ts'
import { eventStream } from './eventStream.ts'
import { jsonBody } from './jsonBody.ts'

const services: Readonly<Record<string, string>> = {
  AmazonEC2ContainerServiceV20141113: 'ecs',
  AmazonEC2ContainerRegistry_V20150921: 'ecr',
  AWSEvents: 'events',
  Logs_20140328: 'logs',
  Route53AutoNaming_v20170314: 'servicediscovery',
  AnyScaleFrontendService: 'applicationautoscaling',
  AmazonSSM: 'ssm',
  secretsmanager: 'secretsmanager',
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
      input: () => jsonBody(body),
    }
  },

  answer: (_call, output, requestId) => ({
    status: 200,
    headers: headersOf(requestId),
    body: JSON.stringify(output),
    ...eventStream(output, requestId),
  }),

  // Every client finds the code in `__type`; boto3 looks nowhere else.
  refuse: (_call, { code, message, status, members }, requestId) => ({
    status,
    headers: headersOf(requestId),
    body: JSON.stringify({ __type: code, message, ...members }),
  }),
}
