import { beforeAll, describe, expect, it } from 'vitest'
import { EcsTaskError } from '../../../src/ground/errors.ts'
import { ofType } from '../support.ts'
import { type OfS3, changes, key, locked, others, staged, warm } from './support.ts'

beforeAll(warm)

/** Meddles with the writes of the lock, counted from 1; `given` says which. */
const atPut = (given: (nth: number, body: string) => ReturnType<OfS3>): OfS3 =>
  (
    (nth) => (request) =>
      request.method === 'PUT' ? given(++nth, request.body) : undefined
  )(0)

describe('a run that has lost its lock', () => {
  it('writes nothing more, not even to put things back, and says what is left', async () => {
    const { deploy, transport, put, record } = staged()
    const { requests, ...result } = await deploy('v2', {
      transport,
      hear: ({ type }) => void (type === 'service.progressed' && put({ since: '2026-01-01T00:00:09.000Z' })),
      timeout: 30_000,
    })
    expect(result).toMatchObject({
      exitCode: 3,
      outcome: 'halfDone',
    })
    expect(record()).toMatchObject({ id: others.id })
    expect(changes(requests)).toEqual(['RegisterTaskDefinition', 'UpdateService'])
    expect(result.left.join('\n')).toContain('Do it with: aws ecs update-service')
  })

  it('has slept while nobody took it: it renews it and goes on', async () => {
    const { deploy, transport, clockOf } = staged()
    let asleep = 0
    const clock = clockOf(1)
    const result = await deploy('v2', {
      transport,
      clock: { ...clock, wallTime: () => clock.now() + asleep },
      hear: ({ type }) => void (type === 'step.finished' && (asleep += 600_000)),
    })
    expect(result).toMatchObject({ exitCode: 0, left: [] })
  })

  it('is not irritated by a clock that is set back', async () => {
    const { deploy, transport, clockOf } = staged()
    let back = 0
    const clock = clockOf(1)
    const result = await deploy('v2', {
      transport,
      clock: { ...clock, wallTime: () => clock.now() - back },
      hear: ({ type }) => void (type === 'step.finished' && (back += 600_000)),
    })
    expect(result).toMatchObject({ exitCode: 0, left: [] })
  })

  it('is told who released it, and why', async () => {
    const { deploy, transport, put, record } = staged()
    const result = await deploy('v2', {
      transport,
      timeout: 30_000,
      hear: (event) => {
        if (event.type !== 'step.finished' || event.kind !== 'registerTaskDefinition') return
        const released = {
          by: 'alice@laptop',
          at: '2026-01-01T00:00:02.000Z',
          message: 'the runner hangs',
          forced: true,
        } as const
        put({ ...record(), released })
      },
    })
    const told =
      'The lock of my_cluster/web was lost: alice@laptop released it at 2026-01-01T00:00:02.000Z: the runner hangs.'
    expect(ofType(result.events, 'warning.raised').map(({ text }) => text)).toEqual([told])
    expect(result).toMatchObject({ exitCode: 3 })
    expect(result.left[0]).toContain(told)
    expect(record()?.released).toMatchObject({ by: 'alice@laptop', message: 'the runner hangs' })
    expect(record()?.released).not.toHaveProperty('forced')
  })

  it('has not, where the object is gone and it has nothing more to write', async () => {
    const { deploy, transport, remove } = staged()
    const result = await deploy('v2', {
      transport,
      hear: ({ type }) => void (type === 'service.progressed' && remove()),
    })
    expect(result).toMatchObject({ exitCode: 0 })
    expect(ofType(result.events, 'warning.raised')).toMatchObject([
      { text: 'The lock of my_cluster/web was lost: its object was deleted.' },
    ])
  })

  it('could not renew it in time: it writes nothing more', async () => {
    const { deploy, transport } = staged(
      locked(),
      atPut((nth) => (nth > 1 ? 'cut' : undefined)),
    )
    const { requests, ...result } = await deploy('v2', { transport, timeout: 30_000 })
    expect(result).toMatchObject({ exitCode: 3 })
    expect(changes(requests)).toEqual(['RegisterTaskDefinition', 'UpdateService'])
    expect(result.left.join('\n')).toContain('it could not be renewed in time')
    expect(ofType(result.events, 'warning.raised').at(-1)?.text).toMatch(
      /^The lock of my_cluster\/web was not given back: .*: ecs-task lock release --lock s3:/,
    )
  })
})

