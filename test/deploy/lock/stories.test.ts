import { beforeAll, describe, expect, it } from 'vitest'
import type { Transport } from '../../../src/aws/aws.ts'
import { EcsTaskError } from '../../../src/ground/errors.ts'
import { ofType } from '../support.ts'
import { isWrite, locked, refused, staged, warm } from './support.ts'

beforeAll(warm)

describe('a run with a lock', () => {
  it('gives it back when the deploy fails and is put back, is refused, and is interrupted', async () => {
    const { deploy, transport, record } = staged()
    expect(await deploy('crash', { transport })).toMatchObject({ exitCode: 1, outcome: 'restored' })
    expect(record()?.released).toBeDefined()
    expect(await deploy('', { transport })).toMatchObject(refused)
    expect(record()?.released).toBeDefined()
    const stop = new AbortController()
    const result = await deploy('v2', {
      transport,
      signal: stop.signal,
      hear: ({ type }) => {
        if (type === 'service.progressed') stop.abort(new EcsTaskError('Interrupted', 'Interrupted by SIGINT.'))
      },
    })
    expect(result).toMatchObject({ exitCode: 130 })
    expect(record()?.released).toBeDefined()
  })

  it('takes none for a dry run, and none to wait', async () => {
    const { deploy, wait, transport, record } = staged()
    expect(await deploy('v1', { transport, dryRun: true })).toMatchObject({ exitCode: 0 })
    await wait({ transport })
    expect(record()).toBeUndefined()
  })

  it('takes it to roll back and to continue', async () => {
    const { deploy, rollback, proceed, transport, record } = staged()
    await deploy('v1', { transport })
    await deploy('v2', { transport })
    expect(await rollback({ transport })).toMatchObject({ exitCode: 0 })
    expect(record()?.command).toBe('rollback')
    await proceed({ transport })
    expect(record()?.command).toBe('continue')
  })

  it('takes those of all its services in one order, and that of the family of a class without any', async () => {
    const updateServices = ['web', 'api'].map((service) => ({ cluster: 'my_cluster', service }))
    const { deploy, transport } = staged([
      locked({ updateServices }),
      locked({ updateServices: [], taskDefinition: job }),
    ])
    const { requests } = await deploy('v1', { transport })
    const taken = requests.filter(({ operation }) => operation.startsWith('PUT /locks')).slice(0, 3)
    expect(taken.map(({ operation }) => operation)).toEqual([
      'PUT /locks/shop/us-east-1/families/job.json',
      'PUT /locks/shop/us-east-1/services/my_cluster/api.json',
      'PUT /locks/shop/us-east-1/services/my_cluster/web.json',
    ])
  })

  it('takes the one that it is told to in place of what is declared', async () => {
    const { deploy, transport, aws } = staged()
    await deploy('v1', { transport, lock: 's3://locks' })
    expect(Object.keys(aws.world.global.s3Buckets['locks']!.objects)).toEqual([
      'us-east-1/services/my_cluster/web.json',
    ])
  })
})

const job = { family: 'job', containerDefinitions: [{ name: 'job', image: 'job:<image_tag>', memory: 512 }] }

describe('a lock that another run holds', () => {
  it('is waited for, and what holds it is told once', async () => {
    const { deploy, transport, put, clock } = staged()
    put({})
    let renewals = 0
    const renewed = setRenewal(() => put({ renewals: ++renewals }))
    const result = await deploy('v1', {
      transport,
      clock: renewed(clock, 200_000, () => put({ renewals, released: { by: 'bob@desk', at: 'then' } })),
      waitForLock: 600_000,
    })
    expect(result).toMatchObject({ exitCode: 0 })
    expect(ofType(result.events, 'lock.waiting')).toMatchObject([
      { of: 'my_cluster/web', holder: 'bob@desk', command: 'deploy v9', milliseconds: 600_000 },
    ])
    const [begun] = ofType(result.events, 'step.started')
    expect(Date.parse(begun!.at) - Date.UTC(2026, 0, 1)).toBeGreaterThan(200_000)
    expect(Date.parse(begun!.at) - Date.UTC(2026, 0, 1)).toBeLessThan(215_000)
  })

  it('is waited for no longer than was said', async () => {
    const { deploy, transport, put, clock } = staged()
    put({})
    const renewed = setRenewal(() => put({ renewals: clock.now() % 1_000_000 }))
    const { writes, ...result } = await deploy('v1', { transport, clock: renewed(clock), waitForLock: 90_000 })
    expect(result).toMatchObject({ ...refused, problem: { what: 'bob@desk holds the lock of my_cluster/web.' } })
    expect(clock.now() - Date.UTC(2026, 0, 1)).toBe(90_000)
    expect(writes.filter(isWrite)).toEqual([])
  })

  it('ends a wait that is interrupted with 130 and nothing written', async () => {
    const { deploy, transport, put } = staged()
    put({})
    const stop = new AbortController()
    const { writes, ...result } = await deploy('v1', {
      transport,
      waitForLock: 600_000,
      signal: stop.signal,
      hear: ({ type }) => {
        if (type === 'lock.waiting') stop.abort(new EcsTaskError('Interrupted', 'Interrupted by SIGINT.'))
      },
    })
    expect(result).toMatchObject({ exitCode: 130, summary: 'The deploy did not start; nothing was changed.' })
    expect(writes.filter(isWrite)).toEqual([])
  })

  it('is taken over at once when it was not renewed for its TTL by the clock of S3, and no sooner', async () => {
    const { deploy, transport, put, clock, record } = staged()
    put({ until: '2030-01-01T00:00:00.000Z' })
    await clock.sleep(59_000)
    expect(await deploy('v1', { transport })).toMatchObject(refused)
    await clock.sleep(1_000)
    expect(await deploy('v1', { transport })).toMatchObject({ exitCode: 0 })
    expect(record()).toMatchObject({ command: 'deploy v1', released: {} })
  })

  it('is taken over by whoever waits, too, where S3 does not say what time it is', async () => {
    const { deploy, transport, put, clock } = staged()
    put({})
    const dateless: Transport = async (method, input, signal) => {
      const { ServedAt: _, ...answer } = (await transport(method, input, signal)) as { ServedAt?: Date }
      return answer as never
    }
    const withoutTime = { transport: dateless, region: 'us-east-1' }
    expect(await deploy('v1', { ...withoutTime, waitForLock: 600_000 })).toMatchObject({ exitCode: 0 })
    expect(clock.now() - Date.UTC(2026, 0, 1)).toBeLessThan(60_000 + 15_000 + 50_000)
    put({})
    await clock.sleep(120_000)
    expect(await deploy('v2', withoutTime)).toMatchObject(refused)
  })
})

/** A clock on which another run renews its lock every 20 s, until it does something else. */
function setRenewal(renew: () => unknown) {
  return <C extends { now(): number; sleep(ms: number, signal?: AbortSignal): Promise<void> }>(
    clock: C,
    until = Infinity,
    then: () => unknown = () => undefined,
  ): C => {
    let [last, isDone] = [clock.now(), false]
    const began = clock.now()
    return {
      ...clock,
      async sleep(milliseconds, signal) {
        await clock.sleep(milliseconds, signal)
        if (!isDone && clock.now() - began >= until) {
          isDone = true
          then()
        } else if (!isDone && clock.now() - last >= 10_000) {
          last = clock.now()
          renew()
        }
      },
    }
  }
}
