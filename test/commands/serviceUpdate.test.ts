import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { ecsTask } from './inProcess.ts'
import { serveAws } from './runningLocalAws.ts'
import { type Ended, endAll, lines, pointedAt, program, project } from './support.ts'

afterAll(endAll)

const names = 'short family keys json dry same refused refused-too file interrupted one'.split(' ')
const containers = (image: string): string => JSON.stringify([{ name: 'web', image, memory: 64 }])
const files = {
  '.aws/credentials': '[ci]\naws_access_key_id = test\naws_secret_access_key = test\n',
  'file.json': containers('my_image:v2'),
  'broken.json': '[{"name": "web",\n  "image": }]',
  'run.json': containers('my_image:exit-7'),
  'slow.json': containers('my_image:slow-30m'),
  'sidecar.json': JSON.stringify({
    family: 'sidecar',
    containerDefinitions: [
      { name: 'proxy', image: 'envoy:exit-9', memory: 64, essential: false },
      { name: 'web', image: 'my_image:exit-7', memory: 64 },
    ],
  }),
}

const aws = serveAws({ services: names, speed: 60 })
const { run, start, folder } = project(files)

/** In this process, with the files in that folder. */
const refused = (...words: string[]): Promise<Ended> =>
  ecsTask(
    words.map((word) => (word.endsWith('.json') ? join(folder, word) : word)),
    aws().env,
  )
const task = (...words: string[]) => run([program, ...words], aws().env)
const update = (name: string, ...words: string[]) => task('service', 'update', '-c', 'my_cluster', '-n', name, ...words)
const images = async (family: string): Promise<string[]> =>
  (await aws().world()).taskDefinitions[family]!.map((one) => one.taskDefinition.containerDefinitions[0]!.image!)
const runs = async (name: string): Promise<string | undefined> => pointedAt(await aws().world())[`my_cluster/${name}`]

