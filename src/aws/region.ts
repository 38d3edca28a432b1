/** The region that calls go to where nobody gives one. */
import process from 'node:process'

/**
 * The region that was asked for, else the one of the environment. As with the AWS CLI, AWS_DEFAULT_REGION counts too, which
 * the SDK for JavaScript does not read, and both come before the region of a profile. Undefined: the SDK looks in the profile.
 */
export function regionOf(
  asked: string | undefined,
  env: Readonly<Record<string, string | undefined>> = process.env,
): string | undefined {
  // CI systems set variables of theirs to nothing.
  return asked ?? (env['AWS_REGION'] || env['AWS_DEFAULT_REGION'] || undefined)
}
