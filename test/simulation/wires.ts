import { type Input, type Method, type Output, type Transport, calls } from '../../src/aws/aws.ts'
import type { LocalAws } from '../../src/local/localAws.ts'
import type { Unchecked } from '../../src/local/world/wire.ts'
import type { VirtualClock } from './clock.ts'
import { type Faults, serverError, throttled, withoutFailing } from './faults.ts'
import { holderOf, updated } from './locks.ts'
import { regionOf } from './make.ts'
import { callsOf } from './other.ts'
import { type OtherAct, answers } from './otherActs.ts'
import type { Run, Sent } from './record.ts'
import type { Scenario } from './scenario.ts'
import { memory } from './stale.ts'
import { type Answered, aborted, ask, askFor, connectionLost, noAnswerInTime, received } from './transport.ts'
import { pointingAt } from './uses.ts'

/** The wires between the runs and the one AWS, with everything that goes wrong on them. */
export interface Wires {
  /** Every request, in the order in which they were sent. */
  readonly sent: readonly Sent[]
  /** A run's own; `kill` is called when its process is to end at a call. */
  transport(run: Run, kill: () => void): Transport
}

/** Milliseconds after which the SDK no longer waits for an answer. */
const requestTimeout = 15_000

/** Calls after which somebody else has emptied the buckets, where they hold. */
const thirst = 25

export function wires(of: {
  readonly aws: LocalAws
  /** The same for the runs alone, whose calls a policy may deny. */
  readonly ofRuns: LocalAws
  readonly clock: VirtualClock
  readonly faults: Faults
  readonly scenario: Scenario
  readonly count: (what: string) => void
}): Wires {
  const { aws, ofRuns, clock, faults, scenario, count } = of
  const sent: Sent[] = []
  const done = new Set<OtherAct>()
  const past = memory()
  const isEverStale = scenario.faults.stale > 0
  let number = 0

  function act(one: Sent): Answered {
    const { method, input } = one
    if (method === 'deleteService') return { status: 200, body: askFor(aws, 'ecs', method, input).body }
    if (method === 'deleteSchedule') return askFor(aws, 'scheduler', method, input)
    if (isEverStale) past.before(method, input, regionOf(aws), clock.now())
    const service = updated(one)
    if (service !== undefined) one.lockedBy = holderOf(aws, service)
    if (method === 'deregisterTaskDefinition') one.uses = pointingAt(regionOf(aws), input['taskDefinition'])
    const answered = ask(one.run === 'other' ? aws : ofRuns, method, input)
    one.acted = calls[method].kind === 'write' && answered.status < 400
    one.answer = answered.body
    return answered
  }

  function letOthersAct(): void {
    for (const other of scenario.others) {
      const isAnswer = answers.some((kind) => kind === other.kind)
      if (number < other.call || done.has(other) || (number > other.call && !isAnswer)) continue
      aws.advance()
      const todo = callsOf(other, aws)
      if (isAnswer && todo.length === 0) continue
      done.add(other)
      let answer: Unchecked | undefined
      for (const callOf of todo) {
        const one: Sent = { run: 'other', ...callOf(answer), at: clock.now(), acted: true }
        sent.push(one)
        const { status, body } = act(one)
        one.acted = status < 400
        answer = body
        if (!one.acted) break
      }
      count(`other: ${other.kind}`)
    }
  }

  /** Others drink from AWS's buckets too. */
  function letOthersDrink(): void {
    if (!scenario.faults.buckets || number % thirst !== 0) return
    for (const bucket of Object.values(regionOf(aws).buckets)) Object.assign(bucket, { tokens: 0, at: clock.now() })
  }

  function through(one: Sent): Answered {
    const { method, input } = one
    if (one.fault === 'failedEntry') {
      const failing = faults.failing<unknown>(input['Targets'] ?? input['Ids'])
      const rest = withoutFailing(input, failing)
      const list: unknown[] = rest.input['Targets'] ?? rest.input['Ids']
      const answered = list.length > 0 ? act({ ...one, input: rest.input }) : { status: 200, body: {} }
      if (answered.status >= 400) return answered
      one.acted = list.length > 0
      one.answer = { FailedEntryCount: failing.length, FailedEntries: rest.entries }
      return { status: 200, body: one.answer }
    }
    const answered = act(one)
    if (method === 'deleteSchedule' || one.fault !== 'stale' || answered.status >= 400) return answered
    return { status: 200, body: past.stale(method, input, answered.body, clock.now()) }
  }

  function transport(run: Run, kill: () => void): Transport {
    const never = <T>(): Promise<T> => new Promise(() => {})

    async function send<M extends Method>(
      method: M,
      input: Input<M>,
      signal: AbortSignal | undefined,
    ): Promise<Output<M>> {
      if (run.wasKilled) return never()
      number += 1
      run.calls += 1
      const {
        act: { kill: at, quiet },
      } = run
      if (!quiet) {
        letOthersAct()
        letOthersDrink()
      }
      const isLast = at?.call === run.calls
      if (isLast && !at.acted) {
        kill()
        return never()
      }
      if (signal?.aborted) throw aborted(signal)
      const fault = quiet ? undefined : faults.next(method, number)
      if (fault) count(fault)
      const one: Sent = { run: run.name, method, input, at: clock.now(), acted: false, ...(fault && { fault }) }
      sent.push(one)
      try {
        return await answer(one, isLast)
      } catch (error) {
        one.error = `${(error as Error).name}: ${(error as Error).message}`
        throw error
      }

      async function answer(asked: Sent, isLastCall: boolean): Promise<Output<M>> {
        if (fault === 'cutBefore') throw connectionLost()
        if (fault === 'throttled') return received(method, throttled(method))
        if (fault === 'serverError') return received(method, serverError(method))
        if (fault === 'clockJump') clock.jump(faults.milliseconds('clockJump'))
        const answered = through(asked)
        if (answered.body['__type'] === 'ThrottlingException') count('bucket empty')
        if (isLastCall) {
          kill()
          return never()
        }
        if (fault === 'cutAfter') throw connectionLost()
        const wait = scenario.faults.latency + (fault === 'slow' ? faults.milliseconds('slow') : 0)
        if (wait > 0) await waited(Math.min(wait, requestTimeout), signal)
        if (wait > requestTimeout) throw noAnswerInTime()
        return received(method, answered)
      }
    }

    async function waited(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
      if (!signal) return clock.sleep(milliseconds)
      let stop = (): void => {}
      const given = new Promise<never>((_, reject) => {
        stop = () => reject(aborted(signal))
        signal.addEventListener('abort', stop, { once: true })
      })
      await Promise.race([clock.sleep(milliseconds), given]).finally(() => signal.removeEventListener('abort', stop))
    }

    return send
  }

  return { sent, transport }
}
