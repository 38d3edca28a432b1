import { getEventListeners } from 'node:events'
import { describe, expect, it } from 'vitest'
import { openAws } from '../../src/aws/aws.ts'
import { sdkTransport } from '../../src/aws/sdk.ts'
import { withDeadline } from '../../src/ground/deadline.ts'
import { lookAt } from '../../src/rollout/servicePoller.ts'
import { web } from '../deploy/declared.ts'
import { type Meddle, stage } from '../deploy/support.ts'

/** A cluster with the services `a` and `b`, and what looks at them. */
function looking(meddle: Meddle = () => undefined, services: readonly string[] = ['a', 'b']) {
  const updateServices = services.map((service) => ({ cluster: 'my_cluster', service }))
  const staged = stage(web({ runTasks: [], eventTargets: [], updateServices }), { meddle })
  const { clock, sent } = staged
  const aws = openAws({ transport: sdkTransport(staged.settings, { clock }), clock })
  const began = clock.now()
  const look = async (service: string, seconds: number, signal?: AbortSignal) => {
    const seen = await lookAt({ cluster: 'my_cluster', service, milliseconds: seconds * 1000 }, { aws, clock }, signal)
    return [seen?.serviceName, (clock.now() - began) / 1000]
  }
  /** What was asked, and after how many seconds. */
  const asked = () =>
    sent
      .filter(({ operation }) => operation === 'DescribeServices')
      .map(({ input, at }) => [input.services, (at - began) / 1000])
  return { look, asked, clock, began }
}

describe('looks at services of one cluster', () => {
  it('are one call, at the moment at which the first of them wants it', async () => {
    const { look, asked } = looking()
    expect(await Promise.all([look('a', 15), look('b', 5), look('a', 10)])).toEqual([
      ['a', 5],
      ['b', 5],
      ['a', 5],
    ])
    expect(asked()).toEqual([[['b', 'a'], 5]])
  })

  it('go on one by one', async () => {
    const { look, asked } = looking()
    await look('a', 5)
    await look('b', 5)
    expect(asked()).toEqual([
      [['a'], 5],
      [['b'], 10],
    ])
  })

  it('ask of no more than is due but for what fits into the call, the soonest first', async () => {
    const names = Array.from({ length: 15 }, (_, index) => `s${index}`)
    const { look, asked } = looking(undefined, names)
    await Promise.all(names.map((name, index) => look(name, 30 - index)))
    expect(asked()).toEqual([
      [names.slice(5).toReversed(), 16],
      [names.slice(0, 5).toReversed(), 26],
    ])
  })

  it('of a fleet are at most four calls a second in the long run, after twenty at once', async () => {
    const names = Array.from({ length: 400 }, (_, index) => `s${index}`)
    const { look, asked } = looking(undefined, names)
    const follow = async (name: string) => {
      for (let count = 0; count < 5; count++) await look(name, 1)
    }
    await Promise.all(names.map(follow))
    const moments = asked().map(([, at]) => Number(at))
    expect(moments.length).toBe(200)
    expect(moments.filter((at) => at <= 1).length).toBe(20)
    for (const at of moments) {
      expect(moments.filter((one) => one > at && one <= at + 10).length).toBeLessThanOrEqual(60)
    }
    expect(moments.at(-1)).toBeCloseTo(1 + 180 / 4, 0)
  })

  it('leave nothing behind on a signal that outlives them', async () => {
    const { signal } = new AbortController()
    await looking().look('a', 5, signal)
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })

  it('show nothing of a service that AWS does not show', async () => {
    expect(await looking().look('other', 5)).toEqual([undefined, 5])
  })

  it('fail together where AWS refuses the call', async () => {
    const { look } = looking(() => ({ status: 400, body: { __type: 'AccessDeniedException', message: 'no' } }))
    const results = await Promise.allSettled([look('a', 5), look('b', 5)])
    expect(results).toMatchObject([
      { status: 'rejected', reason: { name: 'AccessDeniedException' } },
      { status: 'rejected', reason: { name: 'AccessDeniedException' } },
    ])
  })
})

describe('a look that is given up', () => {
  it('asks nothing of AWS any more, and leaves the others alone', async () => {
    const { look, asked } = looking()
    const given = new AbortController()
    const [gone, stays] = [look('a', 5, given.signal), look('b', 10)]
    given.abort(new Error('given up'))
    await expect(gone).rejects.toThrow('given up')
    expect(await stays).toEqual(['b', 10])
    expect(asked()).toEqual([[['b'], 10]])
  })

  it('of which it was the only one, asks nothing at all', async () => {
    const { look, asked, clock } = looking()
    const given = new AbortController()
    const gone = look('a', 5, given.signal)
    given.abort(new Error('given up'))
    await expect(gone).rejects.toThrow('given up')
    await clock.sleep(60_000)
    expect(asked()).toEqual([])
  })

  it('before it began is not begun', async () => {
    const { look, asked, clock } = looking()
    await expect(look('a', 5, AbortSignal.abort(new Error('over')))).rejects.toThrow('over')
    await clock.sleep(60_000)
    expect(asked()).toEqual([])
  })
})

describe('a deadline', () => {
  it('ends what takes too long, at its moment', async () => {
    const { clock, began } = looking()
    await expect(withDeadline(clock, 20_000, (late) => clock.sleep(60_000, late))).rejects.toThrow()
    expect(clock.now() - began).toBe(20_000)
  })

  it('is over with what it is for: nothing waits for it any more', async () => {
    const { clock } = looking()
    const waits: AbortSignal[] = []
    const seen = {
      ...clock,
      sleep: (time: number, signal?: AbortSignal) => (waits.push(signal!), clock.sleep(time, signal)),
    }
    expect(await withDeadline(seen, 20_000, async ({ aborted }) => aborted)).toBe(false)
    expect(waits.map(({ aborted }) => aborted)).toEqual([true])
  })
})
