// What the commands have in common that are about locks: those of classes, or with --cluster and --lock those of any services.
import type { Aws } from '../../aws/aws.ts'
import { EcsTaskError } from '../../ground/errors.ts'
import { type LockPlace, lockPlaces, toLock } from '../../deploy/lock/places.ts'
import { type FoundLock, readLocks } from '../../deploy/lock/status.ts'
import { LookCommand } from './lookCommand.ts'
import { lockOption } from '../options/sharedOptions.ts'
import { bucketsOf } from '../program/localFixtures.ts'
import { readInSession } from '../program/readInSession.ts'

export abstract class LockCommand extends LookCommand {
  lock = lockOption()

  /** The locks as they are, and what is then done with them. */
  protected async found<T>(then: (locks: FoundLock[], aws: Aws, now: () => number) => Promise<T>): Promise<T> {
    const asked = this.asked()
    const wanted = 'definitions' in asked ? toLock(asked.definitions, this.lock) : this.ofServices(asked)
    if (wanted.length === 0) {
      throw new EcsTaskError('BadArguments', 'These classes declare no lock.', {
        fix: 'Pass --lock s3://bucket/prefix, or declare lock in the class.',
      })
    }
    const fixtures = { ...this.fixtures(asked), buckets: bucketsOf(wanted.map(({ lock }) => lock)) }
    return readInSession(this, fixtures, async ({ aws, clock, region }) => {
      const places: readonly LockPlace[] = lockPlaces(wanted, await region())
      return then(await readLocks(aws, places), aws, clock.now)
    })
  }

  private ofServices({ cluster, services }: { readonly cluster: string; readonly services: readonly string[] }) {
    const { lock } = this
    if (lock === undefined || services.length === 0) {
      throw new EcsTaskError('BadArguments', '--cluster goes with --service and --lock.', {
        fix: 'Pass --service NAME --lock s3://bucket/prefix.',
      })
    }
    return [{ lock, of: services.map((service) => ({ cluster, service })) }]
  }
}
