import { builtins, runProgram } from '../../src/commands/program/program.ts'
import type { Context } from '../../src/commands/program/command.ts'
import { beforeAll, describe, expect, test } from 'vitest'
import { capturing, ecsTask, everyCommand, ofClasses, serviceOf } from './inProcess.ts'
import { serveAws } from './runningLocalAws.ts'

const secret = 'correct-horse-battery'
const container = {
  name: 'logging',
  image: 'my_image:v1',
  memory: 512,
  environment: [{ name: 'DB_PASSWORD', value: secret }],
  logConfiguration: {
    logDriver: 'awslogs',
    options: { 'awslogs-group': '/app', 'awslogs-region': 'us-east-1', 'awslogs-stream-prefix': 'ecs' },
  },
}
const logging = { cluster: 'my_cluster', service: 'logging' }

const aws = serveAws({ services: ['web'] })

beforeAll(async () => {
  const taskDefinition = { family: 'logging', containerDefinitions: [container] }
  const wanted = { services: [{ ...logging, taskDefinition }], logGroups: ['/app'] }
  await fetch(`${aws().url}/_local/provision`, { method: 'POST', body: JSON.stringify(wanted) })
  const { body } = await aws().call('ListTasks', { cluster: 'my_cluster', serviceName: 'logging' })
  const logStreamName = `ecs/logging/${body.taskArns[0].split('/').at(-1)}`
  const logEvents = [
    { timestamp: Date.now() - 2_000, message: `password ${secret} in a line` },
    { timestamp: Date.now() - 1_000, message: '{"level":"error"}' },
  ]
  for (const [operation, input] of [
    ['CreateLogStream', { logGroupName: '/app', logStreamName }],
    ['PutLogEvents', { logGroupName: '/app', logStreamName, logEvents }],
  ] as const) {
    const headers = { 'x-amz-target': `Logs_20140328.${operation}`, 'content-type': 'application/x-amz-json-1.1' }
    await fetch(aws().url, { method: 'POST', headers, body: JSON.stringify(input) })
  }
})

const at = ['--cluster', 'my_cluster', '--service', 'logging']

describe('logs', () => {
  test('are lines behind their tasks, without a secret of the task definition', async () => {
    const { exitCode, stdout } = await ecsTask(['logs', ...at], aws().env)
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^logging\/[0-9a-f]{8} logging │ password ••• in a line\n[^\n]* │ \{"level":"error"\}\n$/)
  })

  test('are the same from the file of a class', async () => {
    const { image: _, ...more } = container
    const { exitCode, stdout } = await ofClasses({ Logging: serviceOf('logging', more) })(['logs'], aws().env)
    expect([exitCode, stdout]).toEqual([0, (await ecsTask(['logs', ...at], aws().env)).stdout])
  })

  test('are an object a line with --json', async () => {
    const { stdout } = await ecsTask(['logs', ...at, '--json'], aws().env)
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines).toEqual([
      {
        of: 'my_cluster/logging',
        taskArn: expect.stringContaining(':task/my_cluster/'),
        container: 'logging',
        loggedAt: expect.stringMatching(/^\d{4}-.*Z$/),
        message: 'password ••• in a line',
      },
      expect.objectContaining({ message: '{"level":"error"}' }),
    ])
  })

  test.each([
    ['the text as it is, which is no pattern', '"level":"err', 1],
    ['nothing that only a pattern would find', 'l.vel', 0],
    ['no secret', secret, 0],
  ])('with --grep are those with %s', async (_, text, count) => {
    const { exitCode, stdout } = await ecsTask(['logs', ...at, '--grep', text], aws().env)
    expect([exitCode, stdout.split('\n').length - 1]).toEqual([0, count])
  })

  test('go back as far as there are any', async () => {
    const { exitCode, stdout, stderr } = await ecsTask(['logs', ...at, '--since', '99999999h'], aws().env)
    expect(exitCode, stderr).toBe(0)
    expect(stdout).toContain('{"level":"error"}')
  })

  test('that nobody can read are refused with 2', async () => {
    const { exitCode, stdout, stderr } = await ecsTask(['logs', '-c', 'my_cluster', '--service', 'web'], aws().env)
    expect([exitCode, stdout]).toEqual([2, ''])
    expect(stderr).toContain('container web has no logConfiguration, so its logs are not kept')
  })

  test.each([
    ['--follow', '--previous', 'It takes one of --follow and --previous.'],
    ['--since', '10', '--since 10 has no unit.'],
    ['--grep', '', '--grep is empty.'],
  ])('refuse %s %s', async (option, value, what) => {
    const { exitCode, stderr } = await ecsTask(['logs', ...at, option, value], aws().env)
    expect(exitCode).toBe(2)
    expect(stderr).toContain(what)
  })

  test.each([
    ['SIGINT', 0],
    ['SIGTERM', 143],
  ] as const)('that are followed end with %s with %i', async (signal, code) => {
    const { context, send } = following()
    const said = new Promise((resolve) => context.stdout.on('data', resolve))
    const ended = start(context, ['logs', ...at, '-f'])
    await said
    send(signal)
    expect(await ended).toBe(code)
    expect(context.said().stdout).toContain(' │ password ••• in a line\n')
  })

  test('that are followed end with 0 when nobody reads them any more', async () => {
    const { context } = following()
    context.stdout.once('data', () =>
      context.stdout.emit('error', Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })),
    )
    expect(await start(context, ['logs', ...at, '-f'])).toBe(0)
  })
})

/** A context that signals can be sent to. */
function following() {
  let send: (signal: 'SIGINT' | 'SIGTERM') => void = () => {}
  const captured = capturing({ program: 'ecs-task', declared: [], env: aws().env })
  const onSignal: Context['onSignal'] = (call) => {
    send = call
    return () => {}
  }
  return { context: { ...captured, onSignal }, send: (signal: 'SIGINT' | 'SIGTERM') => send(signal) }
}

function start(context: Context, words: readonly string[]): Promise<number> {
  const names = { binaryLabel: 'ecs-task', binaryName: 'ecs-task', binaryVersion: '1.2.3' }
  return runProgram([...everyCommand, ...builtins], words, context, names)
}

test('tasks shows no secret that somebody has stopped a task with', async () => {
  const { body } = await aws().call('RunTask', { cluster: 'my_cluster', taskDefinition: 'logging', count: 1 })
  const [{ taskArn }] = body.tasks
  await aws().call('StopTask', { cluster: 'my_cluster', task: taskArn, reason: `it leaks ${secret}` })
  for (const words of [
    ['tasks', '-c', 'my_cluster'],
    ['tasks', '-c', 'my_cluster', '--json'],
  ]) {
    const { exitCode, stdout } = await ecsTask(words, aws().env)
    expect(exitCode).toBe(0)
    expect(stdout).toContain('it leaks •••')
    expect(stdout).not.toContain(secret)
  }
})

test('deploy --logs and --no-wait exclude each other', async () => {
  const { exitCode, stderr } = await ofClasses({ Web: serviceOf('web') })(['deploy', 'v2', '--logs', '--no-wait'])
  expect(exitCode).toBe(2)
  expect(stderr).toContain('--logs and --no-wait exclude each other.')
})
