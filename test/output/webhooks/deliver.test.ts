import { describe, expect, it } from 'vitest'
import { type PostAnswer, Undelivered, deliver } from '../../../src/output/webhooks/deliver.ts'
import { waitingClock } from './receiver.ts'

const url = new URL('https://hooks.example.com/secret')
const signal = new AbortController().signal

/** How a message fares with a webhook that answers so, attempt by attempt; the last goes on. */
async function delivered(
  ...answers: (PostAnswer | Error)[]
): Promise<{ waits: number[]; posts: number; error?: unknown }> {
  const waits: number[] = []
  let posts = 0
  const post = async (): Promise<PostAnswer> => {
    const answer = answers[Math.min(posts++, answers.length - 1)]!
    if (answer instanceof Error) throw answer
    return answer
  }
  try {
    await deliver(url, '{}', { post, clock: waitingClock(waits), signal })
    return { waits, posts }
  } catch (error) {
    return { waits, posts, error }
  }
}

const reset = Object.assign(new Error('connect https://hooks.example.com/secret'), { code: 'ECONNRESET' })

describe('a message', () => {
  it.each([
    ['taken at once', [{ status: 204 }], 1, []],
    ['taken after errors of the network', [reset, reset, { status: 200 }], 3, [1_000, 4_000]],
    [
      'not tried again before the webhook asks for it',
      [{ status: 503, retryAfter: '20' }, { status: 200 }],
      2,
      [20_000],
    ],
    [
      'not tried again before the time that it asks for',
      [{ status: 429, retryAfter: 'Thu, 01 Jan 2026 00:00:09 GMT' }, { status: 200 }],
      2,
      [9_000],
    ],
    [
      'tried again as usual where it asks for nonsense',
      [{ status: 429, retryAfter: 'soon' }, { status: 200 }],
      2,
      [1_000],
    ],
  ])('is %s', async (_, answers, posts, waits) => {
    expect(await delivered(...answers)).toEqual({ posts, waits })
  })

  it.each([
    ['HTTP 500', [{ status: 500 }], 3],
    ['HTTP 404', [{ status: 404 }], 1],
    ['HTTP 302', [{ status: 302 }], 1],
    ['ECONNRESET', [reset], 3],
    ['TypeError', [new TypeError('https://hooks.example.com/secret')], 3],
    ['HTTP 429 with a Retry-After of more than 30 s', [{ status: 429, retryAfter: '3600' }], 1],
  ])('is given up with no word of its URL: %s', async (why, answers, posts) => {
    const { error, ...more } = await delivered(...answers)
    expect(error).toEqual(new Undelivered(why))
    expect(more.posts).toBe(posts)
  })

  it('is given up when the run is over, also by what does not hear of it', async () => {
    const stop = new AbortController()
    const post = (): Promise<PostAnswer> => (
      setImmediate(() => stop.abort(new Undelivered('late'))),
      new Promise(() => {})
    )
    await expect(deliver(url, '{}', { post, clock: waitingClock(), signal: stop.signal })).rejects.toThrow('late')
  })
})
