import { type Method, type Output, calls, operationOf } from '../../src/aws/aws.ts'
import type { LocalAws } from '../../src/local/localAws.ts'
import type { Unchecked } from '../../src/local/world/wire.ts'

/** What the local AWS answered: an output, or a refusal. */
export interface Answered {
  readonly status: number
  readonly body: Unchecked
}

/** Puts one call to the local AWS in this process, without a wire: what goes in and what comes out is copied, once each. */
export function ask(aws: LocalAws, method: Method, input: object): Answered {
  // The local AWS calls its services as the SDK calls their clients, in one word.
  return askFor(aws, calls[method].client.replaceAll('-', ''), operationOf(method), input)
}

/** The same for any operation, by its service and its name in lower camel case. */
export function askFor(aws: LocalAws, service: string, name: string, input: object): Answered {
  const operation = `${name.charAt(0).toUpperCase()}${name.slice(1)}`
  const { status, output } = aws.perform({ service, operation, input: () => copied(input) as Unchecked })
  return { status, body: copied(output) as Unchecked }
}

/** The answer as the SDK gives it: times as Dates, refusals thrown as Errors. */
export function received<M extends Method>(method: M, { status, body }: Answered): Output<M> {
  const $metadata = { httpStatusCode: status, attempts: 1, totalRetryDelay: 0 }
  if (status >= 400) throw refusal(body, status)
  const dated = { ecs: /At$/, scheduler: /Date$/ }[calls[method].client as string]
  const output: Unchecked = dated ? (withDates(body, dated) as Unchecked) : body
  if (method === 'getObject') Object.assign(output, datesOfObject(output))
  output.$metadata = $metadata
  return output as Output<M>
}

/** The times of an object, which headers tell in whole seconds. */
function datesOfObject({ LastModified, Date: now }: Unchecked): object {
  const dateOf = (seconds: number): Date => new Date(Math.floor(seconds) * 1000)
  return { LastModified: dateOf(LastModified), ServedAt: dateOf(now) }
}

/** A refusal as the SDK throws it. */
function refusal({ __type, message, ...members }: Unchecked, status: number): Error {
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

/** A request that was given up, as the SDK throws it: with the Error that its signal was given as the cause. */
export function aborted({ reason }: Pick<AbortSignal, 'reason'>): Error {
  return Object.assign(new Error('Request aborted'), {
    name: 'AbortError',
    ...(reason instanceof Error && { cause: reason }),
    $metadata: { attempts: 1, totalRetryDelay: 0 },
  })
}

/** Every time is a number of seconds in a member whose name ends so: in ECS in `At`, in EventBridge Scheduler in `Date`. */
function withDates(value: unknown, ending: RegExp): unknown {
  if (Array.isArray(value)) {
    for (const one of value) withDates(one, ending)
  } else if (typeof value === 'object' && value !== null) {
    const record = value as Record<string, unknown>
    for (const key in record) {
      const member = record[key]
      if (typeof member === 'number' && ending.test(key)) record[key] = new Date(Math.round(member * 1000))
      else if (typeof member === 'object') withDates(member, ending)
    }
  }
  return value
}

/** What JSON makes of a value, which takes several times as long: members that are undefined are left out. Times are seconds. */
function copied(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(copied)
  if (value instanceof Date) return value.getTime() / 1000
  const copy: Record<string, unknown> = {}
  const record = value as Record<string, unknown>
  for (const key in record) {
    const member = record[key]
    if (member !== undefined) copy[key] = typeof member === 'object' ? copied(member) : member
  }
  return copy
}
