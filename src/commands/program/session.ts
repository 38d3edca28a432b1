// Opens a command's way to AWS.
import { abortController } from '../../ground/abortController.ts'
import { visible } from '../../ground/visible.ts'
import { type Aws, openAws } from '../../aws/aws.ts'
import { checkSettings } from '../../aws/checkSettings.ts'
import { regionAsked } from '../../aws/region.ts'
import { type SdkTransport, sdkTransport } from '../../aws/sdk.ts'
import { type Clock, systemClock } from '../../ground/clock.ts'
import { defined } from '../../ground/defined.ts'
import type { Place } from '../../output/phrases.ts'
import type { BaseCommand } from './command.ts'
import { type LocalFixtures, type LocalRun, startLocalRun } from './localAws.ts'
import { signedIn } from './signIn.ts'
import { verboseTransport } from './verboseTransport.ts'

/** A command's way to AWS: Amazon's, or with `--local` the local one, whose clock it then shares. */
export interface Session {
  readonly transport: SdkTransport
  /** For a command that tells nobody of its calls; whoever does opens `transport` with a listener of its own. */
  readonly aws: Aws
  readonly clock: Clock
  /** Undefined where only the SDK finds out, from a profile. */
  readonly region: string | undefined
  readonly local: LocalRun | undefined
  /** Where the calls go, as far as it is known by now; undefined as long as none is on its way. */
  readonly place: () => Promise<KnownPlace | undefined>
  /** Resolves when no more will be known of it. */
  readonly placed: Promise<void>
  /** Answers whether a local AWS has saved all that was changed in it. */
  readonly close: () => Promise<boolean>
}

interface KnownPlace extends Place {
  readonly warnings: readonly string[]
}

/**
 * Opens AWS as the command's options say. A local AWS first makes the fixtures; its warnings go to the
 * standard error. Throws `BadArguments` when it cannot start. Nothing is sent to AWS yet.
 */
export async function openSession(command: BaseCommand, fixtures: LocalFixtures): Promise<Session> {
  const { stderr, env } = command.context
  const asked = regionAsked(command.region, env)
  checkSettings(asked, command.local ? {} : env)
  const warn = (line: string): void => void stderr.write(`${visible(line)}\n`)
  const local = command.local ? await startLocalRun(fixtures, asked.value || 'us-east-1', warn) : undefined
  const region = local?.settings.region ?? asked.value
  const transport = local
    ? sdkTransport(local.settings)
    : await signedIn({ region, profile: command.profile }, command.context)
  const clock = systemClock(local)
  const aws = openAws({ transport: verboseTransport(transport, command), clock })
  const closing = abortController()
  let isUsed = false
  let account: string | undefined
  const sent = transport.sent.then(() => void (isUsed = true))
  // The address of a local AWS that ends with the command is of no use to anybody, and it has no account.
  const placed = local ? sent : transport.account(closing.signal).then((named) => void (account = named))
  async function place(): Promise<KnownPlace | undefined> {
    if (!isUsed) return undefined
    if (local) return defined({ local: true, region, warnings: [] })
    return defined({ ...(await transport.destination()), account })
  }
  async function close(): Promise<boolean> {
    closing.abort()
    return (await local?.close()) ?? true
  }
  return { transport, aws, clock, region, local, place, placed, close }
}
