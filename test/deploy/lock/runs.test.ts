// What a lock is for, in a few stories; stories.test.ts and faults.test.ts have the rest.
import { beforeAll, describe, expect, it } from 'vitest'
import { changes, isWrite, key, others, refused, staged, warm } from './support.ts'

beforeAll(warm)

describe('a run with a lock', () => {
  it('takes it before it reads what it writes to, renews it, and gives it back', async () => {
    const { deploy, transport, record } = staged()
    const during: unknown[] = []
    const { exitCode, requests } = await deploy('v1', {
      transport,
      holder: { name: 'alice (CI)', run: 'https://ci.example.com/runs/1' },
      hear: ({ type }) => void (type === 'step.finished' && during.push(record())),
    })
    expect(exitCode).toBe(0)
    expect(requests[0]?.operation).toBe(`PUT /locks/${key}`)
    const [first, second] = during as NonNullable<ReturnType<typeof record>>[]
    expect(first).toMatchObject({
      holder: 'alice (CI)',
      run: 'https://ci.example.com/runs/1',
      command: 'deploy v1',
      since: '2026-01-01T00:00:00.000Z',
      until: '2026-01-01T00:01:00.000Z',
      renewals: 0,
    })
    expect(second).toMatchObject({ id: first?.id, since: first?.since, until: '2026-01-01T00:01:40.000Z', renewals: 2 })
    expect(record()).toMatchObject({ id: first?.id, released: { by: 'alice (CI)', at: '2026-01-01T00:00:49.000Z' } })
  })

  it('has slept while another run took it over: it notices before its next write', async () => {
    const { deploy, transport, put, record, clockOf } = staged()
    let asleep = 0
    const clock = clockOf(1)
    const { requests, ...result } = await deploy('v2', {
      transport,
      clock: { ...clock, wallTime: () => clock.now() + asleep },
      hear: (event) => {
        if (event.type !== 'step.finished' || event.kind !== 'registerTaskDefinition') return
        asleep = 600_000
        put({})
      },
    })
    expect(changes(requests)).toEqual(['RegisterTaskDefinition'])
    expect(result).toMatchObject({
      exitCode: 3,
      problem: {
        code: 'InProgressElsewhere',
        what: 'The lock of my_cluster/web was lost: bob@desk took it over at 2026-01-01T00:00:00.000Z.',
        why: 'A run without its lock writes nothing more.',
      },
    })
    expect(result.problem?.fix).toContain('ecs-task lock status --lock s3://locks/shop')
    expect(result.left).toHaveLength(1)
    expect(result.left[0]).toContain('Do it with: aws ecs deregister-task-definition')
    expect(record()).toEqual(others)
  })
})

describe('a lock that another run holds', () => {
  it('refuses a run, which says who holds it and what to type', async () => {
    const { deploy, transport, put, record } = staged()
    put({})
    const { writes, ...result } = await deploy('v1', { transport })
    expect(result).toMatchObject({ ...refused, summary: 'The deploy did not start; nothing was changed.' })
    expect(result.problem).toEqual({
      code: 'InProgressElsewhere',
      what: 'bob@desk holds the lock of my_cluster/web.',
      why: 'It has been running deploy v9 since 2026-01-01T00:00:00.000Z; the lock lasts until 2026-01-01T00:01:00.000Z unless it is renewed. Its run: https://ci.example.com/runs/7. The lock is s3://locks/shop/us-east-1/services/my_cluster/web.json.',
      fix: 'Wait for it with --wait-for-lock 10m, or ask again with: ecs-task lock status --lock s3://locks/shop --cluster my_cluster --service web',
    })
    expect(writes.filter(isWrite)).toEqual([])
    expect(record()).toEqual(others)
  })
})

describe('two runs at the same moment', () => {
  it('write one after the other, where the second waits, and else the second is refused', async () => {
    const { deploy, transport, clockOf, record } = staged()
    const writers: string[] = []
    const of = (name: string, seed: number): Parameters<typeof deploy>[1] => ({
      transport: async (method, input, signal) => {
        if (method === 'updateService') writers.push(`${name}, locked by ${record()?.holder}`)
        return transport(method, input, signal)
      },
      region: 'us-east-1',
      clock: clockOf(seed),
      holder: { name },
    })
    const [first, second, third] = await Promise.all([
      deploy('v1', of('alice', 1)),
      deploy('v2', { ...of('bob', 2), waitForLock: 600_000 }),
      deploy('v3', of('carol', 3)),
    ])
    expect([first, second, third].map(({ exitCode }) => exitCode)).toEqual([0, 0, 2])
    expect(third.problem?.what).toBe('alice holds the lock of my_cluster/web.')
    expect(writers).toEqual(['alice, locked by alice', 'bob, locked by bob'])
  })
})
