// Tells of each call of a command that only reads. A run tells of its own, where secrets are taken out of its events.
import { type Transport, calls } from '../../aws/aws.ts'
import { redactor } from '../../definition/secrets/redact.ts'
import { callText } from '../../output/callText.ts'
import { wantsColor } from '../../output/color.ts'
import { type Line, printedLines } from '../../output/line.ts'
import type { SayingCommand } from './command.ts'
import { secretsOf, typedSecrets } from './withoutSecrets.ts'

/** The same transport; with `--verbose` one that says on the standard error what is asked. */
export function verboseTransport(transport: Transport, { saying, context }: SayingCommand): Transport {
  if (!saying.verbose) return transport
  // Of a command that `exec` is told to run, for example.
  const withoutSecrets = redactor([], { secrets: [...secretsOf(context.env), ...typedSecrets(context.argv)] })
  return async (method, input, signal) => {
    const call = { client: calls[method].client, method, input: withoutSecrets(input) }
    const line: Line = [['dim', callText(call)]]
    context.stderr.write(printedLines([line], { color: wantsColor(context.env, context.stderr) }))
    return transport(method, input, signal)
  }
}
