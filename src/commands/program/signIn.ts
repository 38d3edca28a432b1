// Asks for the code of an MFA device, where a profile needs one and there is a terminal.
import type { AwsSettings } from '../../aws/awsSettings.ts'
import { type SdkTransport, sdkTransport } from '../../aws/sdk.ts'
import { EcsTaskError } from '../../ground/errors.ts'
import type { Context } from './command.ts'
import { ask, isTerminal } from './confirm.ts'

/**
 * The way to AWS as these settings say. On a terminal it signs in at once, before a live view is drawn over the question;
 * where nothing was asked, whoever calls first tells what is wrong with the credentials.
 */
export async function signedIn(settings: AwsSettings, context: Context): Promise<SdkTransport> {
  if (!isTerminal(context.stdin)) return sdkTransport(settings, { env: context.env })
  let hasAsked = false
  const transport = sdkTransport(settings, {
    env: context.env,
    async mfaCodeProvider(serial) {
      hasAsked = true
      const code = (await ask(context, `MFA code for ${serial}:`)).trim()
      if (code === '') throw new EcsTaskError('NoCredentials', 'No MFA code was given.')
      return code
    },
  })
  await transport.signIn().catch((error: unknown) => {
    if (hasAsked) throw error
  })
  return transport
}