describe.concurrent('ecs-task service update', () => {
  test('takes the short options of ecs-deploy.py, and they mean the same', async () => {
    const words = [
      '-i',
      'my_image',
      '-m',
      '50',
      '-M',
      '150',
      '-D',
      '3',
      '-t',
      '240',
      '-e',
      'TAG',
      '-r',
      'us-east-1',
      '-v',
    ]
    const ended = await run([program, 'service', 'update', '-c', 'my_cluster', '-n', 'short', ...words], {
      ...aws().env,
      TAG: 'v42',
    })
    expect(ended, ended.stderr).toMatchObject({ exitCode: 0, stdout: '' })
    expect(await images('short')).toEqual(['my_image:initial', 'my_image:v42'])
    expect((await aws().world()).services['my_cluster/short']!.service).toMatchObject({
      desiredCount: 3,
      deploymentConfiguration: { minimumHealthyPercent: 50, maximumPercent: 150 },
    })
    expect(ended.stderr).toContain('--timeout 240 means 240 seconds. Write 240s or 240m.')
    expect(ended.stderr).toContain(' ecs.registerTaskDefinition { ')
    expect(lines(ended.stderr).at(-1)).toBe('✓ Updated my_cluster/short to a new revision of short.')
  })

  test('-d names a family, whose services are found', async () => {
    const ended = await task('service', 'update', '-c', 'my_cluster', '-d', 'family', '-i', 'my_image:v2', '--no-wait')
    expect(ended, ended.stderr).toMatchObject({ exitCode: 0 })
    expect(await runs('family')).toBe('family:2')
  })

  test('-k and -s are accepted, with a warning that they are visible, and are never printed', async () => {
    const keys = ['-k', 'AKIAABCDEFGHIJKLMNOP', '-s', 'verysecretkeyverysecretkey']
    const { AWS_ACCESS_KEY_ID: _, AWS_SECRET_ACCESS_KEY: __, AWS_REGION: ___, ...env } = aws().env
    const words = [
      program,
      'service',
      'update',
      '-c',
      'my_cluster',
      '-n',
      'keys',
      '-i',
      'my_image:v2',
      '--no-wait',
      ...keys,
    ]
    // The region is in AWS_DEFAULT_REGION, as the document of ecs-deploy.py says.
    const ended = await run(words, env)
    expect(ended, ended.stderr).toMatchObject({ exitCode: 0 })
    expect(ended.stderr).toContain('Keys on the command line are visible to every process of this machine')
    expect(ended.stderr).not.toMatch(/AKIAABCD|verysecret/)
  })

  test('--json prints every event on the standard output, one per line', async () => {
    const ended = await update('json', '--image', 'json=my_image:v2', '--json', '--no-wait')
    expect(ended, ended.stderr).toMatchObject({ exitCode: 0 })
    const events = ended.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(events[0]).toMatchObject({ type: 'run.started', command: 'update' })
    expect(events.at(-1)).toMatchObject({ type: 'run.finished', outcome: 'succeeded', exitCode: 0 })
  })

  test('--dry-run prints the plan and writes nothing', async () => {
    const ended = await update('dry', '--image', 'dry=my_image:v2', '--make-room', '--dry-run')
    expect(ended, ended.stderr).toMatchObject({ exitCode: 0 })
    const steps = [...ended.stdout.matchAll(/^ {3}(\S.*)$/gm)].map(([, step]) => step)
    expect(steps).toEqual([
      'Register a new revision of dry',
      'Scale service dry to 1',
      'Update service dry in my_cluster',
      'Scale service dry to 2',
    ])
    expect([await runs('dry'), await images('dry')]).toEqual(['dry:1', ['my_image:initial']])
  })

  test('says when there are no changes, and ends 0', async () => {
    const ended = await update('same', '--image', 'my_image:initial', '--skip-unchanged')
    expect(ended.exitCode).toBe(0)
    expect(lines(ended.stderr).at(-1)).toBe('✓ my_cluster/same is already up to date; no changes.')
    expect(await images('same')).toEqual(['my_image:initial'])
  })

  test('takes a file with only containers, as the wercker step does', async () => {
    const ended = await update('file', '--task-definition-file', 'file.json', '--family', 'file', '--no-wait')
    expect(ended, ended.stderr).toMatchObject({ exitCode: 0 })
    expect([await runs('file'), await images('file')]).toEqual(['file:2', ['my_image:initial', 'my_image:v2']])
  })

  test('makes no room where fewer than two tasks run, as the wercker step says it does', async () => {
    expect((await update('one', '-D', '1', '--no-wait')).exitCode).toBe(0)
    const ended = await update('one', '--image', 'my_image:v2', '--make-room', '--dry-run')
    expect(ended, ended.stderr).toMatchObject({ exitCode: 0 })
    expect(ended.stdout).toContain('Update service one')
    expect(ended.stdout).not.toContain('Scale service one')
  })

  test('-p is used: the credentials are those of the profile', async () => {
    const { AWS_ACCESS_KEY_ID: _, AWS_SECRET_ACCESS_KEY: __, ...env } = aws().env
    const words = [program, 'service', 'update', '-c', 'my_cluster', '-n', 'refused', '-i', 'my_image:v2', '--dry-run']
    expect((await run([...words, '-p', 'ci'], env)).exitCode).toBe(0)
    const without = await run(words, env)
    expect([without.exitCode, without.stderr]).toEqual([2, expect.stringContaining('No AWS credentials found.')])
  })

  test.each([
    [['--image', 'refusd=my_image:v2'], 'did you mean refused?'],
    [['--env', 'web=LEVEL'], '--env web=LEVEL: must be CONTAINER=NAME=VALUE'],
    [['--task-definition', 'nothing'], 'There is no task definition nothing.'],
    [['--task-definition-file', 'broken.json', '--family', 'x'], 'Line 2, column 12'],
    [['--task-definition-file', 'absent.json'], 'absent.json cannot be read.'],
    [['--task-definition-file', 'file.json'], 'Name the family with --family.'],
    [
      ['--task-definition-file', 'file.json', '-d', 'web'],
      'It takes one of --task-definition and --task-definition-file.',
    ],
    [['--desired-count=-1'], '--desired-count -1 is not a whole number.'],
    [['--family', 'other'], '--family goes with --task-definition-file.'],
    [['--tag-env-var', 'TAG'], '--tag-env-var sets the tag of --image, which is missing.'],
    [['--image', 'my_image', '--tag-env-var', 'TAG'], 'The variable TAG holds no tag.'],
    [['--aws-access-key', 'A'], 'Only one of the two AWS keys is given.'],
    [['--until', 'later'], '--until later is not a stage of a rollout.'],
    [['--until', 'draining'], '--until draining needs a load balancer'],
    [['--cluster', 'nowhere'], 'There is no cluster nowhere.'],
  ])('ends 2 and writes nothing: %j', async (words, told) => {
    const ended = await refused('service', 'update', '-c', 'my_cluster', '-n', 'refused', ...words)
    expect(ended).toMatchObject({ exitCode: 2, stdout: '' })
    expect(ended.stderr).toContain(told)
    expect([await runs('refused'), await images('refused')]).toEqual(['refused:1', ['my_image:initial']])
  })
})

