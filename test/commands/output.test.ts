import { afterAll, describe, expect, test } from 'vitest'
import { definition, endAll, lines, pointedAt, project, serviceClass } from './support.ts'

afterAll(endAll)

const file = definition([serviceClass('Web')], 'await new Web().main()')
const escape = '\u001B'

describe.concurrent('--json', () => {
  test('prints a deploy as one JSON object per line, the last of which says how it ended', async () => {
    const { run, region } = project({ 'web.ts': file })
    const { exitCode, stdout, stderr } = await run(['web.ts', 'deploy', 'v1', '--local', '--json'])
    expect([exitCode, stderr]).toEqual([0, ''])
    const events = eventsOf(stdout)
    for (const event of events)
      expect(event).toMatchObject({
        version: 1,
        at: expect.stringMatching(/^\d{4}-.*Z$/),
        type: expect.stringMatching(/^\w+\.\w+$/),
      })
    expect(events[0]).toMatchObject({
      type: 'run.started',
      command: 'deploy',
      tag: 'v1',
      definitions: ['Web'],
      local: true,
    })
    expect(events.at(-1)).toMatchObject({ type: 'run.finished', outcome: 'succeeded', exitCode: 0 })
    expect(pointedAt(region())).toEqual({ 'my_cluster/web': 'web:2' })
  })

  test('prints the problem on the standard error, beside the events', async () => {
    const { run, region } = project({ 'web.ts': file })
    const { exitCode, stdout, stderr } = await run(['web.ts', 'deploy', 'crash', '--local', '--json'])
    expect(exitCode).toBe(1)
    const events = eventsOf(stdout)
    expect(events.at(-1)).toMatchObject({
      type: 'run.finished',
      outcome: 'restored',
      exitCode: 1,
      problem: { code: 'DeploymentFailed' },
    })
    expect(events.map(({ type }) => type)).toContain('step.failed')
    expect(lines(stderr)).toContain('✗ Update service web in my_cluster: The rollout of web failed.')
    expect(stderr).not.toContain('Updating service')
    expect(pointedAt(region())).toEqual({ 'my_cluster/web': 'web:1' })
  })

  test('prints the plan of a dry run as one JSON document, and writes nothing', async () => {
    const { run, region } = project({ 'web.ts': file })
    const { exitCode, stdout, stderr } = await run(['web.ts', 'deploy', 'v1', '--local', '--dry-run', '--json'])
    expect(exitCode).toBe(0)
    const plan = JSON.parse(stdout)
    const calls = plan.stages.flatMap(({ steps }: any) => steps).map(({ call }: any) => call.method)
    expect([plan.command, calls]).toEqual(['deploy', ['registerTaskDefinition', 'updateService']])
    expect(stderr).not.toContain('✗')
    expect(pointedAt(region())).toEqual({ 'my_cluster/web': 'web:1' })
  })
})

describe.concurrent('the output', () => {
  test.runIf(Number(process.versions.node.split('.')[0]) < 22)(
    'says once that this Node is too old, and the SDK says nothing',
    async () => {
      const { start } = project({ 'web.ts': file })
      const deploy = start(['web.ts', 'deploy', 'v1', '--local'])
      await deploy.said('has reached its end of life; AWS SDK releases from January 2027 on need Node 22.')
      expect((await deploy.ended).stderr).not.toContain('NodeVersionSupportWarning')
    },
  )

  const dryRun = ['web.ts', 'deploy', 'v1', '--local', '--dry-run']
  test.each([
    [{ FORCE_COLOR: '1' }, true],
    [{ FORCE_COLOR: '1', NO_COLOR: '1' }, false],
  ])('into a pipe has colors only when they are forced: %o', async (env, colored) => {
    const { run } = project({ 'web.ts': file })
    const { exitCode, stdout, stderr } = await run(dryRun, env)
    expect(exitCode).toBe(0)
    expect([stdout.includes(escape), stderr.includes(escape)]).toEqual([colored, colored])
  })

  test('as JSON never has colors, even when they are forced', async () => {
    const { run } = project({ 'web.ts': file })
    const { exitCode, stdout } = await run(['web.ts', 'debug', '--json'], { FORCE_COLOR: '1' })
    expect([exitCode, stdout.includes(escape)]).toEqual([0, false])
  })

  test('into a pipe is plain text that is not wrapped: a plan that ends its last line', async () => {
    const { run } = project({ 'web.ts': file })
    const { stdout, stderr } = await run(dryRun)
    expect([stdout.includes(escape), stderr.includes(escape)]).toEqual([false, false])
    expect(stdout).toMatch(/^Deploy v1 of Web\n[^]*\nNothing was written\.\n$/)
    expect(stdout.split('\n').filter((line) => line.length > 80)).not.toEqual([])
  })
})

describe.concurrent('a reader that stops early, as head does,', () => {
  test('changes neither the deploy nor its exit code', async () => {
    const { start, region } = project({ 'web.ts': file })
    const { child, said, ended } = start(['web.ts', 'deploy', 'crash', '--local', '--json'])
    await said('run.started')
    child.stdout?.destroy()
    const { exitCode, stderr } = await ended
    expect(exitCode, stderr).toBe(1)
    expect(stderr).not.toContain('EPIPE')
    expect(pointedAt(region())).toEqual({ 'my_cluster/web': 'web:1' })
  })

  test('changes nothing either when the standard error is closed', async () => {
    const { start, region } = project({ 'web.ts': file })
    const { child, said, ended } = start(['web.ts', 'deploy', 'v1', '--local'])
    await said('Deploying v1')
    child.stderr?.destroy()
    expect((await ended).exitCode).toBe(0)
    expect(pointedAt(region())).toEqual({ 'my_cluster/web': 'web:2' })
  })
})

function eventsOf(stdout: string): any[] {
  expect(stdout.endsWith('}\n')).toBe(true)
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
}
