// Where calls go is the first that a command says, whatever it is asked for.
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { devNull } from 'node:os'
import { fileURLToPath } from 'node:url'
import { PassThrough } from 'node:stream'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { askBeforeRun } from '../../src/commands/program/confirm.ts'
import { createLocalAws } from '../../src/local/localAws.ts'
import { localFixtures } from '../../src/commands/program/localFixtures.ts'
import { read } from '../../src/definition/read.ts'
import { executeDefinitionCommand } from '../../src/deploy/definitionCommand.ts'
import { capturing, ecsTask, ofClasses, serviceOf } from './inProcess.ts'

const { definition } = read(serviceOf('web'), 'Web')
const aws = createLocalAws({ now: Date.now })
/** How STS answers: as the local AWS does, not at all, or with a refusal. */
let sts: 'answers' | 'hangs' | 'denies' = 'answers'

const server = createServer((request, response) => void answer(request, response))

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const body = Buffer.concat(chunks).toString()
  if (body.includes('GetCallerIdentity') && sts !== 'answers') {
    if (sts === 'denies')
      response.writeHead(403).end('<ErrorResponse><Error><Code>AccessDenied</Code></Error></ErrorResponse>')
    return
  }
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
  const { status, ...answered } = aws.handle({ method: 'POST', path: '/', headers, body })
  response.writeHead(status, answered.headers).end(answered.body)
}

let host: string
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  aws.provision(localFixtures([definition]))
})
beforeEach(() => {
  for (const name of Object.keys(process.env).filter((one) => one.startsWith('AWS_'))) vi.stubEnv(name, undefined)
  const env = {
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: 'us-east-1',
    AWS_ENDPOINT_URL: `http://anna:hidden@${host}`,
  }
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
})
afterEach(() => {
  vi.unstubAllEnvs()
  sts = 'answers'
})
afterAll(() => {
  server.close()
  server.closeAllConnections()
})

/** A profile with keys of its own. */
const credentials = fileURLToPath(new URL('credentials.ini', import.meta.url))
const web = ofClasses({ Web: serviceOf('web') })
const account = 'account 123456789012'
const firstLine = (text: string): string => text.split('\n')[0]!.replace(/^\d\d:\d\d:\d\dZ /, '')

describe('the first line', () => {
  test.each([
    ['deploy', ['deploy', 'v1', '--dry-run'], 'Planning to deploy v1: Web'],
    ['wait', ['wait'], 'Waiting for: Web'],
    ['rollback', ['rollback'], 'Rolling back: Web'],
    ['continue', ['continue'], 'Continuing: Web'],
  ])('of %s names the endpoint and the region, without a password', async (_title, words, doing) => {
    const { stderr } = await web(words)
    expect(firstLine(stderr)).toBe(`${doing} (local AWS at ${host}, us-east-1)`)
    expect(stderr).not.toContain('hidden')
  })

  test.each([
    ['status', () => web(['status'])],
    ['status in JSON', () => web(['status', '--json'])],
    ['cluster describe', () => ecsTask(['cluster', 'describe', 'my_cluster'])],
  ])('of %s is on the standard error, with the account', async (_title, command) => {
    const { stdout, stderr } = await command()
    expect(firstLine(stderr)).toBe(`Using local AWS at ${host}, ${account}, us-east-1`)
    expect(stdout).not.toContain('Using')
  })

  test('of a service that is not there is that of its update', async () => {
    const { stderr } = await ecsTask(['service', 'update', '-c', 'my_cluster', '-n', 'none', '--force'])
    expect(firstLine(stderr)).toContain(`Updating: my_cluster/none (local AWS at ${host}, us-east-1)`)
    expect(stderr).toContain(account)
  })

  test('is not there for what asks nothing of AWS', async () => {
    expect((await web(['debug'])).stderr).toBe('')
    const { stderr } = await ecsTask(['service', 'update', '-c', 'my_cluster', '-n', 'web', '--image', ''])
    expect(stderr).not.toContain('Using')
  })

  test('names the profile and the region in JSON, too, and the account follows', async () => {
    vi.stubEnv('AWS_PROFILE', 'shop')
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', credentials)
    vi.stubEnv('AWS_ACCESS_KEY_ID', undefined)
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', undefined)
    vi.stubEnv('AWS_CONFIG_FILE', new URL('profile.ini', import.meta.url).pathname)
    const { stdout } = await web(['wait', '--json'])
    const events = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(events[0]).toMatchObject({
      type: 'run.started',
      region: 'us-east-1',
      profile: 'shop',
      endpoint: `http://${host}`,
      local: false,
    })
    expect(events.filter(({ type }) => type === 'account.identified')).toMatchObject([{ account: '123456789012' }])
  })
})

