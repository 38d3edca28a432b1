import type { LocalAws } from '../../src/local/localAws.ts'
import { parseRecord } from '../../src/deploy/lock/record.ts'
import type { Sent } from './record.ts'
import type { Invariant } from './seen.ts'
import { serviceKey } from './touched.ts'

/** The bucket in which locks are kept. */
export const bucket = 'locks'

/** Who may write to a service, as its lock says: the name of a run; undefined: nobody. */
export function holderOf(aws: LocalAws, service: string): string | undefined {
  return holders(aws).find(({ key }) => key.endsWith(`/services/${service}.json`))?.holder
}

/** The objects of the locks that a run holds. */
export function heldBy(aws: LocalAws, run: string): string[] {
  return holders(aws).flatMap(({ key, holder }) => (holder === run ? key : []))
}

function holders(aws: LocalAws): { readonly key: string; readonly holder: string | undefined }[] {
  return Object.entries(aws.world.global.s3Buckets[bucket]?.objects ?? {}).map(([key, { body }]) => {
    const record = parseRecord(body)
    return { key, holder: record?.released && !record.released.forced ? undefined : record?.holder }
  })
}

/** The service that a request updates; undefined of any other. */
export const updated = ({ method, input }: Pick<Sent, 'method' | 'input'>): string | undefined =>
  method === 'updateService' ? serviceKey(input) : undefined

/** Of the runs that take locks one at a time writes to a service. */
export const oneWriter: Invariant = {
  name: 'a run with locks writes only to what it has locked',
  check: ({ run, own }) =>
    run.act.locks
      ? own
          .filter(({ acted, method }) => acted && method === 'updateService')
          .filter(({ lockedBy }) => lockedBy !== run.name)
          .map((one) => `${updated(one)} was locked by ${one.lockedBy ?? 'nobody'}`)
      : [],
}

/** A lock ends with its run, or the run says that it could not give it back. */
export const givenBack: Invariant = {
  name: 'a lock is given back, or it is said',
  check({ run }) {
    const isSaid = run.events.some(
      ({ type, ...event }) => type === 'warning.raised' && /was not given back/.test(JSON.stringify(event)),
    )
    return isSaid ? [] : run.locksKept.map((key) => `it holds ${key}`)
  },
}
