// A webhook on this machine, for as long as a test runs, and a clock by which nobody waits for it.
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { Webhook } from '../../../src/definition/definition.ts'
import type { Clock } from '../../../src/ground/clock.ts'

/** As Slack's are: whoever knows the path can write to the channel. */
export const secretPath = '/services/T024BE7LD/B2ZK9QH11/hq3XvWc81LmTpR5sYd0aKe7N'

interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
}

export interface Receiver {
  readonly host: string
  /** A notification that goes to it. */
  readonly notification: (more?: Partial<Webhook>) => Webhook
  /** What was posted, in order. */
  readonly received: any[]
  readonly contentTypes: (string | undefined)[]
  readonly close: () => Promise<void>
}

/** `answer` is given how many requests there have been; undefined is never answered. */
export async function startReceiver(
  answer: (turn: number) => Answer | undefined = () => ({ status: 200 }),
): Promise<Receiver> {
  const received: any[] = []
  const contentTypes: (string | undefined)[] = []
  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request)
    if (request.method !== 'POST' || request.url !== secretPath) return void response.writeHead(404).end()
    contentTypes.push(request.headers['content-type'])
    const answered = answer(received.push(JSON.parse(body)))
    if (answered) response.writeHead(answered.status, answered.headers).end('ok')
  }
  const server = createServer((request, response) => void take(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    host,
    notification: (more = {}) => ({
      webhook: `http://${host}${secretPath}`,
      events: ['started', 'succeeded', 'failed', 'paused'],
      format: 'json',
      ...more,
    }),
    received,
    contentTypes,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Deadlines of one attempt, of a whole answer and of the end of a run. */
const deadlines = [10_000, 30_000]

/** Back-off takes no time, and is written down; deadlines come only where `isLate`. */
export function waitingClock(waits: number[] = [], isLate = false): Clock {
  return {
    now: () => Date.UTC(2026, 0, 1),
    random: () => 0.5,
    sleep(milliseconds, signal) {
      if (signal?.aborted) return Promise.reject(signal.reason)
      if (!deadlines.includes(milliseconds)) waits.push(milliseconds)
      if (isLate || !deadlines.includes(milliseconds)) return new Promise((resolve) => setImmediate(resolve))
      return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason), { once: true }))
    },
  }
}
