import type { Container, Task } from '@aws-sdk/client-ecs'
import { describe, expect, it } from 'vitest'
import { failureOf, stopReasons } from '../../src/rollout/taskFailure.ts'

const task = (containers: Container[], more: Partial<Task> = {}): Task => ({
  taskArn: 'a',
  lastStatus: 'STOPPED',
  stoppedReason: 'Essential container in task exited',
  stopCode: 'EssentialContainerExited',
  containers,
  ...more,
})
const textOf = (containers: Container[], essential: string[], more: Partial<Task> = {}): string | undefined =>
  failureOf(task(containers, more), essential)?.text

describe('a stopped task', () => {
  it('is a success when every essential container exited with 0, however the others ended', () => {
    const containers = [
      { name: 'web', exitCode: 0 },
      { name: 'sidecar', exitCode: 9 },
      { name: 'ecs-service-connect', exitCode: 137 },
    ]
    expect(failureOf(task(containers), ['web'])).toBeUndefined()
    expect(textOf(containers, ['web', 'sidecar'])).toBe('container sidecar exited with 9')
  })

  it('is a failure without an exit code, for the most telling reason available', () => {
    expect(textOf([{ name: 'web', reason: 'CannotPullContainerError: no' }], ['web'])).toBe(
      'container web has no exit code (CannotPullContainerError: no)',
    )
    expect(textOf([{ name: 'web' }], ['web'], { stoppedReason: 'Host EC2 terminated' })).toBe(
      'container web has no exit code (Host EC2 terminated)',
    )
    expect(failureOf({ taskArn: 'a' }, ['web'])?.text).toBe('container web has no exit code (it never started)')
  })

  it.each([137, 143])('is not blamed on a container that was stopped with %d because of another', (exitCode) => {
    const ended = { name: 'web', exitCode }
    expect(textOf([ended, { name: 'job', exitCode: 3 }], ['web', 'job'])).toBe('container job exited with 3')
    expect(textOf([ended, { name: 'job', reason: 'gone' }], ['web', 'job'])).toMatch(/^container job has no exit code/)
    expect(textOf([ended], ['web'])).toBe(`container web exited with ${exitCode}`)
  })

  it('is blamed on a container that was killed for a reason of its own', () => {
    const reason = 'OutOfMemoryError: Container killed due to memory usage'
    const containers = [
      { name: 'web', exitCode: 143 },
      { name: 'job', exitCode: 137, reason },
    ]
    expect(textOf(containers, ['web', 'job'])).toBe(`container job exited with 137 (${reason})`)
  })
})

describe('why tasks stopped', () => {
  it('names the stop code, unless a container just ended or the reason names it itself', () => {
    const reasonOf = (stopCode: Task['stopCode'], stoppedReason?: string) =>
      stopReasons([task([], { stopCode, stoppedReason })])
    expect(reasonOf('SpotInterruption', 'Your Spot Task was interrupted.')).toBe(
      'SpotInterruption: Your Spot Task was interrupted.',
    )
    expect(reasonOf('TaskFailedToStart', 'TaskFailedToStart: RESOURCE:CPU')).toBe('TaskFailedToStart: RESOURCE:CPU')
    expect(reasonOf('EssentialContainerExited', 'Essential container in task exited')).toBe(
      'Essential container in task exited',
    )
    expect(reasonOf('TerminationNotice')).toBe('TerminationNotice')
    expect(reasonOf(undefined)).toBeUndefined()
  })

  it('is reported once for tasks that stopped alike', () => {
    expect(stopReasons([task([]), task([]), task([], { stopCode: 'UserInitiated', stoppedReason: 'enough' })])).toBe(
      'Essential container in task exited, UserInitiated: enough',
    )
  })
})
