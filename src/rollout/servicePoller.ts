/** The looks at services that the rollouts of a run share. */
import { abortController } from '../ground/abortController.ts'
import type { Service } from '@aws-sdk/client-ecs'
import type { Aws } from '../aws/aws.ts'
import type { Clock } from '../ground/clock.ts'
import { nameOf } from '../ground/names.ts'

/** Resolves with a look at a service in so many milliseconds, or sooner; undefined where AWS does not show it. */
type Look = (of: LookAt, signal?: AbortSignal) => Promise<Service | undefined>

interface LookAt {
  readonly cluster: string
  readonly service: string
  readonly milliseconds: number
}

interface Waiting {
  readonly service: string
  /** When it wants its look. */
  readonly at: number
  readonly resolve: (service: Service | undefined) => void
  readonly reject: (error: unknown) => void
}

interface Sweep {
  readonly at: number
  readonly stop: AbortController
}

/** A run has one door to AWS: whoever comes through it shares a poller. */
const pollers = new WeakMap<Aws, Look>()

/** The next look at a service, shared with whoever else in this run follows one in its cluster. */
export function lookAt(
  of: LookAt,
  { aws, clock }: { readonly aws: Aws; readonly clock: Clock },
  signal?: AbortSignal,
): Promise<Service | undefined> {
  const look = pollers.get(aws) ?? servicePoller(aws, clock)
  pollers.set(aws, look)
  return look(of, signal)
}

/** AWS shows so many services a call. */
const perCall = 10
/** Looks a second that a run takes in the long run, however much it follows: a fleet leaves the bucket to other reads. */
const perSecond = 4
/** Looks that it may take at once. */
const burst = 20

/** A bucket of our own for looks: how many of those that are wanted may be taken now, and when there is one to be had. */
function looksOf({ now }: Clock): { take(wanted: number): number; next(): number } {
  let tokens = burst
  let at = now()
  const level = (): number => {
    const before = at
    at = now()
    return (tokens = Math.min(tokens + (Math.max(at - before, 0) * perSecond) / 1000, burst))
  }
  return {
    take(wanted) {
      const taken = Math.min(wanted, Math.floor(level()))
      tokens -= taken
      return taken
    },
    next: () => now() + Math.ceil((Math.max(1 - level(), 0) * 1000) / perSecond),
  }
}

/**
 * One poller for all rollouts of a run. Whoever waits for the same cluster shares its looks, ten services a call: the next
 * is when the first of them wants one, and what room there is in the call shows those theirs that want it soonest.
 */
function servicePoller(aws: Aws, clock: Clock): Look {
  const waiting = new Map<string, Waiting[]>()
  const sweeps = new Map<string, Sweep>()
  const sparing = looksOf(clock)

  function planNext(cluster: string): void {
    const moments = (waiting.get(cluster) ?? []).map(({ at }) => at)
    if (moments.length > 0) plan(cluster, Math.max(Math.min(...moments), sparing.next()))
  }

  function plan(cluster: string, at: number): void {
    const planned = sweeps.get(cluster)
    if (planned && planned.at <= at) return
    planned?.stop.abort()
    const stop = abortController()
    sweeps.set(cluster, { at, stop })
    clock.sleep(at - clock.now(), stop.signal).then(
      () => sweep(cluster),
      () => undefined,
    )
  }

  async function sweep(cluster: string): Promise<void> {
    sweeps.delete(cluster)
    const soonest = (waiting.get(cluster) ?? []).toSorted((one, other) => one.at - other.at)
    const due = soonest.filter(({ at }) => at <= clock.now()).length
    const calls = sparing.take(Math.ceil(due / perCall))
    const asked = soonest.slice(0, calls * perCall)
    waiting.set(cluster, soonest.slice(asked.length))
    planNext(cluster)
    const names = [...new Set(asked.map(({ service }) => service))]
    if (names.length === 0) return
    try {
      const { services = [] } = await aws.all('describeServices', { cluster, services: names })
      for (const { service, resolve } of asked) resolve(services.find((one) => one.serviceName === nameOf(service)))
    } catch (error) {
      for (const { reject } of asked) reject(error)
    }
  }

  return ({ cluster, service, milliseconds }, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      // A wait that is given up is taken off the list, so that nobody is asked about on its account.
      const giveUp = (): void => {
        waiting.set(
          cluster,
          (waiting.get(cluster) ?? []).filter((one) => one !== mine),
        )
        reject(signal?.reason)
      }
      const settled =
        <T>(settle: (value: T) => void) =>
        (value: T): void => {
          signal?.removeEventListener('abort', giveUp)
          settle(value)
        }
      const mine: Waiting = {
        service,
        at: clock.now() + milliseconds,
        resolve: settled(resolve),
        reject: settled(reject),
      }
      signal?.addEventListener('abort', giveUp, { once: true })
      waiting.set(cluster, [...(waiting.get(cluster) ?? []), mine])
      planNext(cluster)
    })
}