describe('an answer of S3 that is lost', () => {
  it.each(['lost', 'cut'] as const)('when the lock is taken, %s', async (fault) => {
    const { deploy, transport, record } = staged(
      locked(),
      atPut((nth) => (nth === 1 ? fault : undefined)),
    )
    expect(await deploy('v1', { transport })).toMatchObject({ exitCode: 0 })
    expect(record()?.released).toBeDefined()
  })

  it.each(['lost', 'cut'] as const)('when it is taken over, %s', async (fault) => {
    const { deploy, transport, put, clock, record } = staged(
      locked(),
      atPut((nth) => (nth === 2 ? fault : undefined)),
    )
    put({})
    await clock.sleep(60_000)
    expect(await deploy('v1', { transport })).toMatchObject({ exitCode: 0 })
    expect(record()).toMatchObject({ command: 'deploy v1', released: {} })
  })

  it.each(['lost', 'cut'] as const)('when it is renewed, %s', async (fault) => {
    const { deploy, transport, record } = staged(
      locked(),
      atPut((nth) => (nth === 2 ? fault : undefined)),
    )
    const result = await deploy('v1', { transport })
    expect(result).toMatchObject({ exitCode: 0 })
    expect(ofType(result.events, 'warning.raised')).toEqual([])
    expect(record()?.released).toBeDefined()
  })

  it.each(['lost', 'cut'] as const)('when it is given back, %s', async (fault) => {
    let isMet = false
    const { deploy, transport, record } = staged(
      locked(),
      atPut((_, body) => (body.includes('released') && !isMet ? ((isMet = true), fault) : undefined)),
    )
    const result = await deploy('v1', { transport })
    expect(result).toMatchObject({ exitCode: 0 })
    expect(ofType(result.events, 'warning.raised')).toEqual([])
    expect(record()?.released).toBeDefined()
  })

  it('gives back what it took without knowing, where the wait for an answer is interrupted', async () => {
    const stop = new AbortController()
    const { deploy, transport, record } = staged(
      locked(),
      atPut((nth) => {
        if (nth > 1) return undefined
        stop.abort(new EcsTaskError('Interrupted', 'Interrupted by SIGINT.'))
        return 'lost'
      }),
    )
    expect(await deploy('v1', { transport, signal: stop.signal })).toMatchObject({ exitCode: 130 })
    expect(record()?.released).toBeDefined()
  })

  it('says that it may hold the lock, where S3 never answers any more', async () => {
    let isGone = false
    const { deploy, transport } = staged(locked(), () => {
      const fault = isGone ? 'cut' : 'lost'
      isGone = true
      return fault
    })
    const { exitCode, events } = await deploy('v1', { transport })
    expect(exitCode).toBe(2)
    expect(ofType(events, 'warning.raised').map(({ text }) => text)).toEqual([
      expect.stringMatching(/^The lock of my_cluster\/web was not given back: Error: socket hang up/),
    ])
  })
})

describe('what S3 answers', () => {
  const refused = { exitCode: 2, outcome: 'refused' }
  const only = (status: number, code: string, headers = {}): OfS3 =>
    atPut((nth) => (nth === 1 ? { status, code, headers } : undefined))

  it.each([
    [409, 'ConditionalRequestConflict'],
    [500, 'InternalError'],
    [503, 'SlowDown'],
    [503, 'ServiceUnavailable'],
  ])('is tried again: %d %s', async (status, code) => {
    const { deploy, transport, record } = staged(locked(), only(status, code))
    expect(await deploy('v1', { transport })).toMatchObject({ exitCode: 0 })
    expect(record()?.released).toBeDefined()
  })

  it('refuses a run that may not write the lock, and names the permission', async () => {
    const { deploy, transport } = staged(locked(), only(403, 'AccessDenied'))
    expect(await deploy('v1', { transport })).toMatchObject({
      ...refused,
      problem: { code: 'RefusedByAws', what: `AWS denied s3:PutObject on arn:aws:s3:::locks/${key}.` },
    })
  })

  it('refuses a run without the bucket, or with one elsewhere', async () => {
    const { deploy, transport } = staged(
      locked(),
      only(301, 'PermanentRedirect', { 'x-amz-bucket-region': 'eu-west-1' }),
    )
    expect(await deploy('v1', { transport })).toMatchObject({
      ...refused,
      problem: { code: 'BadArguments', what: 'The bucket locks of the lock is in another region.' },
    })
    expect(await deploy('v1', { transport, lock: 's3://nowhere' })).toMatchObject({
      ...refused,
      problem: { code: 'NotFound', what: 'The bucket nowhere of the lock does not exist.' },
    })
  })

  it('refuses a run where something else is in the place of the lock', async () => {
    const { deploy, transport, putText } = staged()
    putText('hello')
    expect(await deploy('v1', { transport })).toMatchObject({
      ...refused,
      problem: { code: 'BadArguments', what: `s3://locks/${key} is not a lock of ecs-task.` },
    })
  })

  it('keeps the exit code of a run that could not give its lock back', async () => {
    const { deploy, transport, record } = staged(
      locked(),
      atPut((_, body) => (body.includes('released') ? { status: 403, code: 'AccessDenied' } : undefined)),
    )
    const result = await deploy('v1', { transport })
    expect(result).toMatchObject({ exitCode: 0 })
    expect(record()?.released).toBeUndefined()
    expect(ofType(result.events, 'warning.raised')).toMatchObject([
      {
        text: expect.stringMatching(
          /was not given back: .*AWS denied s3:PutObject.* It ends by itself within a minute/,
        ),
      },
    ])
    expect(result.events.at(-1)?.type).toBe('run.finished')
  })
})
