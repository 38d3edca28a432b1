/** The one door to AWS: throttle buckets, retries and paging are behind it. */
import type { CallFacts } from './callFacts.ts'
import { type AutoscalingCalls, autoscalingCalls } from './calls/autoscaling.ts'
import { type Ec2Calls, ec2Calls } from './calls/ec2.ts'
import { type EcrCalls, ecrCalls } from './calls/ecr.ts'
import { type EcsCalls, ecsCalls } from './calls/ecs.ts'
import { type Elbv2Calls, elbv2Calls } from './calls/elbv2.ts'
import { type EventsCalls, eventsCalls } from './calls/eventbridge.ts'
import { type LogsCalls, logsCalls } from './calls/logs.ts'
import { type Route53Calls, route53Calls } from './calls/route53.ts'
import { type ServicediscoveryCalls, servicediscoveryCalls } from './calls/servicediscovery.ts'
import { type SnsCalls, snsCalls } from './calls/sns.ts'
import { limiter } from './limiter.ts'
import { isThrottling, isTransient, lostThenRefused, waitBefore } from './retry.ts'
import type { Clock } from '../ground/clock.ts'

export type { ClientName } from './callFacts.ts'

/** What goes in and what comes out of each AWS call that is made anywhere in this project. */
export interface Calls
  extends
    EcrCalls,
    EcsCalls,
    EventsCalls,
    LogsCalls,
    SnsCalls,
    Elbv2Calls,
    Route53Calls,
    ServicediscoveryCalls,
    AutoscalingCalls,
    Ec2Calls {}

export type Method = keyof Calls
export type Input<M extends Method> = Calls[M][0]
export type Output<M extends Method> = Calls[M][1]

/** Every AWS call this project makes. Page and batch sizes are those of the API reference of each service. */
export const calls: { readonly [M in Method]: CallFacts } = {
  ...ecrCalls,
  ...ecsCalls,
  ...eventsCalls,
  ...logsCalls,
  ...snsCalls,
  ...elbv2Calls,
  ...route53Calls,
  ...servicediscoveryCalls,
  ...autoscalingCalls,
  ...ec2Calls,
}

/** AWS's own name of a call: `describeServices`. */
export function operationOf(method: Method): string {
  return calls[method].operation ?? method
}

/** Sends one call and answers with its output; the SDK, or a local AWS in the same process. */
export type Transport = <M extends Method>(
  method: M,
  input: Input<M>,
  signal: AbortSignal | undefined,
) => Promise<Output<M>>

/** What is told of every call, before anything else hears of it. */
export interface CallListener {
  finished(method: Method, input: object, result: object): void
  failed(method: Method, input: object, error: unknown): void
  retried(method: Method, error: unknown, milliseconds: number): void
}

/** The one door to AWS: throttle buckets, retries and paging are behind it. */
export interface Aws {
  call<M extends Method>(method: M, input: Input<M>, signal?: AbortSignal): Promise<Output<M>>
  /** A read, with all its pages or in as many batches as it takes, joined into one answer. */
  all<M extends Method>(method: M, input: Input<M>, signal?: AbortSignal): Promise<Output<M>>
  /** How many calls have been sent that may have changed something; notices do not count. */
  readonly writes: number
}

/**
 * Opens the door. A call waits for a token of its throttle bucket; throttling is waited out and lost connections are
 * tried again, both on `clock`, at most `attempts` (10) times. `signal` ends the calls that have none of their own.
 */
export function openAws(of: {
  transport: Transport
  clock: Clock
  listener?: CallListener
  attempts?: number
  signal?: AbortSignal | undefined
}): Aws {
  const { transport, clock, listener = nobody, attempts = 10 } = of
  const bucket = limiter(clock)
  let writes = 0
  let answered = false

  async function call<M extends Method>(method: M, input: Input<M>, signal = of.signal): Promise<Output<M>> {
    const facts = calls[method]
    let lost: { readonly error: unknown } | undefined
    // Whoever stops waiting must not think that nothing was sent: AWS may have acted on what it did not answer.
    const unlessLost = (reason: unknown): never => {
      throw lost ? lost.error : reason
    }
    for (let attempt = 1; ; attempt++) {
      await bucket.take(facts.bucket, signal).catch(unlessLost)
      try {
        // A write that is cut off half-way would leave nobody knowing whether AWS acted, so only reads are.
        const output = await transport(method, input, facts.kind === 'read' ? signal : undefined)
        answered = true
        if (changes(facts)) writes++
        listener.finished(method, input, output)
        return output
      } catch (error) {
        // The SDK has a word of its own for a read that was given up.
        if (signal?.aborted && facts.kind === 'read') throw signal.reason
        if (isThrottling(error)) bucket.drain(facts.bucket)
        else if (changes(facts) && isTransient(error)) {
          writes++
          lost = { error }
        }
        const again = isThrottling(error) || (isTransient(error) && !facts.once)
        // Where AWS has never answered, it is more likely to be out of reach than to be back in a moment.
        const most = answered || isThrottling(error) ? attempts : Math.min(attempts, 3)
        if (!again || attempt >= most || signal?.aborted) {
          listener.failed(method, input, error)
          throw lost && !again ? lostThenRefused(lost.error, error) : (lost?.error ?? error)
        }
        const milliseconds = waitBefore(attempt, error, clock.random())
        listener.retried(method, error, milliseconds)
        await clock.sleep(milliseconds, signal).catch(unlessLost)
      }
    }
  }

  async function all<M extends Method>(method: M, input: Input<M>, signal?: AbortSignal): Promise<Output<M>> {
    const { page, batch } = calls[method]
    if (batch) {
      const asked: unknown[] = (input as any)[batch.of]
      const parts: unknown[][] = []
      for (let at = 0; at < asked.length; at += batch.most) parts.push(asked.slice(at, at + batch.most))
      const answers = await Promise.all(parts.map((part) => call(method, { ...input, [batch.of]: part }, signal)))
      return joined(answers, batch.items)
    }
    if (!page) return call(method, input, signal)
    const answers: Output<M>[] = []
    let token: string | undefined
    do {
      const answer = await call(method, { ...input, [page.size]: page.most, [page.token]: token }, signal)
      answers.push(answer)
      token = (answer as any)[page.next ?? page.token] || undefined
    } while (token)
    return joined(answers, [page.items])
  }

  return {
    call,
    all,
    get writes() {
      return writes
    },
  }
}

function changes({ kind, client }: CallFacts): boolean {
  return kind === 'write' && client !== 'sns'
}

/** Where nobody is to be told. */
const nobody: CallListener = { finished() {}, failed() {}, retried() {} }

/** One answer out of several: the named lists end to end. */
function joined<T>(answers: readonly T[], items: readonly string[]): T {
  const lists = items.map((item) => [item, answers.flatMap((answer: any) => answer[item] ?? [])])
  return { ...answers.at(-1), ...Object.fromEntries(lists) } as T
}
