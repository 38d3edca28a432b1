import { afterAll, describe, expect, test } from 'vitest'
import { runLocalAws } from './runningLocalAws.ts'
import { active, definition, endAll, lines, pointedAt, project, serviceClass } from './support.ts'

afterAll(endAll)

const file = definition([serviceClass('Web')], 'await new Web().main()')
/** Said when the service has been updated and its new tasks have begun to start, which takes them ten minutes. */
const rolling = 'my_cluster/web: (service web) has started 2 tasks'
const slow = ['web.ts', 'deploy', 'slow-10m', '--local']

describe.concurrent('a signal in the middle of a rollout', () => {
  test.each([
    ['SIGHUP', 129],
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('puts everything back: %s', async (signal, expected) => {
    const { start, region } = project({ 'web.ts': file })
    const { said, kill, ended } = start(slow)
    await said(rolling)
    kill(signal)
    const { exitCode, stdout, stderr } = await ended
    expect([exitCode, stdout], stderr).toEqual([expected, ''])
    expect(lines(stderr).slice(-2)).toEqual([
      `✗ Interrupted by ${signal}.`,
      '! Deploy slow-10m of Web was interrupted; everything is as it was.',
    ])
    expect(pointedAt(region())).toEqual({ 'my_cluster/web': 'web:1' })
    expect(active(region(), 'web')).toEqual([1])
  })

  test('ends the process at once the second time, and says so', async () => {
    const aws = await runLocalAws(['--speed', '20'])
    const { start } = project({ 'web.ts': file })
    const { child, said, kill, ended } = start(['web.ts', 'deploy', 'slow-10m'], aws.env)
    await said('Updating service: my_cluster/web')
    kill('SIGINT')
    await said('Undo: Put service web back to web:1')
    // One that comes at once is taken for an echo of the first; asking the local AWS each time gives the process its turn.
    for (let has = false; !has; await aws.world()) {
      kill('SIGINT')
      has = child.exitCode !== null || child.signalCode !== null
    }
    const { exitCode, stderr } = await ended
    expect(exitCode).toBe(130)
    expect(lines(stderr).at(-1)).toBe('! Deploy slow-10m of Web was ended at once; NOT everything was put back.')
    expect(active(await aws.world(), 'web')).toEqual([1, 2])
  })
})

describe.concurrent('a method that is called around a deploy and never ends', () => {
  const hooked = (name: string, body: string): string =>
    definition([serviceClass('Web').replace(/\}\n$/, `  ${name}() { ${body} }\n}\n`)], 'await new Web().main()')
  const waiting = "console.error('waiting'); return new Promise(() => setInterval(() => {}, 1000))"

  test('is left by a signal: beforeDeploy before anything is written', async () => {
    const { start, region } = project({ 'web.ts': hooked('beforeDeploy', waiting) })
    const { said, kill, ended } = start(['web.ts', 'deploy', 'v2', '--local'])
    await said('waiting')
    kill('SIGINT')
    const { exitCode, stderr } = await ended
    expect(exitCode, stderr).toBe(130)
    expect(lines(stderr).at(-1)).toBe('! The deploy did not start; nothing was changed.')
    expect([pointedAt(region()), active(region(), 'web')]).toEqual([{ 'my_cluster/web': 'web:1' }, [1]])
  })

  test('is left by a signal: afterDeploy, and what was deployed stays deployed', async () => {
    const { start, region } = project({ 'web.ts': hooked('afterDeploy', waiting) })
    const { said, kill, ended } = start(['web.ts', 'deploy', 'v2', '--local'])
    await said('waiting')
    kill('SIGTERM')
    const { exitCode, stderr } = await ended
    expect(exitCode, stderr).toBe(143)
    expect(lines(stderr).at(-1)).toBe('! Deployed v2 of Web, but it was interrupted during: afterDeploy of Web.')
    expect(pointedAt(region())).toEqual({ 'my_cluster/web': 'web:2' })
  })

  test('ends with 70 where nothing is left that it could wait for', async () => {
    const aws = await runLocalAws([])
    const { run } = project({ 'web.ts': hooked('beforeDeploy', 'return new Promise(() => {})') })
    const { exitCode, stderr } = await run(['web.ts', 'deploy', 'v2'], aws.env)
    expect(exitCode, stderr).toBe(70)
    expect(stderr).toContain('The run has not ended, and there is nothing left to wait for.')
    expect(pointedAt(await aws.world())['my_cluster/web']).toBe('web:1')
  })
})

describe.concurrent('--local', () => {
  test('lets only one process at a time use the state of a folder', async () => {
    const { start, run, region } = project({ 'web.ts': file })
    const first = start(slow)
    await first.said(rolling)
    const { exitCode, stdout, stderr } = await run(['web.ts', 'deploy', 'v2', '--local'])
    expect([exitCode, stdout]).toEqual([2, ''])
    expect(lines(stderr)).toEqual([
      '✗ The local AWS cannot start.',
      expect.stringMatching(
        new RegExp(`/.ecs-task/local.json is in use by process ${first.child.pid}\\. End that process first`),
      ),
    ])
    first.kill('SIGINT')
    expect((await first.ended).exitCode).toBe(130)
    expect(pointedAt(region())).toEqual({ 'my_cluster/web': 'web:1' })
  })

  test('continues with a complete state after a process was killed in the middle of a rollout', async () => {
    const { start, run, region } = project({ 'web.ts': file })
    const killed = start(slow)
    await killed.said(rolling)
    killed.kill('SIGKILL')
    expect((await killed.ended).exitCode).toBe(null)
    expect(pointedAt(region())).toEqual({ 'my_cluster/web': 'web:2' })

    const { exitCode, stderr } = await run(['web.ts', 'deploy', 'v2', '--local'])
    expect(exitCode, stderr).toBe(0)
    expect(pointedAt(region())).toEqual({ 'my_cluster/web': 'web:3' })
    const { service } = region().services['my_cluster/web']!
    expect([service.deployments.length, service.runningCount, service.pendingCount]).toEqual([1, 2, 0])
  })
})
