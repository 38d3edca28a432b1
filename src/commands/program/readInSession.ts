// Reads AWS for a command that runs no plan, and says where that was.
import type { BaseCommand } from './command.ts'
import type { LocalFixtures } from './localAws.ts'
import { type Session, openSession } from './session.ts'
import { tellPlace } from './tellPlace.ts'

/**
 * Opens AWS, reads, and closes it again. Where the calls went is told once the account is known, at the latest when it has
 * read: before what `read` answers or throws.
 */
export async function readInSession<T>(
  command: BaseCommand,
  fixtures: LocalFixtures,
  read: (session: Session) => Promise<T>,
): Promise<T> {
  const session = await openSession(command, fixtures)
  try {
    const reading = read(session)
    await Promise.race([session.placed, Promise.allSettled([reading])])
    tellPlace(command.context, await session.place())
    return await reading
  } finally {
    await session.close()
  }
}
