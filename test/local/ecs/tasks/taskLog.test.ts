import { describe, expect, it } from 'vitest'
import type { Unchecked } from '../../../../src/local/world/operation.ts'
import { awsvpc, command, container, liveTask, type LiveTask, service, sidecar, start } from './liveTask.ts'

const logConfiguration = {
  logDriver: 'awslogs',
  options: { 'awslogs-group': '/app', 'awslogs-stream-prefix': 'ecs' },
}

/** What is in the log group, by stream. */
const lines = (live: LiveTask): Record<string, string[]> =>
  Object.fromEntries(
    Object.entries(live.region.logs['/app'] ?? {}).map(([stream, events]) => [
      stream.replace(live.task.taskArn.split('/').at(-1), 'TASK'),
      events.map(({ message }) => message),
    ]),
  )

/** What a container of that image tag has written within a minute. */
function logOf(tag: string, of: Unchecked = {}, more: Unchecked = {}): Record<string, string[]> {
  const live = liveTask([container(tag, { logConfiguration, ...more })], of)
  live.until(60_000)
  return lines(live)
}

describe('what a task writes to its log', () => {
  it('goes to the stream prefix/container/task, at its own time', () => {
    const live = liveTask([container('v1', { logConfiguration, command: ['serve', '--port', '80'] })])
    live.until(4999)
    expect(lines(live)).toEqual({})
    live.until(60_000)
    expect(lines(live)).toEqual({ 'ecs/web/TASK': ['app:v1 started: serve --port 80', 'done, exit code 0'] })
    const events = Object.values(live.region.logs['/app']!).flat()
    expect(events.map(({ timestamp }) => timestamp - start)).toEqual([5000, 10_000])
  })

  it('names the command that ran: that of the override before that of the definition', () => {
    const overridden = logOf('v1', { overrides: command('migrate', 'all') }, { command: ['serve'] })
    expect(overridden['ecs/web/TASK']![0]).toBe('app:v1 started: migrate all')
    expect(logOf('v1')['ecs/web/TASK']![0]).toBe("app:v1 started: the image's own command")
  })

  it('says why it ended', () => {
    expect(logOf('crash')['ecs/web/TASK']!.slice(1)).toEqual(['Error: the image tag says crash', 'exiting with code 1'])
    expect(logOf('exit-3')['ecs/web/TASK']!.slice(1)).toEqual(['exiting with code 3'])
    expect(logOf('exit-0')['ecs/web/TASK']!.slice(1)).toEqual(['done, exit code 0'])
    expect(logOf('no-pull')).toEqual({})
  })

  it('never holds the value of an environment variable', () => {
    const environment = [{ name: 'PASSWORD', value: 'hunter2' }]
    const overrides = { containerOverrides: [{ name: 'web', environment }] }
    expect(JSON.stringify(logOf('crash', { overrides }, { environment }))).not.toContain('hunter2')
  })

  it('goes to a stream named after the container’s runtime id without a prefix', () => {
    const options = { 'awslogs-group': '/app' }
    const live = liveTask([container('v1', { logConfiguration: { logDriver: 'awslogs', options } })], service)
    live.until(5000)
    expect(Object.keys(live.region.logs['/app']!)).toEqual([live.container().runtimeId])
  })

  it('is not kept for containers with another log driver, whatever they are called', () => {
    expect(
      logOf('v1', {}, { logConfiguration: { logDriver: 'json-file', options: { 'awslogs-group': '/app' } } }),
    ).toEqual({})
    expect(logOf('v1', {}, { logConfiguration: undefined, name: 'constructor' })).toEqual({})
  })
})

describe('a container whose log group does not exist', () => {
  const missing = {
    logConfiguration: {
      logDriver: 'awslogs',
      options: { 'awslogs-group': '/nowhere', 'awslogs-stream-prefix': 'ecs' },
    },
  }
  const because =
    'failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist.'

  it('never starts on an instance, and its task fails to start', () => {
    const live = liveTask([sidecar('v1'), container('v1', missing)], service)
    live.until(60_000)
    const reason = `CannotStartContainerError: Error response from daemon: failed to initialize logging driver: ${because}`
    expect(live.task).toMatchObject({ lastStatus: 'STOPPED', stopCode: 'TaskFailedToStart', stoppedReason: reason })
    expect(live.container('web')).toMatchObject({ lastStatus: 'STOPPED', reason })
    for (const member of ['exitCode', 'runtimeId']) expect(live.container('web')).not.toHaveProperty(member)
    expect(live.task).not.toHaveProperty('startedAt')
    expect(Object.keys(live.region.logs)).toEqual(['/app'])
  })

  it('does no harm on an instance where it is not essential', () => {
    const live = liveTask([container('v1'), sidecar('v1', { ...missing, essential: false })], service)
    live.until(60_000)
    expect(live.task).toMatchObject({ lastStatus: 'RUNNING' })
    expect(live.container('log')).toMatchObject({ lastStatus: 'STOPPED', reason: expect.stringContaining(because) })
  })

  it('keeps every container of a task on Fargate from starting', () => {
    const containers = [container('v1', { logConfiguration }), sidecar('v1', { ...missing, essential: false })]
    const live = liveTask(containers, { ...service, launchType: 'FARGATE' }, awsvpc)
    live.until(60_000)
    const stoppedReason =
      'ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: ' +
      `${because} : exit status 1`
    expect(live.task).toMatchObject({ lastStatus: 'STOPPED', stopCode: 'TaskFailedToStart', stoppedReason })
    for (const each of live.task.containers) expect(each).not.toHaveProperty('runtimeId')
    expect(lines(live)).toEqual({})
  })

  it.each([['EC2'], ['FARGATE']] as const)('starts with awslogs-create-group, which makes it (%s)', (launchType) => {
    const options = { ...missing.logConfiguration.options, 'awslogs-create-group': 'true' }
    const live = liveTask([container('v1', { logConfiguration: { logDriver: 'awslogs', options } })], { launchType })
    live.until(60_000)
    expect(live.task).toMatchObject({ stopCode: 'EssentialContainerExited' })
    expect(Object.values(live.region.logs['/nowhere']!).flat()).toHaveLength(2)
  })
})
