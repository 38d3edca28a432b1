/** How requests reach AWS: over sockets of this machine or through a proxy, each with a deadline for its whole answer. */
import { abortController } from '../ground/abortController.ts'
import type { AgentOptions } from 'node:https'
import type { Clock } from '../ground/clock.ts'
import { lazy } from '../ground/lazy.ts'
import { proxyAgents } from './proxy.ts'

const loadHandler = (): typeof import('@smithy/node-http-handler') => lazy('@smithy/node-http-handler')

/** What the SDK sends its requests with. */
export interface HttpHandler {
  readonly metadata?: object
  handle(request: object, options?: object): Promise<{ response: HttpResponse }>
}

interface HttpResponse {
  statusCode: number
  body?: Uint8Array | (AsyncIterable<Uint8Array> & { destroy?: () => void })
}

/** 200 sockets let 100 services be followed at once. */
const sockets: AgentOptions = { maxSockets: 200, keepAlive: true }

/** A dead peer must not hang a deploy. */
const patience = { connectionTimeout: 3_000, requestTimeout: 15_000, throwOnRequestTimeout: true }

/** Milliseconds from the request to the end of its answer. AWS begins to answer within the 15 s above, or never. */
const wholeAnswer = 30_000

/**
 * The handler that all clients share, and the clients inside the SDK that fetch credentials. `given` is the SDK's own
 * setting: another handler, or the options of one.
 */
export function httpHandler(given: object | undefined, clock: Clock): HttpHandler {
  return inTime(loadHandler().NodeHttpHandler.create(given ?? { ...patience, ...proxyAgents(sockets) }), clock)
}

/**
 * Reads each answer to its end before anybody sees it, and gives up where the end does not come: with an answer that is
 * lost, as the SDK calls one that never began. The machine's clock counts, not a faster one of a local AWS: a busy
 * machine is not a slow network.
 */
function inTime(handler: HttpHandler, clock: Clock): HttpHandler {
  return {
    ...(handler.metadata && { metadata: handler.metadata }),
    async handle(request, options) {
      const over = abortController()
      const tooLate = abortController()
      const whole = async (): Promise<{ response: HttpResponse }> => {
        const { response } = await handler.handle(request, options)
        if (response.body) response.body = await bytesOf(response.body, tooLate.signal)
        return { response }
      }
      const late = async (): Promise<never> => {
        await clock.sleep(wholeAnswer, over.signal)
        tooLate.abort()
        const text = `The answer was incomplete after ${wholeAnswer / 1000} s.`
        throw Object.assign(new Error(text), { name: 'TimeoutError' })
      }
      try {
        return await Promise.race([whole(), late()])
      } finally {
        over.abort()
      }
    },
  }
}

/** All of a body. One that nobody waits for any more is closed: its socket would keep the process alive. */
async function bytesOf(body: NonNullable<HttpResponse['body']>, tooLate: AbortSignal): Promise<Uint8Array> {
  if (body instanceof Uint8Array) return body
  const close = (): void => body.destroy?.()
  if (tooLate.aborted) close()
  tooLate.addEventListener('abort', close, { once: true })
  const chunks: Uint8Array[] = []
  for await (const chunk of body) chunks.push(chunk)
  return Buffer.concat(chunks)
}
