import { expect, it, onTestFinished, vi } from 'vitest'
import { notifiers } from '../../src/notify.ts'
import { fromProcess } from '../../src/commands/program/fromProcess.ts'

it('reports one key press once, however often its signal arrives, and the next one again', () => {
  const uptime = vi.spyOn(process, 'uptime')
  const heard: string[] = []
  const off = fromProcess({ declared: [], program: 'ecs-task', notify: notifiers }).onSignal((signal) =>
    heard.push(signal),
  )
  onTestFinished(() => uptime.mockRestore())
  for (const [at, signal] of [
    [10, 'SIGINT'],
    [10.1, 'SIGINT'],
    [10.3, 'SIGTERM'],
    [10.5, 'SIGINT'],
    [12, 'SIGTERM'],
  ] as const) {
    uptime.mockReturnValue(at)
    process.emit(signal, signal)
  }
  expect(heard).toEqual(['SIGINT', 'SIGINT', 'SIGTERM'])
  off()
  expect(process.listeners('SIGINT').length + process.listeners('SIGTERM').length).toBe(0)
})
