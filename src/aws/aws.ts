/** The one door to AWS: throttle buckets, retries and paging are behind it. */
import type { CallFacts, ClientName } from './callFacts.ts'
import { type ApplicationAutoscalingCalls, applicationAutoscalingCalls } from './calls/applicationautoscaling.ts'
import { type AutoscalingCalls, autoscalingCalls } from './calls/autoscaling.ts'
import { type Ec2Calls, ec2Calls } from './calls/ec2.ts'
import { type EcrCalls, ecrCalls } from './calls/ecr.ts'
import { type EcsCalls, ecsCalls } from './calls/ecs.ts'
import { type Elbv2Calls, elbv2Calls } from './calls/elbv2.ts'
import { type EventsCalls, eventsCalls } from './calls/eventbridge.ts'
import { type IamCalls, iamCalls } from './calls/iam.ts'
import { type LogsCalls, logsCalls } from './calls/logs.ts'
import { type Route53Calls, route53Calls } from './calls/route53.ts'
import { type S3Calls, s3Calls } from './calls/s3.ts'
import { type SchedulerCalls, schedulerCalls } from './calls/scheduler.ts'
import { type SecretsmanagerCalls, secretsmanagerCalls } from './calls/secretsmanager.ts'
import { type ServicediscoveryCalls, servicediscoveryCalls } from './calls/servicediscovery.ts'
import { type SnsCalls, snsCalls } from './calls/sns.ts'
import { type SsmCalls, ssmCalls } from './calls/ssm.ts'
import { type StsCalls, stsCalls } from './calls/sts.ts'
import { limiter } from './limiter.ts'
import { isCorrectedClock, isThrottling, isLost, isTransient, lostThenRefused, waitBefore } from './retry.ts'
import type { Clock } from '../ground/clock.ts'
import { EcsTaskError } from '../ground/errors.ts'

export type { ClientName } from './callFacts.ts'

/** The input and the output of every AWS call that ecs-task makes, by the name of the call: `[input, output]`. */
export interface Calls
  extends
    EcrCalls,
    EcsCalls,
    EventsCalls,
    IamCalls,
    LogsCalls,
    S3Calls,
    SchedulerCalls,
    SecretsmanagerCalls,
    SnsCalls,
    SsmCalls,
    StsCalls,
    Elbv2Calls,
    Route53Calls,
    ServicediscoveryCalls,
    ApplicationAutoscalingCalls,
    AutoscalingCalls,
    Ec2Calls {}

/** The SDK's name of a call in lower camel case: `updateService`. Where two services share a name, one differs. */
export type Method = keyof Calls

/** The SDK's input of a call. */
export type Input<M extends Method> = Calls[M][0]

/** The SDK's output of a call. */
export type Output<M extends Method> = Calls[M][1]

/** Every AWS call this project makes. Page and batch sizes are those of the API reference of each service. */
export const calls: { readonly [M in Method]: CallFacts } = {
  ...ecrCalls,
  ...ecsCalls,
  ...eventsCalls,
  ...iamCalls,
  ...logsCalls,
  ...s3Calls,
  ...schedulerCalls,
  ...secretsmanagerCalls,
  ...snsCalls,
  ...ssmCalls,
  ...stsCalls,
  ...elbv2Calls,
  ...route53Calls,
  ...servicediscoveryCalls,
  ...applicationAutoscalingCalls,
  ...autoscalingCalls,
  ...ec2Calls,
}

/** AWS's own name of a call: `describeServices`. */
export function operationOf(method: Method): string {
  return calls[method].operation ?? method
}

/**
 * Sends one call, once, and resolves with its output; rejects with the SDK's error. It does not retry. Only reads get a
 * `signal`, which cuts them off.
 */
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
  /** How many calls have been sent that may have changed something; notices and locks do not count. */
  readonly writes: number
}

/**
 * Opens the door. A call waits for a token of its throttle bucket; throttling is waited out and lost connections are
 * tried again, both on `clock`, at most ten times. `signal` ends the calls that have none of their own.
 */
export function openAws(of: {
  transport: Transport
  clock: Clock
  listener?: CallListener
  signal?: AbortSignal
}): Aws {
  const { transport, clock, listener = nobody } = of
  const bucket = limiter(clock)
  let writes = 0
  let answered = false

  async function call<M extends Method>(method: M, input: Input<M>, signal = of.signal): Promise<Output<M>> {
    const facts = calls[method]
    let lost: { readonly error: unknown } | undefined
    let corrected = false
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
        else if (changes(facts) && isLost(error)) {
          writes++
          lost = { error }
        }
        // One that is refused with the right time, too, has another fault.
        const correctable: boolean = !corrected && isCorrectedClock(error)
        corrected ||= correctable
        const again = isThrottling(error) || correctable || (isTransient(error) && !facts.once)
        // Where AWS has never answered, it is more likely to be out of reach than to be back in a moment.
        const most = answered || isThrottling(error) ? 10 : 3
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
    const tokens = new Set<string>()
    for (let token: string | undefined; ;) {
      const answer = await call(method, { ...input, [page.size]: page.most, [page.token]: token }, signal)
      answers.push(answer)
      token = (answer as any)[page.next ?? page.token] || undefined
      if (token === undefined) break
      if (tokens.has(token)) throw endless(method, 'It returned a page token that it had already returned.')
      if (answers.length >= mostPages) throw endless(method, `There were more after ${mostPages} pages.`)
      tokens.add(token)
    }
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

/** AWS keeps at most a million revisions of a family, and gives a hundred a page: no other list is longer. */
const mostPages = 10_000

function endless(method: Method, why: string): EcsTaskError {
  return new EcsTaskError('RefusedByAws', `AWS never ends the list of ${operationOf(method)}.`, { why })
}

function changes({ kind, client }: CallFacts): boolean {
  return kind === 'write' && !isBeside(client)
}

/** Notices and locks: what is written beside what a run is about. */
export const isBeside = (client: ClientName): boolean => client === 'sns' || client === 's3'

/** Whether a call may change what runs are about. */
export const isChange = (method: Method): boolean => changes(calls[method])

/** Where nobody is to be told. */
const nobody: CallListener = { finished() {}, failed() {}, retried() {} }

/** One answer out of several: the named lists end to end. */
function joined<T>(answers: readonly T[], items: readonly string[]): T {
  const lists = items.map((item) => [item, answers.flatMap((answer: any) => answer[item] ?? [])])
  return { ...answers.at(-1), ...Object.fromEntries(lists) } as T
}
