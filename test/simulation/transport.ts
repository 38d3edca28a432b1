import { type Method, type Output, calls, operationOf } from '../../src/aws/aws.ts'
import type { LocalAws } from '../../src/local/localAws.ts'
import type { Wire } from '../../src/local/world/wire.ts'

/** What the local AWS answered: an output, or a refusal. */
export interface Answered {
  readonly status: number
  readonly body: Wire
}

const prefixes = {
  ecs: 'AmazonEC2ContainerServiceV20141113.',
  events: 'AWSEvents.',
  logs: 'Logs_20140328.',
  elbv2: 'elbv2.',
  sns: 'sns.',
  sts: 'sts.',
  route53: 'route53.',
  servicediscovery: 'Route53AutoNaming_v20170314.',
  autoscaling: 'autoscaling.',
  ec2: 'ec2.',
  ecr: 'AmazonEC2ContainerRegistry_V20150921.',
} as const

/** Puts one call to the local AWS in this process, as JSON whatever the service speaks, and answers with its words. */
export function ask(aws: LocalAws, method: Method, input: object): Answered {
  const { client } = calls[method]
  const operation = operationOf(method)
  const target = `${prefixes[client]}${operation.charAt(0).toUpperCase()}${operation.slice(1)}`
  const { status, body } = aws.handle({
    method: 'POST',
    path: '/',
    headers: { 'x-amz-target': target },
    body: JSON.stringify(client === 'ecs' ? onWire(input) : input),
  })
  return { status, body: JSON.parse(body) }
}

/** The answer as the SDK gives it: times as Dates, refusals thrown as Errors. */
export function received<M extends Method>(method: M, { status, body }: Answered): Output<M> {
  const $metadata = { httpStatusCode: status, attempts: 1, totalRetryDelay: 0 }
  if (status >= 400) throw refusal(body, status)
  const output: Wire = calls[method].client === 'ecs' ? (withDates(body) as Wire) : body
  output.$metadata = $metadata
  return output as Output<M>
}

/** A refusal as the SDK throws it. */
function refusal({ __type, message, ...members }: Wire, status: number): Error {
  return Object.assign(new Error(message), {
    ...members,
    // Of this one the SDK has a class whose name is not AWS's code.
    name: __type === 'NotFound' ? 'NotFoundException' : __type,
    $fault: status < 500 ? 'client' : 'server',
    $metadata: { httpStatusCode: status, attempts: 1, totalRetryDelay: 0 },
  })
}

/** A connection that was lost, as the SDK throws it. */
export function connectionLost(): Error {
  return Object.assign(new Error('socket hang up'), {
    code: 'ECONNRESET',
    $metadata: { attempts: 1, totalRetryDelay: 0 },
  })
}

/** An answer that did not come in time, as the SDK throws it. */
export function noAnswerInTime(): Error {
  return Object.assign(new Error('Request timed out'), {
    name: 'TimeoutError',
    $metadata: { attempts: 1, totalRetryDelay: 0 },
  })
}

/** A request that was given up, as the SDK throws it. */
export function aborted(): Error {
  return Object.assign(new Error('Request aborted'), {
    name: 'AbortError',
    $metadata: { attempts: 1, totalRetryDelay: 0 },
  })
}

/** Every time of ECS is a number of seconds in a member whose name ends in `At`. */
function withDates(value: unknown): unknown {
  if (Array.isArray(value)) {
    for (const one of value) withDates(one)
  } else if (typeof value === 'object' && value !== null) {
    const record = value as Record<string, unknown>
    for (const key in record) {
      const member = record[key]
      if (typeof member === 'number' && key.endsWith('At')) record[key] = new Date(Math.round(member * 1000))
      else if (typeof member === 'object') withDates(member)
    }
  }
  return value
}

/** Times go out as seconds. */
function onWire(value: unknown): unknown {
  if (value instanceof Date) return value.getTime() / 1000
  if (Array.isArray(value)) return value.map(onWire)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, onWire(member)]))
}