describe('the account', () => {
  test.each(['hangs', 'denies'] as const)('is told and nothing is held up where STS %s', async (how) => {
    sts = how
    const { exitCode, stderr } = await web(['wait'])
    expect(exitCode).toBe(0)
    expect(stderr).toContain(`Using ${account}\n`)
    expect((await web(['status'])).stderr).toContain(account)
  })

  test('is left out where nobody says it, and nothing is told after the end', async () => {
    sts = 'hangs'
    const { exitCode, stderr } = await ecsTask(['service', 'update', '-c', 'none', '-n', 'web', '--force'])
    expect([exitCode, firstLine(stderr)]).toEqual([
      2,
      expect.stringMatching(new RegExp(`Updating: none/web \\(local AWS at ${host}, us-east-1\\)$`)),
    ])
    const { stdout } = await web(['deploy', 'not/a/tag', '--json'])
    expect(JSON.parse(stdout.trim().split('\n').at(-1)!)).toMatchObject({ type: 'run.finished' })
  })

  test('stands above the plan that somebody is asked to agree to', async () => {
    const stdin = Object.assign(new PassThrough(), { isTTY: true })
    const context = { ...capturing({ program: 'ecs-task', declared: [], env: {} }), stdin }
    const { signal } = new AbortController()
    stdin.write('no\n')
    const deploy = { command: 'deploy', tag: 'v1', wait: false, skipUnchanged: false } as const
    const { problem } = await executeDefinitionCommand(deploy, [definition], askBeforeRun(context, [], signal))
    expect(problem?.what).toBe('It was not confirmed.')
    expect(firstLine(context.said().stderr)).toBe(`Using local AWS at ${host}, ${account}, us-east-1`)
  })
})

describe('a warning of where calls go', () => {
  beforeEach(() => {
    // The same server by another name: nothing may be asked of the network.
    vi.stubEnv('AWS_ENDPOINT_URL', `http://${host.replace('127.0.0.1', 'localhost')}`)
    vi.stubEnv('AWS_ENDPOINT_URL_ECS', `http://${host}`)
  })

  test('is raised by a run', async () => {
    const { stderr } = await web(['wait', '--json'])
    expect(stderr).toMatch(/! Calls go to more than one AWS: ECS to 127\.0\.0\.1:\d+; ECR, .* to localhost:\d+\./)
  })

  test('stands above the question', async () => {
    const stdin = Object.assign(new PassThrough(), { isTTY: true })
    const context = { ...capturing({ program: 'ecs-task', declared: [], env: {} }), stdin }
    const { signal } = new AbortController()
    stdin.write('no\n')
    const deploy = { command: 'deploy', tag: 'v1', wait: false, skipUnchanged: false } as const
    await executeDefinitionCommand(deploy, [definition], askBeforeRun(context, [], signal))
    const [before = ''] = context.said().stderr.split('[y/N]')
    expect(before).toContain('! Calls go to more than one AWS: ECS to ')
  })

  test('stands below the first line of what only reads', async () => {
    const { stderr } = await ecsTask(['cluster', 'describe', 'none'])
    expect(stderr.split('\n')[1]).toMatch(/^! Calls go to more than one AWS: ECS to /)
  })
})
