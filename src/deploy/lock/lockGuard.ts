/** The locks of a run as its settings ask for them. */
import { environment } from '../../aws/region.ts'
import type { Guard } from '../../engine/guard.ts'
import type { CompleteSettings } from '../../engine/settings.ts'
import { EcsTaskError } from '../../ground/errors.ts'
import { holderIn } from './holder.ts'
import { lockKeeper } from './keeper.ts'
import { type LockPlace, type ToLock, lockPlaces } from './places.ts'

type Asked = Pick<CompleteSettings, 'holder' | 'waitForLock' | 'program' | 'guard'>

/**
 * The guard of a run that writes to what these locks are of; the one of the settings, or none, where there is none. `command` is what
 * others are told of it. What is wrong with them is thrown when they are to be taken.
 */
export function lockGuard(wanted: readonly ToLock[], command: string, settings: Asked): Guard | undefined {
  const { holder, waitForLock, program, guard } = settings
  if (wanted.length === 0 && waitForLock === undefined) return guard
  const places = (region: string | undefined): LockPlace[] => {
    if (wanted.length > 0) return lockPlaces(wanted, region)
    throw new EcsTaskError('BadArguments', 'There is no lock to wait for.', {
      fix: 'Pass --lock s3://bucket/prefix, or declare lock in the class.',
    })
  }
  return lockKeeper(places, { holder: holder ?? holderIn(environment), command, waitForLock, program })
}
