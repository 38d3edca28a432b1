// Tells of each call of a command that only reads. A run tells of its own, where secrets are taken out of its events.
import { type Transport, calls } from '../../aws/aws.ts'
import { callText } from '../../output/callText.ts'
import { wantsColor } from '../../output/color.ts'
import { type Line, printedLines } from '../../output/line.ts'
import type { SayingCommand } from './command.ts'

/** The same transport; with `--verbose` one that says on the standard error what is asked. */
export function verboseTransport(transport: Transport, { saying, context }: SayingCommand): Transport {
  if (!saying.verbose) return transport
  return async (method, input, signal) => {
    const line: Line = [['dim', callText({ client: calls[method].client, method, input })]]
    context.stderr.write(printedLines([line], { color: wantsColor(context.env, context.stderr) }))
    return transport(method, input, signal)
  }
}
