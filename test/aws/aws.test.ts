import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Transport, openAws } from '../../src/aws/aws.ts'
import { limiter } from '../../src/aws/limiter.ts'
import { waitBefore } from '../../src/aws/retry.ts'
import { handClock } from '../handClock.ts'

const named = (name: string, more: object = {}): Error => Object.assign(new Error(name), { name, ...more })
const throttled = named('ThrottlingException', { $fault: 'client', $metadata: { httpStatusCode: 400 } })
const cut = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })

/** A transport that throws each of these in turn, and then answers. */
const throwing = (errors: unknown[]): { transport: Transport; sent: number[]; clock: ReturnType<typeof handClock> } => {
  const clock = handClock(0)
  const sent: number[] = []
  const transport: Transport = async () => {
    sent.push(clock.now())
    const error = errors.shift()
    if (error) throw error
    return { $metadata: {} } as never
  }
  return { transport, sent, clock }
}

describe('a call', () => {
  it('that is throttled is retried, with a longer wait each time, until AWS accepts it', async () => {
    const { transport, sent, clock } = throwing([throttled, throttled, throttled])
    await openAws({ transport, clock }).call('updateService', { service: 'web' })
    expect(sent).toHaveLength(4)
    const waits = sent.slice(1).map((at, index) => at - sent[index]!)
    expect(waits.toSorted((one, other) => one - other)).toEqual(waits)
    expect(waits[0]).toBeGreaterThanOrEqual(500)
  })

  it('that AWS refuses is not retried', async () => {
    const { transport, sent, clock } = throwing([named('ClientException', { $fault: 'client' })])
    await expect(openAws({ transport, clock }).call('describeServices', { services: ['web'] })).rejects.toThrow(
      'ClientException',
    )
    expect(sent).toHaveLength(1)
  })

  it('whose answer is lost is retried, unless a retry could create a second resource', async () => {
    const again = throwing([cut])
    await openAws({ ...again }).call('updateService', { service: 'web' })
    expect(again.sent).toHaveLength(2)
    const once = throwing([cut])
    const aws = openAws({ ...once })
    await expect(aws.call('registerTaskDefinition', { family: 'web', containerDefinitions: [] })).rejects.toThrow(
      'socket hang up',
    )
    expect(once.sent).toHaveLength(1)
    expect(aws.writes).toBe(1)
  })

  it('gives up after ten attempts, and says so', async () => {
    const { transport, sent, clock } = throwing(Array.from({ length: 20 }, () => throttled))
    const failed: unknown[] = []
    const listener = {
      finished() {},
      retried() {},
      failed: (_method: unknown, _input: unknown, error: unknown) => void failed.push(error),
    }
    await expect(openAws({ transport, clock, listener }).call('updateService', { service: 'web' })).rejects.toBe(
      throttled,
    )
    expect(sent).toHaveLength(10)
    expect(failed).toEqual([throttled])
  })

  it('whose signature was too old is sent once more with the right time, also one that would make a second thing', async () => {
    const skewed = (): Error =>
      named('InvalidSignatureException', {
        $fault: 'client',
        $metadata: { httpStatusCode: 400, clockSkewCorrected: true },
      })
    const once = throwing([skewed()])
    const aws = openAws({ ...once })
    await aws.call('registerTaskDefinition', { family: 'web', containerDefinitions: [] })
    expect([once.sent.length, aws.writes]).toEqual([2, 1])
    const again = throwing([skewed(), skewed()])
    await expect(openAws({ ...again }).call('describeServices', { services: ['web'] })).rejects.toThrow(
      'InvalidSignatureException',
    )
    expect(again.sent).toHaveLength(2)
  })

  it('that AWS does not know the keys of is sent once', async () => {
    const { transport, sent, clock } = throwing([
      named('InvalidSignatureException', { $fault: 'client', $metadata: {} }),
    ])
    await expect(openAws({ transport, clock }).call('describeServices', { services: ['web'] })).rejects.toThrow(
      'InvalidSignatureException',
    )
    expect(sent).toHaveLength(1)
  })

  it('counts as a write only when AWS may have acted', async () => {
    const { transport, clock } = throwing([named('ClientException', { $fault: 'client' })])
    const aws = openAws({ transport, clock })
    await expect(aws.call('updateService', { service: 'web' })).rejects.toThrow()
    await aws.call('describeServices', { services: ['web'] })
    await aws.call('publish', { Message: 'x' })
    expect(aws.writes).toBe(0)
    await aws.call('updateService', { service: 'web' })
    expect(aws.writes).toBe(1)
  })
})

