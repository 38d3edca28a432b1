import { describe, expect, it } from 'vitest'
import { sourcesOf } from '../../../src/deploy/look/logSources.ts'
import { type LogLine, type LogSource, logReader } from '../../../src/deploy/look/logReader.ts'
import { type LogsWanted, readLogs } from '../../../src/deploy/look/readLogs.ts'
import type { Asked } from '../../../src/deploy/look/selection.ts'
import { looking, service } from './support.ts'

const inGroup = (group: string) => ({
  logConfiguration: {
    logDriver: 'awslogs' as const,
    options: { 'awslogs-group': group, 'awslogs-region': 'us-east-1', 'awslogs-stream-prefix': 'ecs' },
  },
})
const firelens = {
  name: 'router',
  image: 'router:1',
  memory: 64,
  logConfiguration: { logDriver: 'awsfirelens' as const },
}

async function settled(...declared: Parameters<typeof looking>) {
  const made = looking(...declared)
  await made.pass(600)
  return made
}

type Made = Awaited<ReturnType<typeof settled>>

/** What `logs` without -f tells. */
async function logs({ look, clock }: Made, asked: Asked, wanted: Partial<LogsWanted> = {}) {
  const lines: LogLine[] = []
  const notes: string[] = []
  await readLogs(
    { aws: look, clock },
    asked,
    { follow: false, since: 600_000, container: undefined, previous: false, ...wanted },
    { line: async (line) => void lines.push(line), note: (note) => void notes.push(note), learned: () => {} },
  )
  return { lines, messages: lines.map(({ source, message }) => `${source.of} ${message}`), notes }
}

/** Puts a line into the stream of a task of a service. */
function put({ tasks, call }: Made, of: string, at: number, message: string, group = '/app', index = 0): void {
  const task = tasks().filter((one) => one['group'] === `service:${of}`)[index]!
  const logStreamName = `ecs/${of}/${task['taskArn'].split('/').at(-1)}`
  call('logs', 'PutLogEvents', { logGroupName: group, logStreamName, logEvents: [{ timestamp: at, message }] })
}

const all: Asked = { cluster: 'my_cluster', services: [] }

