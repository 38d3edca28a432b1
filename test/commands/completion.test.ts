import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { optionKinds, wordKinds } from '../../src/commands/options/valueKinds.ts'
import { type AskedNames, awsNames } from '../../src/commands/shell/awsNames.ts'
import type { Clock } from '../../src/ground/clock.ts'
import { createLocalAws } from '../../src/local/localAws.ts'
import { commands } from '../docs/commands.ts'
import { handClock } from '../handClock.ts'
import { jsonAnswer, settingsInProcess } from '../sdkInProcess.ts'
import { ecsTask, everyCommand } from './inProcess.ts'

/** What is answered for a line that ends where the cursor is; words have one blank between them. */
async function completed(line: string, shell = 'bash'): Promise<string[]> {
  const words = line.split(' ').map((word) => `--word=${word}`)
  const { exitCode, stdout, stderr } = await ecsTask(['completion', shell, ...words])
  expect([exitCode, stderr]).toEqual([0, ''])
  return stdout.trimEnd().split('\n')
}

describe('completion', () => {
  test.each([
    ['', 'deploy status service cluster instances version completion --help --version'],
    ['dep', 'deploy'],
    ['service ', 'update destroy'],
    ['cluster de', 'deploy describe destroy'],
    ['_ecs/web.ts roll', 'rollback'],
    ['deploy v1 --on', '--only --on-failure'],
    ['deploy v1 --no-w', '--no-wait'],
    ['deploy v1 --skip', '--skip-unchanged'],
    ['service update --service-n', '--service-name'],
    ['cluster deploy prod --redep', '--redeploy'],
    ['rollback --he', '--help'],
    ['deploy v1 --on-failure ', 'rollback leave stop'],
    ['deploy v1 --on-failure=l', '--on-failure=leave'],
    ['deploy v1 --until pa', 'paused'],
    ['run --launch-type F', 'FARGATE'],
    ['init w', 'web worker'],
    ['completion ', 'bash zsh fish'],
    ['deploy v1 2>err.log --skip', '--skip-unchanged'],
    ['deploy v1 > log.txt --skip', '--skip-unchanged'],
    [`deploy "v1" '--on-failure' "le`, 'leave'],
  ])('offers what is registered: %s', async (line, expected) => {
    const [kind, ...candidates] = await completed(line)
    expect(kind).toBe('words')
    // Of all commands only some are named here.
    const named = line === '' ? candidates.filter((one) => expected.split(' ').includes(one)) : candidates
    expect(named.toSorted()).toEqual(expected.split(' ').toSorted())
  })

  test.each([
    'deploy v1 ',
    'deploy v1 _ecs/we',
    '_ec',
    'status ',
    'report ',
    'apply pl',
    'cluster deploy prod -f ',
    'deploy v1 --report=out',
    'service update --task-definition-file ',
    'local --state ',
    'status --json >',
    'status --json > lo',
  ])('leaves files to the shell: %s', async (line) => {
    expect(await completed(line)).toEqual(['files'])
  })

  test.each([
    'deploy ',
    'deploy v1 --timeout ',
    'deploy v1 --json=',
    'exec _ecs/web.ts -- ',
    'local ',
    'nothing ',
    '--x',
  ])('offers nothing where it knows nothing: %s', async (line) => {
    expect(await completed(line)).toEqual(['words'])
  })

  test('has descriptions for zsh and fish, one line each', async () => {
    for (const shell of ['zsh', 'fish']) {
      expect(await completed('service up', shell)).toEqual([
        'words',
        'update\tUpdate a running service without a class',
      ])
      expect(await completed('instances', shell)).toEqual([
        'words',
        expect.stringMatching(/^instances\t(?:status, refresh|refresh, status)$/),
      ])
    }
  })

  test('offers every command, and every option that its help shows', async () => {
    for (const { name, options } of commands) {
      const path = name.split(' ')
      const [last = ''] = path.slice(-1)
      expect(await completed([...path.slice(0, -1), last].join(' '))).toContain(last)
      expect(await completed(`${name} -`)).toEqual(expect.arrayContaining(options.map((one) => one.name)))
    }
  })

  test('prints a script for each shell, and refuses others', async () => {
    for (const shell of ['bash', 'zsh', 'fish']) {
      const { exitCode, stdout } = await ecsTask(['completion', shell])
      expect([exitCode, stdout]).toEqual([0, expect.stringContaining(`completion ${shell} `)])
    }
    const { exitCode, stdout, stderr } = await ecsTask(['completion', 'tcsh'])
    expect([exitCode, stdout]).toEqual([2, ''])
    expect(stderr).toContain('There is no completion for tcsh.')
  })
})

