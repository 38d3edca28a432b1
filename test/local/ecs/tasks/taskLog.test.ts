import { describe, expect, it } from 'vitest'
import type { Wire } from '../../../../src/local/world/operation.ts'
import { command, container, liveTask, type LiveTask, service, start } from './liveTask.ts'

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
function logOf(tag: string, of: Wire = {}, more: Wire = {}): Record<string, string[]> {
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