describe('reading all pages', () => {
  it('follows every page, past empty ones too, and joins them', async () => {
    const pages: Record<string, object> = {
      first: { taskArns: ['a'], nextToken: 'second' },
      second: { taskArns: [], nextToken: 'third' },
      third: { taskArns: ['b'] },
    }
    const inputs: object[] = []
    const transport: Transport = async (_method, input: any) => (
      inputs.push(input),
      pages[input.nextToken ?? 'first'] as never
    )
    const { taskArns } = await openAws({ transport, clock: handClock(0) }).all('listTasks', {
      cluster: 'c',
    })
    expect(taskArns).toEqual(['a', 'b'])
    expect(inputs).toMatchObject([{ cluster: 'c', maxResults: 100 }, { nextToken: 'second' }, { nextToken: 'third' }])
  })

  it('ends with an error where a page token comes again', async () => {
    const next: Record<string, string> = { first: 'second', second: 'third', third: 'second' }
    let sent = 0
    const transport: Transport = async (_method, input: any) => (
      sent++,
      { taskArns: [], nextToken: next[input.nextToken ?? 'first'] } as never
    )
    await expect(openAws({ transport, clock: handClock(0) }).all('listTasks', { cluster: 'c' })).rejects.toMatchObject({
      code: 'RefusedByAws',
      message: 'AWS never ends the list of listTasks.',
    })
    expect(sent).toBe(3)
  })

  it('ends with an error where there are more pages than AWS can have', async () => {
    let sent = 0
    const transport: Transport = async () => ({ taskDefinitionArns: [], nextToken: `${++sent}` }) as never
    await expect(openAws({ transport, clock: handClock(0) }).all('listTaskDefinitions', {})).rejects.toMatchObject({
      code: 'RefusedByAws',
      why: 'There were more after 10000 pages.',
    })
    expect(sent).toBe(10_000)
  })

  it('asks in batches of the size that AWS accepts, and joins the answers in order', async () => {
    const asked: string[][] = []
    const transport: Transport = async (_method, input: any) => {
      asked.push(input.services)
      return { services: input.services.map((serviceName: string) => ({ serviceName })), failures: [] } as never
    }
    const names = Array.from({ length: 23 }, (_, index) => `s${index}`)
    const { services } = await openAws({ transport, clock: handClock(0) }).all('describeServices', {
      services: names,
    })
    expect(asked.map((part) => part.length)).toEqual([10, 10, 3])
    expect(services!.map((service) => service.serviceName)).toEqual(names)
  })
})

describe('the limiter', () => {
  it('lets a burst through at once and the rest at the pace that the bucket refills', async () => {
    const clock = handClock(0)
    const { take } = limiter(clock)
    const times = await Promise.all(
      Array.from({ length: 28 }, () => take('taskDefinitionModify').then(() => clock.now())),
    )
    expect(times.slice(0, 18)).toEqual(Array.from({ length: 18 }, () => 0))
    for (const [index, at] of times.slice(18).entries()) expect(at).toBeCloseTo(((index + 1) / 0.9) * 1000, 0)
  })

  it('never lets more through than AWS’s own bucket holds, however the calls come', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 1, maxLength: 60 }), async (gaps) => {
        const clock = handClock(0)
        const { take } = limiter(clock)
        const sent: number[] = []
        let at = 0
        await Promise.all(
          gaps.map((gap) => {
            at += gap
            return clock
              .sleep(at)
              .then(() => take('taskDefinitionModify'))
              .then(() => void sent.push(clock.now()))
          }),
        )
        let tokens = 20
        let last = 0
        for (const moment of sent) {
          tokens = Math.min(20, tokens + (moment - last) / 1000)
          last = moment
          expect(--tokens).toBeGreaterThanOrEqual(-1e-6)
        }
      }),
      { numRuns: 20 },
    )
  })

  it('does not wait for the time by which a clock was set back', async () => {
    const clock = handClock(0)
    let back = 0
    const { take } = limiter({ ...clock, now: () => clock.now() - back })
    await take('taskDefinitionModify')
    back = 2 * 3_600_000
    await take('taskDefinitionModify')
    expect(clock.now()).toBe(0)
  })

  it('waits a refill after AWS said that the bucket is empty', async () => {
    const clock = handClock(0)
    const { take, drain } = limiter(clock)
    await take('serviceModify')
    drain('serviceModify')
    await take('serviceModify')
    expect(clock.now()).toBeGreaterThan(200)
  })
})

it('the wait before a retry grows, is never zero and never more than 20 s', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.double({ min: 0, max: 0.999, noNaN: true }), (attempt, random) => {
      const wait = waitBefore(attempt, throttled, random)
      expect(wait).toBeGreaterThanOrEqual(100)
      expect(wait).toBeLessThanOrEqual(20_000)
    }),
  )
})
