import type { Service } from '@aws-sdk/client-ecs'
import type { Aws } from '../aws.ts'
import type { Clock } from '../clock.ts'
import { nameOf } from '../names.ts'

/** Milliseconds between two looks at the services of a cluster: five looks a minute per ten services stay far below AWS's bucket. */
const interval = 5_000

/** Resolves with the next look at a service; undefined where AWS does not show it. */
export type Look = (cluster: string, service: string, signal?: AbortSignal) => Promise<Service | undefined>

interface Waiting {
  readonly service: string
  readonly resolve: (service: Service | undefined) => void
  readonly reject: (error: unknown) => void
}

/** One poller for all rollouts of a run: whoever waits for the same cluster shares its looks, ten services a call. */
export function servicePoller(aws: Aws, clock: Clock): Look {
  const waiting = new Map<string, Waiting[]>()

  async function sweep(cluster: string): Promise<void> {
    await clock.sleep(interval)
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

  return (cluster, service, signal) =>
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
      const asked = waiting.get(cluster)
      if (asked) asked.push(mine)
      else {
        waiting.set(cluster, [mine])
        void sweep(cluster)
      }
    })
}
