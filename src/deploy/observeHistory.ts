/** Reads what services ran successfully and what is in progress, and tells what could not be read and what follows. */
import type { Service } from '@aws-sdk/client-ecs'
import type { Aws } from '../aws/aws.ts'
import { isDenied } from '../aws/denied.ts'
import { shownNames } from '../ground/names.ts'
import { whyUnreadable } from '../rollout/missingPermission.ts'
import { hasNoHistory } from '../rollout/serviceDeployment.ts'
import { hasCompleted, ongoingDeployment, successfulRevisions } from './history.ts'
import type { Note } from './observeRevisions.ts'
import type { OngoingDeployment } from './world.ts'

/** What the history is read for: what services are put back to on failure, or what a rollback goes to. */
export type Goal = 'wayBack' | 'goal'

/** Who asks for the deployments that are in progress. */
export type Asking = 'continue' | 'rollback' | 'rollback --to'

/**
 * The revisions that services were deployed to successfully, by service, the last first. For the way back that is read
 * only of services which have not completed what they run, and no command fails for want of it. A rollback does without
 * where the permission is missing or AWS keeps no history.
 */
export function observeSuccesses(
  aws: Aws,
  services: readonly Service[],
  { to, note, signal }: { to: Goal; note: Note; signal: AbortSignal | undefined },
): Promise<Map<Service, string[]>> {
  const isGoal = to === 'goal'
  return readEach(isGoal ? services : services.filter((service) => !hasCompleted(service)), {
    read: (service) => successfulRevisions(aws, service, signal),
    isNeeded: (error) => isGoal && !isDenied(error) && !hasNoHistory(error),
    what: (names) => `The deployment history of ${names}`,
    follows: isGoal
      ? 'The rollback goes to the revision before the newest, whether or not that ever completed.'
      : 'On failure each service goes back to the revision that it runs now, whether or not that ever completed.',
    note,
    signal,
  })
}

/**
 * The deployments that are in progress, by service. `continue` cannot do without them; a rollback can where a permission
 * is missing, and with `--to` always.
 */
export function observeOngoing(
  aws: Aws,
  services: readonly Service[],
  { by, note, signal }: { by: Asking; note: Note; signal: AbortSignal | undefined },
): Promise<Map<Service, OngoingDeployment>> {
  return readEach(services, {
    read: (service) => ongoingDeployment(aws, service, signal),
    isNeeded: (error) => by === 'continue' || (by === 'rollback' && !isDenied(error)),
    what: (names) => `Whether a deployment of ${names} is in progress`,
    follows: 'If one is, the rollback does not stop it but starts another in its place.',
    note,
    signal,
  })
}

/** What is read of each service, and what is said where it cannot be. */
interface Reading<T> {
  readonly read: (service: Service) => Promise<T | undefined>
  /** Whether this error ends the command. An abort always does. */
  readonly isNeeded: (error: unknown) => boolean
  /** What could not be read, as the sentence begins. */
  readonly what: (names: string) => string
  /** The sentence that says what follows from it. */
  readonly follows: string
  readonly note: Note
  readonly signal: AbortSignal | undefined
}

/** Reads of all services at once; those that cannot be read for the same reason are told of together. */
async function readEach<T>(
  services: readonly Service[],
  { read, isNeeded, what, follows, note, signal }: Reading<T>,
): Promise<Map<Service, T>> {
  const unread = new Map<string, string[]>()
  const found = await Promise.all(
    services.map(async (service): Promise<[Service, T][]> => {
      try {
        const answer = await read(service)
        return answer === undefined ? [] : [[service, answer]]
      } catch (error) {
        if (signal?.aborted || isNeeded(error)) throw error
        const why = whyUnreadable(error, 'ecs:ListServiceDeployments').replace(/\.$/, '')
        unread.set(why, [...(unread.get(why) ?? []), service.serviceName ?? ''])
        return []
      }
    }),
  )
  for (const [why, names] of unread) {
    note(`${what(shownNames(names.toSorted(), 'services'))} could not be read: ${why}. ${follows}`)
  }
  return new Map(found.flat())
}
