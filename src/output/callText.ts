/** A call to AWS in a line, for whoever asks to see each of them. */
import type { ClientName, Method } from '../aws/aws.ts'
import { compact } from '../ground/compact.ts'
import { cut } from './width.ts'

/** How many columns of a call are shown; `--json` has all of it. */
const mostColumns = 300

/** `ecs.describeServices {cluster: "prod", services: ["web"]}`, with the error that AWS answered. */
export function callText(
  { client, method, input }: { readonly client: ClientName; readonly method: Method; readonly input: object },
  error?: { readonly name: string; readonly message: string },
): string {
  const call = `${client}.${method} ${compact(input)}`
  const kept = cut(call, mostColumns)
  return `${kept}${kept === call ? '' : '…'}${error ? `: ${error.name}: ${error.message}` : ''}`
}
