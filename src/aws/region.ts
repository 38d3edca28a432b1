/** The region that calls go to where nobody gives one. */
import process from 'node:process'

type Env = Readonly<Record<string, string | undefined>>

/** What the settings of AWS are read from where nobody says otherwise. */
export const environment: Env = process.env

/**
 * The region that was asked for, else the one of the environment. As with the AWS CLI, AWS_DEFAULT_REGION counts too, which
 * the SDK for JavaScript does not read, and both come before the region of a profile. Undefined: the SDK looks in the profile.
 */
export function regionOf(asked: string | undefined, env: Env = environment): string | undefined {
  return regionAsked(asked, env).value
}

/** The same with the name of what says so: `--region`, `AWS_REGION`. */
export function regionAsked(asked: string | undefined, env: Env): { name: string; value: string | undefined } {
  if (asked !== undefined) return { name: '--region', value: asked }
  // CI systems set variables of theirs to nothing.
  const name = ['AWS_REGION', 'AWS_DEFAULT_REGION'].find((one) => env[one]) ?? 'AWS_REGION'
  return { name, value: env[name] || undefined }
}
