import { type Method, calls } from '../../src/aws/aws.ts'
import type { Unchecked } from '../../src/local/world/wire.ts'
import type { FaultPlan } from './faultPlan.ts'
import { random } from './random.ts'
import type { Answered } from './transport.ts'

export type Fault =
  | 'throttled'
  | 'serverError'
  | 'cutBefore'
  | 'cutAfter'
  | 'slow'
  | 'stale'
  | 'failedEntry'
  | 'clockJump'

/** What happens to each call, in the order they come. */
export interface Faults {
  /** The fault of the next call, which is the `number`th; undefined: it goes well. */
  next(method: Method, number: number): Fault | undefined
  /** Milliseconds that a slow answer takes, or by which the clock jumps. */
  milliseconds(fault: Fault): number
  /** Which of the entries of a request fail. */
  failing<T>(entries: readonly T[]): T[]
}

export function faults(plan: FaultPlan): Faults {
  const chance = random(plan.seed)
  return {
    next(method, number) {
      const { outage } = plan
      if (outage && number >= outage.from && number < outage.from + outage.length)
        return chance.pick(['serverError', 'cutBefore', 'cutAfter'])
      for (const fault of order) {
        if (plan[fault] > 0 && (only[fault]?.includes(method) ?? true) && chance.chance(plan[fault])) return fault
      }
      return undefined
    },
    milliseconds: (fault) => (fault === 'clockJump' ? chance.integer(10_000, 1_800_000) : chance.integer(200, 25_000)),
    failing: (entries) => entries.filter(() => chance.chance(0.6)),
  }
}

const order = [
  'throttled',
  'serverError',
  'cutBefore',
  'cutAfter',
  'slow',
  'stale',
  'failedEntry',
  'clockJump',
] as const

/** Faults that only some calls can have. */
const only: Partial<Record<Fault, readonly Method[]>> = {
  stale: ['describeServices', 'listTaskDefinitions', 'describeTasks', 'listTargetsByRule'],
  failedEntry: ['putTargets', 'removeTargets'],
}

/** What AWS says when it was asked too often. */
export function throttled(method: Method): Answered {
  const { client } = calls[method]
  if (client === 's3') return { status: 503, body: { __type: 'SlowDown', message: 'Please reduce your request rate.' } }
  const code = client === 'sns' ? 'Throttling' : 'ThrottlingException'
  return { status: 400, body: { __type: code, message: 'Rate exceeded' } }
}

/** What AWS says when it broke. */
export function serverError(method: Method): Answered {
  const names = { ecs: 'ServerException', events: 'InternalException', logs: 'ServiceUnavailableException' } as const
  const { client } = calls[method]
  const code = client in names ? names[client as keyof typeof names] : 'InternalError'
  return { status: 500, body: { __type: code, message: 'Service Unavailable. Please try again later.' } }
}

/** The input of a request without the entries that EventBridge does not take, and what it says of those. */
export function withoutFailing(
  input: Unchecked,
  failing: readonly unknown[],
): { input: Unchecked; entries: Unchecked[] } {
  const list = input['Targets'] ? 'Targets' : 'Ids'
  return {
    input: { ...input, [list]: input[list].filter((one: unknown) => !failing.includes(one)) },
    entries: failing.map((one) => ({
      TargetId: typeof one === 'string' ? one : (one as Unchecked)['Id'],
      ErrorCode: 'InternalFailure',
      ErrorMessage: 'An internal failure occurred.',
    })),
  }
}
