// From a request to the operation it calls.
import { AwsFault } from '../world/fault.ts'
import type { AnyOperation, Context, Output, Unchecked } from '../world/operation.ts'
import { checkAccounts } from './checkAccounts.ts'
import { checkConstraints } from './checkConstraints.ts'
import { lowerCamel } from './dialect.ts'
import type { Call, Dialect, Request } from './dialect.ts'
import { ec2 } from './dialects/ec2.ts'
import { json } from './dialects/json.ts'
import { query } from './dialects/query.ts'
import { restJson } from './dialects/restJson.ts'
import { restXml } from './dialects/restXml.ts'
import { s3 } from './dialects/s3.ts'
import { takeToken } from './throttle.ts'
import { validate } from './validate.ts'

const dialects: readonly Dialect[] = [json, ec2, query, s3, restXml, restJson]

/** By service, then by name in lower camel: `ecs`, `runTask`. */
type Operations = Readonly<Record<string, Readonly<Record<string, AnyOperation>>>>

/** The dialect of a request and the call in it; undefined when it is no request to an AWS API we know. */
export function understood(request: Request): { dialect: Dialect; call: Call } | undefined {
  for (const dialect of dialects) {
    const call = dialect.read(request)
    if (call) return { dialect, call }
  }
  return undefined
}

/** Throws where the caller may not do what a call asks for. */
export type Authorize = (call: Call, name: string, input: Unchecked, context: Context) => void

/** What happens to a call before its operation. */
interface Before {
  readonly throttle: boolean
  readonly authorize?: Authorize | undefined
}

/**
 * Performs a call: takes a throttle token, checks the input's shape and the constraints of its members, asks whether the
 * caller may, runs the operation.
 */
export function dispatch(
  operations: Operations,
  call: Call,
  context: Context,
  { throttle, authorize }: Before,
): Output {
  const { service } = call
  const name = lowerCamel(call.operation)
  const known = Object.hasOwn(operations, service) ? operations[service]! : {}
  if (!Object.hasOwn(known, name)) {
    throw new AwsFault('UnknownOperationException', `The local AWS has no operation ${call.operation} of ${service}.`)
  }
  if (throttle) takeToken(isGlobal(service) ? context.global : context.region, service, name, context.now)
  const input = validate<Unchecked>(service, name, call.input())
  checkConstraints(service, name, input)
  checkAccounts(call, input, context)
  authorize?.(call, name, input, context)
  return known[name]!(input, context)
}

/** Whether a service is one for all regions, which share its records and its request rate. */
const isGlobal = (service: string): boolean => ['iam', 'route53', 's3'].includes(service)

/** Whether a call leaves everything as it was, so that nothing has to be saved after it. */
export const isRead = (operation: string): boolean =>
  /^(BatchGet|Describe|Discover|List|Get|Filter|Head)/.test(operation)
