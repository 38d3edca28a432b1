import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { AfterDeploy, BeforeDeploy } from '../../src/deploy/hooks/deployHooks.ts'
import { everyCommand, ecsTask, ofClasses, serviceOf } from './inProcess.ts'
import { serveAws } from './runningLocalAws.ts'
import { definition, type Ended, endAll, pointedAt, program, project, serviceClass } from './support.ts'

afterAll(endAll)

const names =
  'does deployed pruned seal secret region declared gone words update stack main noop json record told forged again'.split(
    ' ',
  )
const aws = serveAws({ services: names, speed: 600 })
const folder = mkdtempSync(join(tmpdir(), 'plans-'))
const inFolder = (name: string): string => join(folder, `${name}.json`)

/** The program with a class for this service, which may be another one when its plan is applied. */
const service = (name: string, more: object = {}, members: object = {}) => {
  const run = ofClasses({ Web: { ...serviceOf(name, more), ...members } }, 'web.ts', everyCommand)
  return (...words: string[]): Promise<Ended> => run(words, aws().env)
}
const save = (name: string, more: object = {}, members: object = {}): Promise<Ended> =>
  service(name, more, members)('deploy', 'v2', '--no-wait', '--plan-out', inFolder(name))
const runs = async (name: string): Promise<string | undefined> => pointedAt(await aws().world())[`my_cluster/${name}`]
const digestOf = (file: string): string => `sha256:${createHash('sha256').update(readFileSync(file)).digest('hex')}`
const problems = ({ stderr }: Ended): string[] =>
  stderr
    .split('\n')
    .map((line) => line.replace(/^[\d:]+Z /, ''))
    .filter((line) => /^ {2}[^→]/.test(line))
    .map((line) => line.trim())

/** Everything in AWS that a deploy could change. */
const state = async (): Promise<string> => {
  const { services, taskDefinitions } = await aws().world()
  return JSON.stringify([pointedAt({ services, rules: {} }), taskDefinitions])
}

