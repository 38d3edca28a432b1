/** Posts to webhooks over the network, through the proxy of the environment, with what sends all other requests. */
import { type HttpHandler, httpHandler } from '../../aws/httpHandler.ts'
import type { Clock } from '../../ground/clock.ts'
import type { Post } from './deliver.ts'

/** Nothing is loaded before the first message. */
export function poster(clock: Clock): Post {
  let shared: HttpHandler | undefined
  return async ({ protocol, hostname, port, pathname, search, host }, body, abortSignal) => {
    const handler = (shared ??= httpHandler(undefined, clock))
    const request = {
      protocol,
      hostname,
      ...(port !== '' && { port: Number(port) }),
      method: 'POST',
      path: pathname + search,
      query: {},
      headers: {
        host,
        'content-type': 'application/json; charset=utf-8',
        'content-length': String(Buffer.byteLength(body)),
        'user-agent': 'ecs-task',
      },
      body,
    }
    const { response } = await handler.handle(request, { abortSignal })
    const { statusCode: status, headers = {} } = response as typeof response & { headers?: Record<string, string> }
    return { status, retryAfter: headers['retry-after'] }
  }
}