describe('logs', () => {
  it('are of all tasks and groups, in the order of time, and no older than asked for', async () => {
    const made = await settled([service('web'), service('api', inGroup('/api'))])
    const now = made.clock.now()
    put(made, 'api', now - 2_000, 'second', '/api')
    put(made, 'web', now - 3_000, 'first')
    put(made, 'web', now - 1_000, 'third', '/app', 1)
    put(made, 'web', now - 700_000, 'old')
    expect((await logs(made, all)).messages).toEqual([
      'my_cluster/web first',
      'my_cluster/api second',
      'my_cluster/web third',
    ])
    expect((await logs(made, { cluster: 'my_cluster', services: ['api'] })).messages).toEqual(['my_cluster/api second'])
    expect((await logs(made, { definitions: [made.definitions[1]!] })).messages).toEqual(['my_cluster/api second'])
    expect((await logs(made, all, { since: 1_500 })).messages).toEqual(['my_cluster/web third'])
    expect(await logs(made, all, { since: 500 })).toEqual({
      lines: [],
      messages: [],
      notes: ['They logged nothing in that time. Go further back with --since 1h.'],
    })
  })

  it('of tasks that have stopped are shown instead of the others with --previous', async () => {
    const made = await settled([service('web')])
    put(made, 'web', made.clock.now(), 'of the one that stops')
    put(made, 'web', made.clock.now(), 'of the one that stays', '/app', 1)
    made.call('ecs', 'StopTask', { cluster: 'my_cluster', task: made.tasks()[0]!['taskArn'] })
    await made.pass(120)
    expect((await logs(made, all)).messages).toContain('my_cluster/web of the one that stays')
    expect((await logs(made, all, { previous: true })).messages).toEqual(['my_cluster/web of the one that stops'])
  })

  it('of other log drivers are said to be out of reach, and refused where there are no others', async () => {
    const mixed = service('web')
    mixed.taskDefinition.containerDefinitions.push(firelens)
    const made = await settled([mixed])
    put(made, 'web', made.clock.now(), 'here')
    const { messages, notes } = await logs(made, all)
    expect(messages).toEqual(['my_cluster/web here'])
    expect(notes).toEqual(['Container router logs with awsfirelens, which ecs-task cannot read.'])
    await expect(logs(made, all, { container: 'router' })).rejects.toMatchObject({
      code: 'NotFound',
      message: 'No log can be read.',
      problems: ['container router logs with awsfirelens, which ecs-task cannot read'],
    })
  })

  it('of a container that no task has are refused with those that there are', async () => {
    const made = await settled([service('web')])
    await expect(logs(made, all, { container: 'wbe' })).rejects.toMatchObject({
      code: 'BadArguments',
      message: 'No task has a container wbe.',
      fix: 'Pass one of: web.',
    })
  })

  it('of no task at all are none, and it is said where there may be some', async () => {
    const made = looking([service('web')])
    for (const task of made.tasks()) made.call('ecs', 'StopTask', { cluster: 'my_cluster', task: task['taskArn'] })
    made.call('ecs', 'UpdateService', { cluster: 'my_cluster', service: 'web', desiredCount: 0 })
    await made.pass(4_000)
    const { messages, notes } = await logs(made, all)
    expect([messages, notes]).toEqual([[], ['No task runs. See those that have stopped with --previous.']])
    expect((await logs(made, all, { previous: true })).notes).toEqual(['No task has stopped within the last hour.'])
  })

  it('are read where some streams are not there, and where the whole group is not', async () => {
    const { look, call, clock } = await settled([service('web')])
    const source = (logStreamName: string, logGroupName = '/many'): LogSource => ({
      of: 'a/b',
      taskArn: 'arn',
      container: 'c',
      logGroupName,
      logStreamName,
    })
    call('logs', 'CreateLogGroup', { logGroupName: '/many' })
    // AWS takes a hundred at once.
    const names = Array.from({ length: 130 }, (_, index) => `s${index}`)
    for (const logStreamName of names) {
      if (logStreamName === 's7' || logStreamName === 's123') continue
      call('logs', 'CreateLogStream', { logGroupName: '/many', logStreamName })
      const logEvents = [{ timestamp: clock.now(), message: logStreamName }]
      call('logs', 'PutLogEvents', { logGroupName: '/many', logStreamName, logEvents })
    }
    const read = logReader(look, clock.now() - 1_000)
    const sources = [...names.map((name) => source(name)), source('x', '/none')]
    const messages = async () => {
      const found: string[] = []
      for await (const { message } of read(sources, clock.now())) found.push(message)
      return found
    }
    expect((await messages()).length).toBe(128)
    expect(await messages()).toEqual([])
    call('logs', 'CreateLogStream', { logGroupName: '/many', logStreamName: 's7' })
    const logEvents = [{ timestamp: Math.floor(clock.now()) - 900, message: 'late' }]
    call('logs', 'PutLogEvents', { logGroupName: '/many', logStreamName: 's7', logEvents })
    expect(await messages()).toEqual(['late'])
  })
})

it('a task that starts and stops between two looks is found by the second', async () => {
  const { look, clock, call, pass } = await settled([service('web')])
  const selections = [{ cluster: 'my_cluster' }]
  const of = { selections, previous: false, container: undefined, learned: () => {} }
  const sources = sourcesOf(look, of)
  expect((await sources(clock.now())).sources.length).toBe(2)
  const { tasks } = call('ecs', 'RunTask', { cluster: 'my_cluster', taskDefinition: 'web:1' })
  await pass(30)
  call('ecs', 'StopTask', { cluster: 'my_cluster', task: tasks[0].taskArn })
  await pass(60)
  const found = async () => (await sources(clock.now())).sources.filter(({ taskArn }) => taskArn === tasks[0].taskArn)
  expect((await found()).map((one) => one.of)).toEqual(['my_cluster: web'])
  await pass(61)
  expect(await found()).toEqual([])
  // One that had stopped before anybody looked is none of those that are followed.
  expect((await sourcesOf(look, of)(clock.now())).sources.length).toBe(2)
})