describe('a saved plan', () => {
  test('is written and changes nothing; applied, it does what it shows', async () => {
    const before = await state()
    const { exitCode, stdout } = await save('does')
    const file = inFolder('does')
    const digest = digestOf(file)
    expect([exitCode, await state()]).toEqual([0, before])
    expect(
      stdout.endsWith(`Saved the plan to ${file}. Apply it with: npx ecs-task apply ${file} --digest ${digest}\n`),
    ).toBe(true)
    const applied = await service('does')('apply', file, '--digest', digest)
    expect(applied.exitCode, applied.stderr).toBe(0)
    expect(await runs('does')).toMatch(/:2$/)
    const { taskDefinitions } = await aws().world()
    expect(taskDefinitions['does']!.at(-1)!.taskDefinition.containerDefinitions[0]!.image).toBe('my_image:v2')
  })

  test('is applied without the webhooks that it was made with; apply calls the methods of the class, once', async () => {
    const called: string[] = []
    const members = (webhook: string | undefined): object => ({
      notifications: [{ webhook }],
      beforeDeploy: ({ tag }: BeforeDeploy) => void called.push(`before ${tag}`),
      afterDeploy: ({ waited }: AfterDeploy) => void called.push(`after ${waited}`),
    })
    const path = 'services/T024BE7LD/B2ZK9QH11/hq3XvWc81LmTpR5sYd0aKe7N'
    const saved = await save('told', {}, members(`https://hooks.example.invalid/${path}`))
    expect([saved.exitCode, called]).toEqual([0, []])
    expect(saved.stdout + saved.stderr + readFileSync(inFolder('told'), 'utf8')).not.toMatch(/T024|hooks\.example/)
    const { exitCode, stderr } = await service('told', {}, members(undefined))('apply', inFolder('told'))
    expect(exitCode, stderr).toBe(0)
    expect(stderr).toContain('! Web/notifications/0/webhook: is undefined; this notification is skipped')
    expect(called).toEqual(['before v2', 'after false'])
  })

  test('has what is shown as data, and no value of a secret', async () => {
    const { stdout } = await save('secret', { environment: [{ name: 'API_TOKEN', value: 'battery-staple' }] })
    const text = readFileSync(inFolder('secret'), 'utf8')
    expect(stdout + text).not.toContain('battery-staple')
    expect(JSON.parse(text)).toMatchObject({
      words: ['deploy', 'v2', '--no-wait', '--plan-out', inFolder('secret')],
      place: { account: '123456789012', region: 'us-east-1', endpoint: aws().url, local: false },
      fingerprint: { madeFrom: { 'service my_cluster/secret': 'secret:1', 'revisions of secret': 'secret:1' } },
      plan: { title: 'Deploy v2 of Web', stages: expect.any(Array) },
    })
  })

  test.each([
    {
      what: 'another deploy',
      name: 'deployed',
      meanwhile: () => service('deployed')('deploy', 'v3', '--no-wait'),
      found: [
        'service my_cluster/deployed: deployed:1 → deployed:2',
        'revisions of deployed: deployed:1 → deployed:2, deployed:1',
      ],
    },
    {
      what: 'a pruned revision',
      name: 'pruned',
      before: () =>
        aws().call('RegisterTaskDefinition', {
          family: 'pruned',
          containerDefinitions: [{ name: 'pruned', image: 'x', memory: 64 }],
        }),
      meanwhile: () => aws().call('DeregisterTaskDefinition', { taskDefinition: 'pruned:2' }),
      found: ['revisions of pruned: pruned:2, pruned:1 → pruned:1'],
    },
    {
      what: 'a changed class',
      name: 'declared',
      later: { cpu: 128 },
      found: ['Web: declares something else'],
    },
    {
      what: 'another value of a secret',
      name: 'seal',
      first: { environment: [{ name: 'API_TOKEN', value: 'battery-staple' }] },
      later: { environment: [{ name: 'API_TOKEN', value: 'correct-horse' }] },
      found: ['a secret, or the order of the steps, has changed'],
    },
    {
      what: 'another region',
      name: 'region',
      words: ['--region', 'eu-west-1'],
      before: () =>
        aws().call('RegisterTaskDefinition', {
          family: 'region',
          containerDefinitions: [{ name: 'region', image: 'x', memory: 64 }],
        }),
      found: ['region: us-east-1 → eu-west-1'],
    },
  ])(
    'is refused after $what, which is named, and nothing is written',
    async ({ name, first, before, meanwhile, later, words = [], found }) => {
      await before?.()
      await save(name, first)
      await meanwhile?.()
      const there = await state()
      const ended = await service(name, later ?? first)('apply', inFolder(name), ...words)
      expect(ended.exitCode, ended.stderr).toBe(2)
      expect(problems(ended)).toEqual(expect.arrayContaining(found))
      expect(await state()).toBe(there)
    },
  )

  test('is refused where its file is no plan, is not the one that was approved, or is of another version', async () => {
    const written = (name: string, text: string): string => {
      writeFileSync(inFolder(name), text)
      return inFolder(name)
    }
    await save('words')
    const saved = JSON.parse(readFileSync(inFolder('words'), 'utf8')) as object
    const other = (more: object): string =>
      written(`other${Object.keys(more).join('')}`, JSON.stringify({ ...saved, ...more }))
    const ended = await Promise.all([
      ecsTask(['apply', inFolder('missing')]),
      ecsTask(['apply', written('broken', '{')]),
      ecsTask(['apply', written('list', '[]')]),
      ecsTask(['apply', other({ words: ['service', 'destroy', 'words'] })]),
      ecsTask(['apply', other({ fingerprint: {} })]),
      ecsTask(['apply', other({ version: '0.9.0' })]),
      ecsTask(['apply', inFolder('words'), '--digest', `sha256:${'0'.repeat(64)}`]),
      ecsTask(['apply', inFolder('words'), '--digest', 'abc']),
      ecsTask(['apply', inFolder('words'), '--report', inFolder('words')]),
    ])
    expect(ended.map(({ exitCode }) => exitCode)).toEqual(ended.map(() => 2))
    expect(ended.map(({ stderr }) => stderr.split('\n')[0]!.replaceAll(`${folder}/`, ''))).toEqual([
      '✗ missing.json cannot be read.',
      '✗ broken.json is not JSON.',
      '✗ list.json is not a plan.',
      '✗ otherwords.json is not a plan.',
      '✗ otherfingerprint.json is not a plan.',
      '✗ otherversion.json was made by ecs-task 0.9.0; this is 1.2.3.',
      '✗ words.json is not the plan that was approved.',
      '✗ --digest must be sha256: and 64 hexadecimal digits, not abc.',
      '✗ --report words.json would replace a file that this command reads.',
    ])
  })

  test('is refused where what it shows was changed by hand, though nothing else was', async () => {
    await save('forged')
    const text = readFileSync(inFolder('forged'), 'utf8')
    const there = await state()
    const forge = async (from: string, to: string) => {
      writeFileSync(inFolder('forged'), text.replace(from, to))
      return service('forged')('apply', inFolder('forged'))
    }
    const forged = await forge('"image": "my_image:v2"', '"image": "my_image:v1"')
    expect([forged.exitCode, await state()], forged.stderr).toEqual([2, there])
    expect(forged.stderr).toContain('✗ The plan shows something else than it would do.\n')
    expect((await forge('', '')).exitCode).toBe(0)
  })

  test('names the command that makes it again, with each option once', async () => {
    await save('again')
    await service('again')('deploy', 'v3', '--no-wait')
    const { stderr } = await service('again')('apply', inFolder('again'), '--region', 'us-east-1', '--region=us-east-1')
    expect(stderr).toContain(
      `→ Make a new one: ecs-task deploy v2 --no-wait --plan-out ${inFolder('again')} --region us-east-1\n`,
    )
    const usage = await ecsTask(['deploy', 'v2', '--local', '--only'])
    expect(usage.stderr).toContain('ecs-task deploy <TAG> <FILE>…; --help shows the options.\n')
  })

  test('that asks for help, or whose files are elsewhere, is refused', async () => {
    await save('gone')
    const saved = JSON.parse(readFileSync(inFolder('gone'), 'utf8')) as { words: string[] }
    const apply = (words: string[]): Promise<Ended> => {
      writeFileSync(inFolder('gone'), JSON.stringify({ ...saved, words }))
      return ecsTask(['apply', inFolder('gone')], aws().env)
    }
    const [help, elsewhere] = [
      await apply([...saved.words, '--help']),
      await apply(['deploy', 'v2', '_ecs/elsewhere.ts']),
    ]
    expect([help.exitCode, help.stdout]).toEqual([2, ''])
    expect(elsewhere.exitCode).toBe(2)
    expect(elsewhere.stderr).toContain(
      '  _ecs/elsewhere.ts: does not exist\n  → Apply a plan in the folder in which it was made.\n',
    )
  })

  test('of a service without a class, and of a stack, is held to what it shows in the same way', async () => {
    const stack = join(folder, 'stack.yml')
    writeFileSync(
      stack,
      'services:\n  - web:\n      image: repo/web:v1\n      memory: 64\n      network_mode: bridge\n',
    )
    const commands = [
      ['service', 'update', '-c', 'my_cluster', '-n', 'update', '-i', 'my_image:v2', '--no-wait'],
      ['cluster', 'deploy', 'my_cluster', '-f', stack, '--no-wait'],
    ]
    for (const [index, words] of commands.entries()) {
      const file = inFolder(`both${index}`)
      const before = await state()
      const saved = await ecsTask([...words, '--plan-out', file], aws().env)
      expect([saved.exitCode, await state()], saved.stderr).toEqual([0, before])
      const applied = await ecsTask(['apply', file], aws().env)
      expect(applied.exitCode, applied.stderr).toBe(0)
      const after = await state()
      expect(after).not.toBe(before)
      // Once applied, it no longer holds.
      const again = await ecsTask(['apply', file], aws().env)
      expect([again.exitCode, await state()], again.stderr).toEqual([2, after])
    }
    expect(await runs('update')).toMatch(/:2$/)
  })

  test('with --record holds the tags of the job that made it, whatever applies it, and no others', async () => {
    const run = ofClasses({ Web: serviceOf('record') }, 'web.ts', everyCommand)
    const job = { CIRCLECI: 'true', CIRCLE_SHA1: '3f2a9c1e', CIRCLE_USERNAME: 'alice' }
    const file = inFolder('record')
    const saved = await run(['deploy', 'v2', '--no-wait', '--record', '--plan-out', file], { ...aws().env, ...job })
    expect(saved.exitCode, saved.stderr).toBe(0)
    expect(saved.stdout).toContain('     tags: ecs-task:commit=3f2a9c1e, ecs-task:actor=alice\n')
    const tampered = readFileSync(file, 'utf8').replaceAll('alice', 'mallory')
    writeFileSync(inFolder('tampered'), tampered)
    writeFileSync(inFolder('odd'), tampered.replace(/"record": \[[^\]]*\]/g, '"record": [1]'))
    const refused = await Promise.all(['tampered', 'odd'].map((name) => run(['apply', inFolder(name)], aws().env)))
    expect(refused.map(({ exitCode }) => exitCode)).toEqual([2, 2])
    const applied = await run(['apply', file], { ...aws().env, ...job, CIRCLE_SHA1: 'abcdef0' })
    expect(applied.exitCode, applied.stderr).toBe(0)
    const { body } = await aws().call('DescribeTaskDefinition', { taskDefinition: 'record:2', include: ['TAGS'] })
    expect(body.tags).toEqual([
      { key: 'ecs-task:commit', value: '3f2a9c1e' },
      { key: 'ecs-task:actor', value: 'alice' },
    ])
  })

  test.each([
    [['--env', 'noop=DB_PASSWORD=secret-staple'], 'A saved plan holds no secrets, and the command line has one.'],
    [['-k', 'abcd', '--aws-secret-key', 'abcd1234'], 'A saved plan holds no keys, and the command line has them.'],
  ])('is refused where the command line has a secret: %j', async (words, what) => {
    const file = inFolder('typed')
    const update = ['service', 'update', '-c', 'my_cluster', '-n', 'noop', ...words, '--plan-out', file]
    const { exitCode, stderr } = await ecsTask(update, aws().env)
    expect([exitCode, stderr.split('\n')[0], existsSync(file)]).toEqual([2, `✗ ${what}`, false])
    expect(stderr).not.toContain('•••')
  })

  test('of a file that runs itself is applied by ecs-task; with --json stdout has only the plan', async () => {
    const { run, folder: there } = project({
      'main.ts': definition([`export ${serviceClass('Main')}`], 'void new Main().main()'),
    })
    const saved = await run(['main.ts', 'deploy', 'v2', '--no-wait', '--json', '--plan-out', 'plan.json'], aws().env)
    expect(JSON.parse(saved.stdout), saved.stderr).toMatchObject({ title: 'Deploy v2 of Main' })
    expect(saved.stderr).toContain(`--digest ${digestOf(join(there, 'plan.json'))}`)
    const applied = await run([program, 'apply', 'plan.json', '--json'], aws().env)
    expect(applied.exitCode, applied.stderr).toBe(0)
    expect(JSON.parse(applied.stdout.trim().split('\n').at(-1)!)).toMatchObject({ type: 'run.finished', exitCode: 0 })
    expect(await runs('main')).toMatch(/:2$/)
  })
})
