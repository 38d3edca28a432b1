// Tells of each call of a command that only reads. A run tells of its own, where secrets are taken out of its events.
import { type Transport, calls } from '../../aws/aws.ts'
import { visible } from '../../ground/visible.ts'
import { callText } from '../../output/callText.ts'
import type { SayingCommand } from './command.ts'

/** The same transport; with `--verbose` one that says on the standard error what is asked. */
export function verboseTransport(transport: Transport, { saying, context }: SayingCommand): Transport {
  if (!saying.verbose) return transport
  return async (method, input, signal) => {
    context.stderr.write(`${visible(callText({ client: calls[method].client, method, input }))}\n`)
    return transport(method, input, signal)
  }
}
