import { AwsFault } from '../world/fault.ts'
import type { Wire } from '../world/operation.ts'
import { own } from '../world/own.ts'
import type { LaunchTemplateRecord } from '../world/world.ts'

/**
 * The number of the version that was made of this very input before, by its ClientToken; undefined when there is none.
 * Throws IdempotentParameterMismatch when the token came with another input.
 * https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-idempotency.html
 */
export function versionOfToken({ tokens }: LaunchTemplateRecord, input: Wire): number | undefined {
  const known = own(tokens, input.ClientToken ?? '')
  if (!known) return undefined
  if (known.input === JSON.stringify(input)) return known.version
  const message = 'The client token you have provided is associated with a resource that has other parameters.'
  throw new AwsFault('IdempotentParameterMismatch', message)
}