describe('the kinds of values', () => {
  test('are of options and words that there are', () => {
    const usages = everyCommand.map((command) => command.paths?.[0]?.join(' ') ?? '')
    expect(usages).toContain('service update')
    for (const option of Object.keys(optionKinds)) {
      expect([option, commands.some(({ options }) => options.some(({ name }) => name === option))]).toEqual([
        option,
        true,
      ])
    }
  })

  test('name each option that takes a file, and nothing that a command refuses', async () => {
    const described = commands.flatMap(({ options }) => options)
    // One takes a family, the other no value.
    const isOther = new Set(['--family', '--stack'])
    const files = described.filter(({ name, description }) => /\bfile\b/.test(description) && !isOther.has(name))
    expect(files.filter(({ name }) => optionKinds[name] !== 'file').map(({ name }) => name)).toEqual([])
    for (const value of optionKinds['--until'] ?? []) {
      const { stderr } = await ecsTask(['deploy', 'v1', '_none.ts', '--until', value])
      expect(stderr).not.toContain('--until')
    }
    expect(wordKinds['SHELL']).toEqual(['bash', 'zsh', 'fish'])
  })
})

describe('names from AWS', () => {
  let folder: string
  let calls: number
  let now = Date.UTC(2026, 0, 1)
  /** Stands still, so that nothing comes too late, until a test turns it. */
  const clock: Clock = { now: () => now, random: () => 0.5, sleep: () => new Promise(() => {}) }
  const asked: AskedNames = { region: 'us-east-1', profile: undefined, isLocal: false }
  const local = createLocalAws({ now: clock.now })
  local.provision({
    services: ['web', 'worker'].map((service) => ({
      cluster: 'prod',
      service,
      taskDefinition: { family: service, containerDefinitions: [{ name: service, image: 'i:1', memory: 128 }] },
    })),
  })
  const settings = settingsInProcess((request) => {
    calls++
    return local.handle(request)
  })
  const env = (): Record<string, string> => ({ XDG_CACHE_HOME: folder })
  const files = (): string[] => readdirSync(join(folder, 'ecs-task')).map((name) => join(folder, 'ecs-task', name))

  beforeEach(() => {
    ;[folder, calls] = [mkdtempSync(join(tmpdir(), 'ecs-task-names-')), 0]
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  test('are those of clusters, or of the services of one', async () => {
    expect(await awsNames(asked, { env: env(), clock, settings })).toEqual(['prod'])
    const of = { env: env(), clock, settings }
    expect(await awsNames({ ...asked, servicesOf: 'prod' }, of)).toEqual(['web', 'worker'])
    expect(await awsNames({ ...asked, servicesOf: 'none' }, of)).toEqual([])
    expect(await awsNames({ ...asked, servicesOf: '$CLUSTER' }, of)).toEqual([])
    expect(calls).toBe(3)
  })

  test('are remembered for a minute, for the same AWS, in a file of the user alone', async () => {
    const of = { env: env(), clock, settings }
    expect(await awsNames(asked, of)).toEqual(await awsNames(asked, of))
    expect(calls).toBe(1)
    const [file = '', ...others] = files()
    expect(others).toEqual([])
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(statSync(join(folder, 'ecs-task')).mode & 0o777).toBe(0o700)
    expect(readFileSync(file, 'utf8')).toBe(JSON.stringify({ at: clock.now(), names: ['prod'] }))
    await awsNames({ ...asked, region: 'eu-west-1' }, of)
    await awsNames({ ...asked, profile: 'other' }, of)
    await awsNames(asked, { ...of, env: { ...env(), AWS_ACCESS_KEY_ID: 'AKIAOTHER' } })
    expect(calls).toBe(4)
    expect(
      files()
        .map((one) => readFileSync(one, 'utf8') + one)
        .join(),
    ).not.toContain('AKIA')
    now += 60_000
    await awsNames(asked, of)
    expect(calls).toBe(5)
  })

  test.each([
    '',
    '{',
    'null',
    '{"at":1}',
    '{"at":1e99,"names":["a"]}',
    '{"at":NOW,"names":["$(x)"]}',
    '{"at":NOW,"names":1}',
  ])('are asked for again where the file is damaged: %s', async (text) => {
    const of = { env: env(), clock, settings }
    await awsNames(asked, of)
    writeFileSync(files()[0]!, text.replace('NOW', String(clock.now())))
    expect(await awsNames(asked, of)).toEqual(['prod'])
    expect(calls).toBe(2)
  })

  test('come also where nothing can be remembered', async () => {
    writeFileSync(join(folder, 'file'), '')
    for (const cache of [{ XDG_CACHE_HOME: join(folder, 'file') }, { XDG_CACHE_HOME: 'relative' }, {}]) {
      expect(await awsNames(asked, { env: cache, clock, settings })).toEqual(['prod'])
    }
    expect(readdirSync(folder)).toEqual(['file'])
    expect(existsSync('relative')).toBe(false)
    const home = { env: { HOME: folder }, clock, settings }
    await awsNames(asked, home)
    expect(readdirSync(join(folder, '.cache'))).toEqual(['ecs-task'])
  })

  test('are nothing but names, whatever AWS answers', async () => {
    const arn = 'arn:aws:ecs:us-east-1:123456789012:cluster/'
    const clusterArns = [`${arn}$(rm -rf ~)`, `${arn}a b`, `${arn}a\nb`, `${arn}-\u001b[2J`, `${arn}good_one-1`]
    const hostile = settingsInProcess(() => jsonAnswer(200, { clusterArns }))
    expect(await awsNames(asked, { env: env(), clock, settings: hostile })).toEqual(['good_one-1'])
  })

  test('are none after 1.5 seconds, without an answer, without credentials', async () => {
    const turning = handClock(now)
    const throttled = settingsInProcess(() =>
      jsonAnswer(400, { __type: 'ThrottlingException', message: 'Rate exceeded' }),
    )
    expect(await awsNames(asked, { env: env(), clock: turning, settings: throttled })).toEqual([])
    expect(turning.now() - now).toBe(1500)
    const refused = settingsInProcess(() => jsonAnswer(400, { __type: 'ExpiredTokenException', message: 'expired' }))
    expect(await awsNames(asked, { env: env(), clock, settings: refused })).toEqual([])
    expect(await awsNames({ ...asked, region: 'a b/c' }, { env: env(), clock, settings })).toEqual([])
    expect(calls).toBe(0)
    expect(existsSync(join(folder, 'ecs-task'))).toBe(false)
  })

  test('are none of a local AWS that nobody has made, and none is made', async () => {
    const before = existsSync('.ecs-task')
    if (!before) expect(await awsNames({ ...asked, isLocal: true }, { env: env(), clock })).toEqual([])
    expect(existsSync('.ecs-task')).toBe(before)
  })
})

describe('version', () => {
  test('prints the version alone', async () => {
    expect(await ecsTask(['version'])).toEqual({ exitCode: 0, stdout: '1.2.3\n', stderr: '' })
  })

  test('prints with --json what a report of a bug needs', async () => {
    const { exitCode, stdout } = await ecsTask(['version', '--json'])
    expect(exitCode).toBe(0)
    const { versions, platform, arch } = process
    expect(JSON.parse(stdout)).toEqual({ version: '1.2.3', node: versions.node, platform, arch })
  })
})
