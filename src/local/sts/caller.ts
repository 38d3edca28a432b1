import type { Region } from '../world/world.ts'

/** The ARN of whoever calls: the local AWS checks no signature, so everyone is the account's user `local`. */
export function callerArn(region: Region): string {
  return `arn:aws:iam::${region.account}:user/local`
}
