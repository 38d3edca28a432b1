import { describe, expect, it } from 'vitest'
import { EcsTaskError } from '../../../src/ground/errors.ts'
import { running } from './support.ts'

const cluster = 'production1'
const command = (name: string | undefined) => ({
  cluster,
  overrides: { containerOverrides: [{ name, command: ['./manage.py', 'migrate'] }] },
})

describe('a task that runs once', () => {
  it('of a revision that is there registers nothing, and updates no service', async () => {
    const { run, tasks, service: seen } = running()
    const before = structuredClone(seen('production1/doorman').deployments)
    const { exitCode, writes, summary } = await run({ run: command('web'), taskDefinition: 'doorman:1' })
    expect([exitCode, summary]).toEqual([0, 'Ran doorman:1.'])
    expect(writes.map(({ operation }) => operation)).toEqual(['RunTask'])
    expect(tasks().at(-1)).toMatchObject({
      overrides: { containerOverrides: [{ command: ['./manage.py', 'migrate'] }] },
    })
    expect(seen('production1/doorman').deployments).toEqual(before)
  })

  it('of a family is of its newest revision', async () => {
    const { run, update, tasks } = running()
    await update({ image: ['docker.repo.com/doorman:v2'] })
    await run({ run: { cluster }, taskDefinition: 'doorman' })
    expect(tasks().at(-1)!.taskDefinitionArn).toMatch(/doorman:2$/)
  })

  it('a command that names no container is for the only container', async () => {
    const { run, writes } = running()
    expect((await run({ run: command(undefined), taskDefinition: 'doorman' })).exitCode).toBe(0)
    expect(writes()[0]?.input.overrides.containerOverrides[0].name).toBe('web')
  })

  it('with a clientToken is the task that an earlier command with it has run, however that ended', async () => {
    const { run, tasks, clock } = running()
    const once = { run: { cluster, clientToken: 'release-7' }, taskDefinition: 'doorman:1' }
    expect((await run(once)).exitCode).toBe(0)
    await clock.sleep(600_000)
    expect((await run(once)).exitCode).toBe(0)
    expect(tasks().filter(({ group }) => group === 'family:doorman')).toHaveLength(1)
  })

  it('several run at once, and each has to succeed', async () => {
    const { run, tasks } = running([])
    expect((await run({ run: { cluster, count: 3 }, input: input('v1') })).exitCode).toBe(0)
    expect(tasks().map(({ lastStatus }) => lastStatus)).toEqual(['STOPPED', 'STOPPED', 'STOPPED'])
  })

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ])('is stopped by %s, which ends %i', async (signal, expected) => {
    const { run, tasks, active } = running([])
    const stop = new AbortController()
    const { exitCode } = await run(
      { run: { cluster }, input: input('slow-30m') },
      {
        signal: stop.signal,
        hear: (event) =>
          event.type === 'task.progressed' &&
          stop.abort(new EcsTaskError('Interrupted', `Interrupted by ${signal}.`, { evidence: { signal } })),
      },
    )
    expect(exitCode).toBe(expected)
    expect(tasks().map(({ lastStatus }) => lastStatus)).toEqual(['STOPPED'])
    expect(active('migrate')).toEqual([])
  })

  it('that outlives the time-out is stopped too', async () => {
    const { run, tasks } = running([])
    const { exitCode, problem } = await run({ run: { cluster }, input: input('slow-30m') }, { timeout: 60_000 })
    expect([exitCode, problem?.code]).toEqual([1, 'TimedOut'])
    expect(tasks()[0]!.lastStatus).toBe('STOPPED')
  })
})

describe('a task that cannot run is refused, and nothing is written', () => {
  it('a family without a revision', async () => {
    const { run, writes } = running()
    expect((await run({ run: { cluster }, taskDefinition: 'lobby' })).problem).toMatchObject({
      code: 'NotFound',
      what: 'There is no task definition lobby.',
    })
    expect(writes()).toEqual([])
  })

  it('an unknown cluster', async () => {
    const { run, writes } = running()
    const { exitCode, problem } = await run({ run: { cluster: 'nowhere' }, taskDefinition: 'doorman' })
    expect([exitCode, problem?.what, writes()]).toEqual([2, 'There is no cluster nowhere.', []])
    expect(JSON.stringify(problem)).not.toContain('runTasks')
  })

  it('a typing error in the name of a container', async () => {
    const { run, writes } = running([])
    expect((await run({ run: command('migrat'), input: input('v1') })).problem).toMatchObject({
      code: 'BadArguments',
      what: 'There is no container migrat.',
      fix: 'Did you mean migrate?',
    })
    expect(writes()).toEqual([])
  })

  it('a command that could be for one of several containers', async () => {
    const { run, writes } = running([])
    const containerDefinitions = [...input('v1').containerDefinitions, { name: 'proxy', image: 'envoy:v1', memory: 64 }]
    const { problem } = await run({ run: command(undefined), input: { ...input('v1'), containerDefinitions } })
    expect(problem).toMatchObject({ code: 'BadArguments', fix: 'Pass --container with one of: migrate, proxy.' })
    expect(writes()).toEqual([])
  })
})

function input(tag: string) {
  return { family: 'migrate', containerDefinitions: [{ name: 'migrate', image: `shop:${tag}`, memory: 64 }] }
}
