// Reads AWS for a command that runs no plan, and says where that was.
import type { Transport } from '../../aws/aws.ts'
import type { BaseCommand } from './command.ts'
import type { LocalFixtures } from './localAws.ts'
import { type Session, openSession } from './session.ts'
import { tellPlace } from './tellPlace.ts'
import { verboseTransport } from './verboseTransport.ts'

/** What reads AWS needs of a session. */
interface Reading extends Pick<Session, 'aws' | 'clock' | 'local' | 'place'> {
  readonly transport: Transport
  /** Where calls go if that is not Amazon's. */
  readonly endpoint: () => Promise<string | undefined>
  /** Where nothing was sent yet, either. */
  readonly region: () => Promise<string | undefined>
}

/**
 * Opens AWS, reads, and closes it again. Where the calls went is told once the account is known, at the latest when it has
 * read: before what `read` answers or throws.
 */
export async function readInSession<T>(
  command: BaseCommand,
  fixtures: LocalFixtures,
  read: (session: Reading) => Promise<T>,
): Promise<T> {
  const session = await openSession(command, fixtures)
  try {
    const reading = read({
      ...session,
      transport: verboseTransport(session.transport, command),
      region: async () => session.region ?? (await session.transport.destination()).region,
      endpoint: async () => (await session.transport.destination()).endpoint,
    })
    await Promise.race([session.placed, Promise.allSettled([reading])])
    if (!command.saying.quiet) tellPlace(command.context, await session.place())
    return await reading
  } finally {
    await session.close()
  }
}
