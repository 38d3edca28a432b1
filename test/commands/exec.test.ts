import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ecsTask, ofClasses, serviceOf } from './inProcess.ts'
import { serveAws } from './runningLocalAws.ts'
import { endAll, program, project } from './support.ts'

afterAll(endAll)

const aws = serveAws({ services: ['web'], speed: 1_000 })

const folder = mkdtempSync(join(tmpdir(), 'ecs-task-exec-'))
const recorded = join(folder, 'arguments.json')

/** A plugin that writes its arguments down and ends with 7. */
const plugin = `#!${process.execPath}
require('node:fs').writeFileSync(${JSON.stringify(recorded)}, JSON.stringify(process.argv.slice(2)))
process.exit(7)
`

const taskRoleArn = 'arn:aws:iam::123456789012:role/app'
const container = { image: 'my_image:v1', memory: 64 }
const two = [
  { ...container, name: 'app' },
  { ...container, name: 'sidecar', essential: false },
]

beforeAll(async () => {
  writeFileSync(join(folder, 'session-manager-plugin'), plugin)
  chmodSync(join(folder, 'session-manager-plugin'), 0o755)
  for (const [family, containerDefinitions] of [
    ['open', two],
    ['equal', two.map((one) => ({ ...one, essential: true }))],
  ] as const) {
    await aws().call('RegisterTaskDefinition', { family, taskRoleArn, containerDefinitions })
    const service = { cluster: 'my_cluster', serviceName: family, taskDefinition: family, desiredCount: 2 }
    await aws().call('CreateService', { ...service, enableExecuteCommand: true })
  }
  for (;;) {
    const { tasks } = await aws().world()
    if (Object.values(tasks).every(({ task }) => task.lastStatus === 'RUNNING') && Object.keys(tasks).length === 6)
      break
  }
})

const withPlugin = () => ({ ...aws().env, PATH: [folder, dirname(process.execPath)].join(delimiter) })
const at = (service: string): string[] => ['exec', '--cluster', 'my_cluster', '--service', service]
const started = (): string[] => JSON.parse(readFileSync(recorded, 'utf8')) as string[]

async function tasksOf(service: string) {
  const { tasks } = await aws().world()
  return Object.values(tasks).flatMap(({ task }) => (task.group === `service:${service}` ? task : []))
}

describe('exec', () => {
  test('starts the plugin as the AWS CLI does, and ends with its exit code', async () => {
    const words = [...at('open'), '--', 'sh', '-c', "echo 'it is' --help"]
    const { exitCode, stdout, stderr } = await ecsTask(words, withPlugin())
    expect([exitCode, stdout]).toEqual([7, ''])
    const [session = '', region, operation, profile, request = '', endpoint] = started()
    expect(JSON.parse(session)).toEqual({
      sessionId: expect.stringMatching(/^ecs-execute-command-/),
      streamUrl: expect.stringMatching(/^wss:/),
      tokenValue: expect.any(String),
    })
    expect([region, operation, profile, endpoint]).toEqual(['us-east-1', 'StartSession', '', aws().url])
    const targets = (await tasksOf('open')).map(({ taskArn, containers }) => {
      const { runtimeId } = containers.find(({ name }) => name === 'app')!
      return `ecs:my_cluster_${taskArn.split('/').at(-1)}_${runtimeId}`
    })
    expect(targets).toContain(JSON.parse(request).Target)
    expect(stderr).toContain('Connecting to app in my_cluster/open/')
  })

  test('shows no secret of the command with --verbose', async () => {
    const typed = ['sh', '-c', 'PGPASSWORD=battery-staple psql --token=correct-horse']
    const { exitCode, stdout, stderr } = await ecsTask([...at('open'), '--verbose', '--', ...typed], withPlugin())
    expect(exitCode).toBe(7)
    expect(stderr).toContain('ecs.executeCommand {')
    expect(stdout + stderr).not.toMatch(/battery|staple|correct|horse/)
  })

  test('takes the task and the container that are named, and the profile', async () => {
    const [, task] = await tasksOf('equal')
    const id = task!.taskArn.split('/').at(-1)!
    const words = [...at('equal'), '--task', id.slice(0, 8), '--container', 'sidecar', '--', 'ls']
    const { stderr } = await ecsTask(words, { ...withPlugin(), AWS_PROFILE: 'admin' })
    expect(stderr).toContain(`Connecting to sidecar in my_cluster/equal/${id.slice(0, 8)}`)
    expect(started()[3]).toBe('admin')
    expect(started()[4]).toContain(id)
  })

  test('is there for a class, too', async () => {
    const open = ofClasses({ Open: serviceOf('open') })
    const { exitCode } = await open(['exec', '--container', 'sidecar', '--', 'ls'], withPlugin())
    expect(exitCode).toBe(7)
  })

  test.each([
    ['without a command', at('open'), 'No command given.', '-- /bin/sh'],
    ['without a command behind the dashes', [...at('open'), '--'], 'No command given.', '-- /bin/sh'],
    ['with a command that has no dashes before it', [...at('open'), 'ls'], 'No command given.', '-- /bin/sh'],
    ['without a class and a cluster', ['exec', '--', 'ls'], 'No file and no cluster given.', '--cluster NAME'],
    ['where ECS Exec is off', [...at('web'), '--', 'ls'], 'ECS Exec is off for task', '--force-new-deployment'],
    ['where several containers are essential', [...at('equal'), '--', 'ls'], 'several containers', 'app, sidecar'],
    ['for an unknown container', [...at('open'), '--container', 'x', '--', 'ls'], 'no container x', 'app, sidecar'],
    ['for an unknown task', [...at('open'), '--task', 'nope', '--', 'ls'], 'No task nope runs.', 'Pass one of: '],
    ['with --json', [...at('open'), '--json', '--', 'ls'], 'no JSON', ''],
  ])('is refused with 2 %s', async (_, words, what, hint) => {
    const { exitCode, stdout, stderr } = await ecsTask(words, withPlugin())
    expect([exitCode, stdout]).toEqual([2, ''])
    expect(stderr).toContain(what)
    expect(stderr).toContain(hint)
  })

  test('is refused with 2 where the plugin is missing, before a session is opened', async () => {
    const { exitCode, stderr } = await ecsTask([...at('open'), '--', 'ls'], { ...aws().env, PATH: '/nowhere' })
    expect(exitCode).toBe(2)
    expect(stderr).toContain('session-manager-plugin is not installed.')
    expect(stderr).toContain('https://docs.aws.amazon.com/systems-manager/')
  })

  test.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('ends the plugin when the program is told to end by %s', async (signal, code) => {
    const there = mkdtempSync(join(tmpdir(), 'ecs-task-exec-'))
    const file = join(there, 'session-manager-plugin')
    writeFileSync(file, `#!${process.execPath}\nprocess.stdout.write('ready')\nsetInterval(() => {}, 1_000)\n`)
    chmodSync(file, 0o755)
    const { said, ended, kill } = project({}).start([program, ...at('open'), '--', 'sh'], { ...aws().env, PATH: there })
    await said('ready')
    kill(signal)
    expect((await ended).exitCode).toBe(code)
  })

  test('keeps files that stand first apart from the command', async () => {
    const { stderr } = await ecsTask(['nope.ts', 'exec', '--', 'ls', 'x.ts'], withPlugin())
    expect(stderr).toContain('nope.ts: does not exist')
    expect(stderr).not.toContain('x.ts: ')
  })
})
