import { describe, expect, it } from 'vitest'
import { openAws, type Transport } from '../../src/aws/aws.ts'
import { EcsTaskError } from '../../src/ground/errors.ts'
import { type Guard, guarded } from '../../src/engine/guard.ts'
import { handClock } from '../handClock.ts'

/** A guard that notes what it is asked, and lets `most` writes through. */
function guardOf({ most = Infinity }: { most?: number } = {}): Guard & { readonly asked: string[] } {
  const asked: string[] = []
  let writes = 0
  return {
    asked,
    enter: async () => undefined,
    async mayWrite() {
      asked.push('mayWrite')
      if (++writes > most) throw new EcsTaskError('InProgressElsewhere', 'The lock was lost.')
    },
    leave: async () => (asked.push('leave'), []),
    abandon: () => (asked.push('abandon'), ['It was not given back.']),
  }
}

const service = { service: 'web' }
const answered = (async () => ({ $metadata: {} })) as unknown as Transport
const lost = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })

describe('a guarded transport', () => {
  it('asks before each write, and neither before a read nor before what is beside the run', async () => {
    const guard = guardOf()
    const clock = handClock(0)
    const { transport } = guarded(guard, { transport: answered, clock, atOnce: undefined })
    const aws = openAws({ transport, clock })
    await aws.call('describeServices', { services: ['web'] })
    await aws.call('publish', { Message: 'x' })
    await aws.call('putObject', { Bucket: 'locks', Key: 'x' })
    expect([guard.asked, aws.writes]).toEqual([[], 0])
    await aws.call('updateService', service)
    expect([guard.asked, aws.writes]).toEqual([['mayWrite'], 1])
  })

  it('asks before a second attempt, too, and says that the first may have been carried out', async () => {
    const guard = guardOf({ most: 1 })
    const clock = handClock(0)
    const sent: string[] = []
    const { transport } = guarded(guard, {
      transport: async (method) => {
        sent.push(method)
        throw lost
      },
      clock,
      atOnce: undefined,
    })
    const aws = openAws({ transport, clock })
    await expect(aws.call('updateService', service)).rejects.toBe(lost)
    expect([sent, guard.asked.length, aws.writes]).toEqual([['updateService'], 2, 1])
    await expect(aws.call('stopTask', { task: '1' })).rejects.toThrow('The lock was lost.')
    expect([sent, aws.writes]).toEqual([['updateService'], 1])
  })

  it('leaves once the last write has been answered', async () => {
    const guard = guardOf()
    let answer = (): void => undefined
    const slow = (() => new Promise<void>((resolve) => (answer = resolve))) as unknown as Transport
    const { transport, leave } = guarded(guard, { transport: slow, clock: handClock(0), atOnce: undefined })
    const write = transport('updateService', service, undefined)
    await Promise.resolve()
    const left = leave()
    expect(guard.asked).toEqual(['mayWrite'])
    answer()
    await write
    expect(await left).toEqual([])
    expect(guard.asked).toEqual(['mayWrite', 'leave'])
  })

  it('abandons what it holds where the run ends at once and a write has no answer', async () => {
    const guard = guardOf()
    const clock = handClock(0)
    const atOnce = new AbortController()
    const silent = (() => new Promise(() => undefined)) as unknown as Transport
    const { transport, leave } = guarded(guard, { transport: silent, clock, atOnce: atOnce.signal })
    void transport('updateService', service, undefined)
    await Promise.resolve()
    atOnce.abort()
    expect(await leave()).toEqual(['It was not given back.'])
    expect([guard.asked, clock.now()]).toEqual([['mayWrite', 'abandon'], 2_000])
  })
})
