import { describe, expect, test } from 'vitest'
import { runListeners } from '../../src/commands/program/runListeners.ts'
import { commands } from '../docs/commands.ts'
import { logs } from '../output/logs/logs.ts'
import { capturing, ecsTask, ofClasses, serviceOf } from './inProcess.ts'
import { serveAws } from './runningLocalAws.ts'

const aws = serveAws()
const web = ofClasses({ Web: serviceOf('web') }, '_ecs/web.ts')
const escape = '\u001B'

const runIn = (words: readonly string[], env: Record<string, string> = {}) => web(words, { ...aws().env, ...env })

test.each(commands.map((command) => [command.name, command] as const))(
  '%s takes --quiet, --verbose and --no-color',
  (_name, { options }) => {
    expect(options.map(({ name }) => name)).toEqual(expect.arrayContaining(['--quiet', '--verbose', '--no-color']))
  },
)

describe('a command', () => {
  test('with --quiet says nothing where all goes well, and everything that does not', async () => {
    expect(await runIn(['deploy', 'v1', '--no-wait', '--quiet'])).toEqual({ exitCode: 0, stdout: '', stderr: '' })
    const context = capturing({ program: 'tsx web.ts', declared: [], env: {} })
    const [listener] = runListeners({ json: false, saying: { quiet: true, verbose: false }, context }, false, Date.now)
    for (const event of logs.failedRollout!) listener!.hear(event)
    const { stdout, stderr } = context.said()
    expect(stdout).toBe('')
    expect(stderr).toContain('✗ Update service web in my_cluster: The rollout of web failed.')
    expect(stderr).toContain('✗ Deploy v1.2.3 of WebTask failed; NOT everything was put back.')
    expect(stderr).not.toMatch(/Updating service|Undone/)
  })

  test('with --quiet still prints its result', async () => {
    expect((await runIn(['status', '--quiet'])).stdout).toContain('Service my_cluster/web')
    const { stdout, stderr } = await runIn(['deploy', 'v1', '--dry-run', '--quiet'])
    expect(stdout).toContain('Nothing was written.')
    expect(stderr).not.toContain('Planning to deploy')
  })

  test('with --verbose tells of each call to AWS', async () => {
    const deployed = await runIn(['deploy', 'v1', '--no-wait', '--verbose'])
    expect(deployed.exitCode).toBe(0)
    expect(deployed.stderr).toMatch(/^\d\d:\d\d:\d\dZ ecs\.describeServices \{ cluster: my_cluster, services: \[web\]/m)
    expect(deployed.stderr).toMatch(/^\d\d:\d\d:\d\dZ ecs\.registerTaskDefinition \{/m)
    const status = await runIn(['status', '-v'])
    expect(status.stderr).toMatch(/^ecs\.describeServices \{ cluster: my_cluster/m)
    expect(status.stdout).not.toContain('ecs.describeServices')
  })

  test('with --verbose and --json prints the events on stdout and the lines on stderr', async () => {
    const { stdout, stderr } = await runIn(['deploy', 'v1', '--no-wait', '--json', '--verbose'])
    expect(stdout.split('\n').filter((line) => line !== '' && !line.startsWith('{"version":1,'))).toEqual([])
    expect(stderr).toContain('ecs.describeServices')
  })

  test('refuses --quiet together with --verbose', async () => {
    const { exitCode, stdout, stderr } = await runIn(['deploy', 'v1', '--quiet', '--verbose'])
    expect([exitCode, stdout]).toEqual([2, ''])
    expect(stderr).toBe('✗ --quiet and --verbose exclude each other.\n  → Pass one of them.\n')
  })

  test('with --no-color prints no colors, whatever the environment asks for, and no more in its errors', async () => {
    const env = { FORCE_COLOR: '1' }
    for (const words of [
      ['status'],
      ['deploy', 'v1', '--dry-run'],
      ['deploy', 'v1', '--lokal'],
      ['deploy', '--help'],
    ]) {
      const [plain, colored] = [await runIn([...words, '--no-color'], env), await runIn(words, env)]
      expect(colored.stdout + colored.stderr).toContain(escape)
      expect(plain.stdout + plain.stderr).not.toContain(escape)
    }
  })
})

test.each([
  ['cluster', 'describe', 'nope'],
  ['cluster', 'destroy', 'nope', '--yes'],
  ['service', 'destroy', 'nope', '--service', 'web', '--yes'],
])('%s %s of a cluster that is not there ends 2 and says so', async (...words) => {
  const { exitCode, stdout, stderr } = await ecsTask(words, aws().env)
  expect([exitCode, stdout]).toEqual([2, ''])
  expect(stderr).toContain('✗ There is no cluster nope.')
})
