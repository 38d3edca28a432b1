import { describe, expect, it } from 'vitest'
import { plain } from '../../src/output/listeners/plain.ts'
import { service } from './look/support.ts'
import { type Meddle, ofType, stage } from './support.ts'

const staged = (meddle?: Meddle) => stage(service('web'), { ...(meddle && { meddle }) })

const lines = (events: Parameters<typeof ofType>[0]): string[] =>
  ofType(events, 'log.received').map((event) => `${event.service} ${event.message}`)

describe('deploy --logs', () => {
  it('tells what each new task logs while the rollout goes on, and nothing of those before', async () => {
    const { deploy } = staged()
    const { outcome, events } = await deploy('v2', { logs: true })
    expect(outcome).toBe('succeeded')
    expect(lines(events)).toEqual(Array(2).fill("my_cluster/web my_image:v2 started: the image's own command"))
    const end = events.findIndex(
      ({ type, ...event }) => type === 'step.finished' && 'kind' in event && event.kind === 'updateService',
    )
    expect(events.findLastIndex(({ type }) => type === 'log.received')).toBeLessThan(end)
  })

  it('tells the last words of tasks that crash, and nothing of those that run again', async () => {
    const { deploy } = staged()
    const { outcome, events } = await deploy('exit-1', { logs: true })
    expect(outcome).toBe('restored')
    expect(lines(events)).toContain('my_cluster/web exiting with code 1')
    expect(lines(events).some((line) => line.includes(':initial'))).toBe(false)
  })

  it('shows the service, the task and the container in front of each line', async () => {
    const shown: string[] = []
    const listener = plain((line) => shown.push(line), { color: false })
    const { events } = await staged().deploy('v2', { logs: true, hear: (event) => listener.hear(event) })
    const [{ taskArn } = { taskArn: '' }] = ofType(events, 'log.received')
    const task = taskArn.split('/').at(-1)?.slice(0, 8)
    expect(shown.join('\n')).toContain(` my_cluster/web/${task} web | my_image:v2 started`)
  })

  it('is asked for', async () => {
    const { events, requests } = await staged().deploy('v2')
    expect(lines(events)).toEqual([])
    expect(requests.filter(({ operation }) => operation === 'GetLogEvents')).toEqual([])
  })

  it.each([
    ['ListTasks', 'ecs:ListTasks'],
    ['GetLogEvents', 'logs:GetLogEvents'],
  ])('without %s succeeds all the same, and warns once', async (operation, permission) => {
    const { deploy } = staged((sent) =>
      sent.operation === operation
        ? { status: 400, body: { __type: 'AccessDeniedException', message: 'no' } }
        : undefined,
    )
    const { outcome, events } = await deploy('v2', { logs: true })
    expect(outcome).toBe('succeeded')
    expect(ofType(events, 'warning.raised').map(({ text }) => text)).toEqual([
      `Logs of my_cluster/web cannot be shown: the permission ${permission} is missing.`,
    ])
  })
})
