/** Delivers a message to a webhook: a few attempts, each with a deadline. What it throws names no URL. */
import { abortController } from '../../ground/abortController.ts'
import type { Clock } from '../../ground/clock.ts'
import { withDeadline } from '../../ground/deadline.ts'
import { EcsTaskError } from '../../ground/errors.ts'
import { unlessAborted } from '../../ground/unlessAborted.ts'

/** How a webhook has answered. */
export interface PostAnswer {
  readonly status: number
  /** The header of this name, as it came. */
  readonly retryAfter?: string | undefined
}

/** Posts a body of JSON to a URL. It gives up when the signal is aborted. */
export type Post = (url: URL, body: string, signal: AbortSignal) => Promise<PostAnswer>

const attempts = 3

/** Milliseconds that an attempt may take. */
const patience = 10_000

/** Milliseconds before the second attempt; before each later one it is four times as long. */
const firstWait = 1_000

/** Milliseconds that a webhook may ask to be left alone for. */
const longestWait = 30_000

/** Why a message was not delivered, in a few words: `HTTP 404`. */
export class Undelivered extends Error {}

/** Resolves when the webhook has taken it. Rejects with `Undelivered`, or with the reason of the signal. */
export async function deliver(
  url: URL,
  body: string,
  { post, clock, signal }: { readonly post: Post; readonly clock: Clock; readonly signal: AbortSignal },
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const { why, wait, isFinal } = await attempted()
    if (why === undefined) return
    signal.throwIfAborted()
    if (isFinal || attempt === attempts) throw new Undelivered(why)
    const backOff = firstWait * 4 ** (attempt - 1) * (0.5 + clock.random())
    if ((wait ?? 0) > longestWait) throw new Undelivered(`${why} with a Retry-After of more than 30 s`)
    await clock.sleep(Math.max(wait ?? 0, backOff), signal)
  }

  async function attempted(): Promise<{ why?: string; wait?: number | undefined; isFinal?: boolean }> {
    try {
      return judged(await withDeadline(clock, patience, (late) => inTime(late)))
    } catch (error) {
      return { why: reasonOf(error) }
    }
  }

  /** A post that does not hear its signal holds nobody up. */
  async function inTime(late: AbortSignal): Promise<PostAnswer> {
    const over = abortController()
    try {
      return await unlessAborted([late, signal], () => post(url, body, over.signal))
    } catch (error) {
      throw late.aborted ? new Undelivered(`no answer within ${patience / 1000} s`) : error
    } finally {
      over.abort()
    }
  }

  function judged({ status, retryAfter }: PostAnswer): { why?: string; wait?: number | undefined; isFinal?: boolean } {
    if (status >= 200 && status < 300) return {}
    const isTransient = status === 429 || status >= 500
    return { why: `HTTP ${status}`, wait: waitOf(retryAfter, clock), isFinal: !isTransient }
  }
}

/** The milliseconds that a header asks to wait, in seconds or as a date. https://www.rfc-editor.org/rfc/rfc9110#field.retry-after */
function waitOf(header: string | undefined, clock: Clock): number | undefined {
  if (header === undefined) return undefined
  const wait = /^\s*\d+\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - clock.now()
  return Number.isFinite(wait) ? wait : undefined
}

/** Messages of Node's errors may name what was asked for; their codes do not. */
function reasonOf(error: unknown): string {
  if (error instanceof Undelivered || error instanceof EcsTaskError) return error.message
  const { code, name = 'Error' } = (error ?? {}) as { code?: unknown; name?: string }
  return typeof code === 'string' ? code : name
}
