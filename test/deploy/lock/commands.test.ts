import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sdkTransport } from '../../../src/aws/sdk.ts'
import { ecsTask, everyCommand, ofClasses, serviceOf } from '../../commands/inProcess.ts'
import { serveAws } from '../../commands/runningLocalAws.ts'
import { others } from './support.ts'

const aws = serveAws({ services: ['web', 'api'] })
const folder = mkdtempSync(join(tmpdir(), 'locks-'))
const lock = 's3://locks/shop'
const web = ofClasses({ Web: { ...serviceOf('web'), lock } }, 'web.ts', everyCommand)
const bare = ofClasses({ Api: serviceOf('api') }, 'api.ts', everyCommand)
const run = (words: string, of = web) =>
  of(words.split(' '), { ...aws().env, NO_COLOR: '1', GITHUB_ACTIONS: 'true', GITHUB_ACTOR: 'alice' })
const program = (words: string) => ecsTask(words.split(' '), aws().env)
const here = '--cluster my_cluster --service web --lock s3://locks/shop'

beforeAll(async () => {
  await fetch(`${aws().url}/_local/provision`, { method: 'POST', body: JSON.stringify({ buckets: ['locks'] }) })
})

/** Somebody else takes the lock, or has given it back. */
const put = (more: object = {}, service = 'web') => {
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' }
  const transport = sdkTransport({ region: 'us-east-1', endpoint: aws().url, credentials })
  const Key = `shop/us-east-1/services/my_cluster/${service}.json`
  return transport('putObject', { Bucket: 'locks', Key, Body: JSON.stringify({ ...others, ...more }) }, undefined)
}
const free = { released: { by: 'bob@desk', at: '2026-01-01T00:00:30.000Z' } }
beforeEach(async () => void (await put(free)))

describe('a deploy', () => {
  it('takes the lock that its class declares in the name of the person whom CI names, and gives it back', async () => {
    expect(await run('deploy v2 --no-wait')).toMatchObject({ exitCode: 0 })
    const { stdout } = await run('lock status')
    expect(stdout).toMatch(
      /^my_cluster\/web: free\n {2}last held by alice \(CI\): deploy v2 since .*\n {2}released by alice \(CI\) at .*\n {2}s3:\/\/locks\/shop\/us-east-1\/services\/my_cluster\/web\.json\n$/,
    )
  })

  it('takes the one of --lock, and is refused while another run holds it', async () => {
    await put({}, 'api')
    const { exitCode, stderr } = await run('deploy v2 --no-wait --lock s3://locks/shop', bare)
    expect(exitCode).toBe(2)
    expect(stderr).toContain('bob@desk holds the lock of my_cluster/api.')
    expect(stderr).toContain('https://ci.example.com/runs/7')
  })

  it.each(['deploy v2', 'rollback', 'continue', `service update -c my_cluster -n web --force --lock ${lock}`])(
    'is one of several commands that are refused: %s',
    async (words) => {
      await put()
      const { exitCode, stderr } = await run(words)
      expect([exitCode, stderr]).toEqual([2, expect.stringContaining('bob@desk holds the lock of my_cluster/web.')])
    },
  )

  it('of a stack takes the locks of its services', async () => {
    await put()
    const file = join(folder, 'stack.yml')
    writeFileSync(file, 'services:\n  web:\n    image: repo/web:v1\n    memory: 128\n')
    const { exitCode, stderr } = await program(`cluster deploy my_cluster -f ${file} --lock ${lock}`)
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('bob@desk holds the lock of my_cluster/web.')])
  })

  it('of a saved plan takes the lock when it is applied, and not when it is saved', async () => {
    await put()
    const file = join(folder, 'plan.json')
    expect(await run(`deploy v3 --no-wait --plan-out ${file}`)).toMatchObject({ exitCode: 0 })
    const { exitCode, stderr } = await run(`apply ${file}`)
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('bob@desk holds the lock of my_cluster/web.')])
    const elsewhere = await run(`apply ${file} --lock s3://nowhere --wait-for-lock 10m`)
    expect(elsewhere.stderr).toContain('The bucket nowhere of the lock does not exist.')
    await put(free)
    expect(await run(`apply ${file}`)).toMatchObject({ exitCode: 0 })
  })

  it('that waits for a lock has one', async () => {
    expect(await run('deploy v2 --wait-for-lock 1m', bare)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('There is no lock to wait for.'),
    })
  })
})

describe('lock', () => {
  it('status says who holds it, in words and as JSON', async () => {
    await put()
    const { stdout } = await program(`lock status ${here}`)
    expect(stdout).toBe(`my_cluster/web: held
  held by bob@desk: deploy v9 since 2026-01-01T00:00:00.000Z
  until 2026-01-01T00:01:00.000Z unless it is renewed
  https://ci.example.com/runs/7
  s3://locks/shop/us-east-1/services/my_cluster/web.json
`)
    const json = await program(`lock status ${here} --json`)
    const { version: _, id, ttlSeconds, renewals, ...told } = others
    expect(JSON.parse(json.stdout)).toEqual({
      locks: [
        {
          lock: 's3://locks/shop/us-east-1/services/my_cluster/web.json',
          of: 'my_cluster/web',
          state: 'held',
          ...told,
        },
      ],
    })
  })

  it('release asks first, and says why to the run that loses it; others wait until that run has noticed', async () => {
    await put()
    expect(await program(`lock release ${here}`)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('Confirmation needed, but stdin is not a terminal.'),
    })
    const words = ['lock', 'release', ...here.split(' '), '--message', 'the runner hangs', '--yes']
    const { exitCode, stdout } = await ecsTask(words, {
      ...aws().env,
      NO_COLOR: '1',
      GITHUB_ACTIONS: 'true',
      GITHUB_ACTOR: 'alice',
    })
    expect(exitCode).toBe(0)
    expect(stdout).toContain('my_cluster/web: released just now; its run may still write for up to a minute\n')
    expect(stdout).toMatch(/ {2}released by alice \(CI\) at .*: the runner hangs\n/)
    const { stderr } = await run('deploy v2')
    expect(stderr).toContain('alice (CI) has just released the lock of my_cluster/web, which bob@desk held.')
    expect(await program(`lock release ${here} --yes`)).toMatchObject({ exitCode: 0 })
  })

  it('release does nothing to a free one', async () => {
    expect(await program(`lock release ${here}`)).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('my_cluster/web: free'),
    })
  })

  it.each([
    ['lock status', 'These classes declare no lock.'],
    ['lock status --cluster my_cluster', 'It takes a class or --cluster, not both.'],
    ['deploy v1 --lock s3:/locks', '--lock s3:/locks is no place for locks.'],
    ['deploy v1 --lock s3://locks/../x', '--lock s3://locks/../x is no place for locks.'],
    ['deploy v1 --wait-for-lock 10', '--wait-for-lock 10 has no unit.'],
  ])('is refused with bad arguments: %s', async (words, problem) => {
    expect(await run(words, bare)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(problem) })
  })

  it('is that of --cluster with --service and --lock', async () => {
    expect(await program('lock status --cluster my_cluster')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('--cluster goes with --service and --lock.'),
    })
  })
})
