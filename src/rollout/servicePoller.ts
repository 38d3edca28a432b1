/** The looks at services that the rollouts of a run share. */
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

/**
 * One poller for all rollouts of a run. Whoever waits for the same cluster shares its looks, ten services a call: the
 * next is when the first of them wants one, and shows the others theirs too.
 */
function servicePoller(aws: Aws, clock: Clock): Look {
  const waiting = new Map<string, Waiting[]>()
  const sweeps = new Map<string, Sweep>()

  function plan(cluster: string, at: number): void {
    const planned = sweeps.get(cluster)
    if (planned && planned.at <= at) return
    planned?.stop.abort()
    const stop = new AbortController()
    sweeps.set(cluster, { at, stop })
    clock.sleep(at - clock.now(), stop.signal).then(
      () => sweep(cluster),
      () => undefined,
    )
  }

  async function sweep(cluster: string): Promise<void> {
    sweeps.delete(cluster)
    const asked = waiting.get(cluster) ?? []
    waiting.delete(cluster)
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
      const mine: Waiting = { service, resolve: settled(resolve), reject: settled(reject) }
      signal?.addEventListener('abort', giveUp, { once: true })
      waiting.set(cluster, [...(waiting.get(cluster) ?? []), mine])
      plan(cluster, clock.now() + milliseconds)
    })
}