describe.concurrent('ecs-task run', () => {
  test('ends with the exit code of the essential container, and deregisters the revision made for it', async () => {
    const ended = await task('run', '-c', 'my_cluster', '--task-definition-file', 'run.json', '--family', 'once')
    expect(ended.exitCode, ended.stderr).toBe(7)
    const { taskDefinitions } = await aws().world()
    expect(taskDefinitions['once']!.map((one) => one.taskDefinition.status)).toEqual(['INACTIVE'])
  })

  test('ignores the exit code of a sidecar', async () => {
    const ended = await task('run', '-c', 'my_cluster', '--task-definition-file', 'sidecar.json')
    expect(ended.exitCode, ended.stderr).toBe(7)
  })

  test('runs a command in an existing revision, and ends 0', async () => {
    const command = ['--command', '["./manage.py", "migrate"]', '--container', 'refused-too']
    const ended = await task('run', '-c', 'my_cluster', '--task-definition', 'refused-too', ...command)
    expect(ended, ended.stderr).toMatchObject({ exitCode: 0, stdout: '' })
    expect(ended.stderr).toContain('Run `./manage.py migrate` of refused-too in my_cluster')
  })

  test('Ctrl-C stops the task, and ends 130', async () => {
    const words = ['run', '-c', 'my_cluster', '--task-definition-file', 'slow.json', '--family', 'slow']
    const { said, kill, ended } = start([program, ...words], aws().env)
    await said('PENDING')
    kill('SIGINT')
    expect((await ended).exitCode).toBe(130)
    const ours = Object.values((await aws().world()).tasks).filter(({ task: one }) => one.group === 'family:slow')
    expect(ours.map(({ task: one }) => one.lastStatus)).toEqual(['STOPPED'])
  })

  test.each([
    [[], 'It takes one of --task-definition and --task-definition-file.'],
    [['--task-definition', 'refused-too', '--family', 'other'], '--family goes with --task-definition-file.'],
    [['--task-definition', 'refused-too', '--container', 'refused-too'], '--container goes with --command.'],
    [['--task-definition', 'refused-too', '--container', 'other', '--command', 'ls'], 'There is no container other.'],
    [['--task-definition', 'nothing'], 'There is no task definition nothing.'],
    [['--task-definition', 'refused-too', '--command', '["ls"'], '--command is not a JSON list.'],
    [
      ['--task-definition', 'refused-too', '--network', '{"subnets"'],
      '--network is neither JSON nor a list of subnets.',
    ],
  ])('ends 2 and runs nothing: %j', async (words, told) => {
    const ended = await refused('run', '-c', 'my_cluster', ...words)
    expect(ended).toMatchObject({ exitCode: 2, stdout: '' })
    expect(ended.stderr).toContain(told)
  })
})

test.each([['service', 'update'], ['run']])('help of %s fits into 80 columns', async (...words) => {
  const { exitCode, stdout, stderr } = await ecsTask([...words, '--help'])
  expect([exitCode, stderr]).toEqual([0, ''])
  const shown = stdout.split('\n').map((line) => line.trimEnd())
  expect(shown.filter((line) => line.length > 80)).toEqual([])
  expect(stdout).toContain('--task-definition-file')
  expect(stdout).not.toContain('--aws-secret-key')
})
