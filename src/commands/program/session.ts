// Opens a command's way to AWS.
import { visible } from '../../ground/visible.ts'
import { type Aws, type Transport, openAws } from '../../aws/aws.ts'
import { sdkTransport } from '../../aws/sdk.ts'
import { type Clock, systemClock } from '../../ground/clock.ts'
import type { BaseCommand } from './command.ts'
import { type LocalFixtures, type LocalRun, startLocalRun } from './localAws.ts'
import { signedIn } from './signIn.ts'
import { verboseTransport } from './verboseTransport.ts'

/** A command's way to AWS: Amazon's, or with `--local` the local one, whose clock it then shares. */
interface Session {
  readonly transport: Transport
  /** For a command that tells nobody of its calls; whoever does opens `transport` with a listener of its own. */
  readonly aws: Aws
  readonly clock: Clock
  /** Undefined where only the SDK finds out, from a profile. */
  readonly region: string | undefined
  readonly local: LocalRun | undefined
  readonly close: () => Promise<void>
}

/**
 * Opens AWS as the command's options say. A local AWS first makes the fixtures; its warnings go to the
 * standard error. Throws `BadArguments` when it cannot start. Nothing is sent to AWS yet.
 */
export async function openSession(command: BaseCommand, fixtures: LocalFixtures): Promise<Session> {
  const { stderr } = command.context
  const regionAsked = regionOf(command)
  const warn = (line: string): void => void stderr.write(`${visible(line)}\n`)
  const local = command.local ? await startLocalRun(fixtures, regionAsked ?? 'us-east-1', warn) : undefined
  const region = local?.settings.region ?? regionAsked
  const transport = local
    ? sdkTransport(local.settings)
    : await signedIn({ region, profile: command.profile }, command.context)
  const clock = systemClock(local)
  const aws = openAws({ transport: verboseTransport(transport, command), clock })
  return { transport, aws, clock, region, local, close: async () => local?.close() }
}

/** The SDK for JavaScript does not know AWS_DEFAULT_REGION, which the AWS CLI and boto3 do. */
function regionOf({ region, profile, context }: BaseCommand): string | undefined {
  const { AWS_REGION, AWS_DEFAULT_REGION } = context.env
  return region ?? (profile === undefined ? (AWS_REGION ?? AWS_DEFAULT_REGION) : AWS_REGION)
}
