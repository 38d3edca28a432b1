import { describe, expect, it } from 'vitest'
import {
  awsvpc,
  command,
  container,
  failsHealthChecks,
  healthyAt,
  isHealthy,
  liveTask,
  service,
  sidecar,
  start,
  statuses,
} from './liveTask.ts'

describe('an image tagged crash', () => {
  it('crashes at its start, so that the task never reaches RUNNING', () => {
    const live = liveTask([container('crash'), sidecar('v1')], service)
    expect(live.until(5000)).toMatchObject({
      lastStatus: 'STOPPING',
      desiredStatus: 'STOPPED',
      stopCode: 'EssentialContainerExited',
      stoppedReason: 'Essential container in task exited',
    })
    expect(live.container()).toMatchObject({ lastStatus: 'STOPPED', exitCode: 1 })
    expect(live.container('log').lastStatus).toBe('RUNNING')
    expect(live.until(7000)).toMatchObject({ lastStatus: 'STOPPED' })
    expect(live.container('log')).toMatchObject({ lastStatus: 'STOPPED', exitCode: 143 })
    expect(live.task).not.toHaveProperty('startedAt')
    expect(healthyAt(live)).toBeUndefined()
  })

  it('is never ACTIVATING behind a load balancer either', () => {
    const live = liveTask([container('crash')], { ...service, hasLoadBalancer: true })
    expect(statuses(live).map(([, status]) => status)).toEqual(['PENDING', 'STOPPING', 'STOPPED'])
  })

  it('runs another command normally: a migration works while the server crashes', () => {
    const live = liveTask([container('crash')], { overrides: command('migrate') })
    expect(live.until(9999).lastStatus).toBe('RUNNING')
    live.until(12_000)
    expect(live.container().exitCode).toBe(0)
    expect(live.task.overrides.containerOverrides).toEqual([{ name: 'web', command: ['migrate'] }])
  })

  it('still crashes when the override has no command or is for another container', () => {
    const environment = { containerOverrides: [{ name: 'web', environment: [{ name: 'A', value: 'b' }] }] }
    for (const overrides of [environment, command(), { containerOverrides: [{ name: 'log', command: ['x'] }] }]) {
      const live = liveTask([container('crash'), sidecar('v1')], { overrides })
      live.until(60_000)
      expect([live.container().exitCode, live.task.startedAt]).toEqual([1, undefined])
    }
  })
})

describe('an image tagged exit-N', () => {
  it('exits with N after five seconds, whatever its command', () => {
    for (const origin of [{}, { overrides: command('migrate') }]) {
      const live = liveTask([container('exit-3')], origin)
      expect(live.until(9999).lastStatus).toBe('RUNNING')
      expect(live.until(10_000).stopCode).toBe('EssentialContainerExited')
      expect(live.container().exitCode).toBe(3)
    }
  })

  it('lets a service task be RUNNING first', () => {
    const live = liveTask([container('exit-3')], service)
    expect(statuses(live).map(([, status]) => status)).toEqual(['PENDING', 'RUNNING', 'STOPPING', 'STOPPED'])
    expect(live.container().exitCode).toBe(3)
  })

  it('exit-0 ends a service task too', () => {
    const live = liveTask([container('exit-0')], service)
    live.until(60_000)
    expect([live.task.lastStatus, live.container().exitCode]).toEqual(['STOPPED', 0])
  })
})

describe('an image tagged no-pull', () => {
  it('keeps the task from starting, and no container has an exit code', () => {
    const live = liveTask([sidecar('v1'), container('no-pull')], service)
    const reason =
      'CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref docker.io/library/app:no-pull: not found'
    expect(live.until(5000)).toMatchObject({
      stopCode: 'TaskFailedToStart',
      stoppedReason: reason,
      desiredStatus: 'STOPPED',
    })
    expect(live.until(7000).lastStatus).toBe('STOPPED')
    expect(live.container('web')).toMatchObject({ lastStatus: 'STOPPED', reason })
    expect(live.container('log').lastStatus).toBe('STOPPED')
    for (const name of ['web', 'log']) {
      expect(live.container(name)).not.toHaveProperty('exitCode')
      expect(live.container(name)).not.toHaveProperty('runtimeId')
    }
    expect(live.task).not.toHaveProperty('startedAt')
  })

  it('fails before a crashing neighbor could start', () => {
    const live = liveTask([sidecar('crash'), container('no-pull')])
    expect(live.until(60_000)).toMatchObject({ stopCode: 'TaskFailedToStart', lastStatus: 'STOPPED' })
    expect(live.container('log')).not.toHaveProperty('exitCode')
  })

  it('does not wait for a slow neighbor', () => {
    const live = liveTask([sidecar('slow-2m'), container('no-pull')])
    expect(live.until(5000).stopCode).toBe('TaskFailedToStart')
  })
})

describe('an image tagged unhealthy', () => {
  const healthCheck = { command: ['CMD', 'false'], interval: 10, retries: 2, startPeriod: 30 }

  it('turns UNHEALTHY after the start period and the retries', () => {
    const live = liveTask([container('unhealthy', { healthCheck })], service)
    live.until(54_999)
    expect([live.task.healthStatus, failsHealthChecks(live)]).toEqual(['UNKNOWN', false])
    live.until(55_000)
    expect([live.task.healthStatus, failsHealthChecks(live)]).toEqual(['UNHEALTHY', true])
    expect(live.container().healthStatus).toBe('UNHEALTHY')
    expect(live.task).toMatchObject({ lastStatus: 'RUNNING', desiredStatus: 'RUNNING' })
    expect(healthyAt(live)).toBeUndefined()
    expect(isHealthy(live, start + 86_400_000)).toBe(false)
  })

  it('fails after three times 30 seconds with the defaults of a health check, or without one', () => {
    for (const more of [{ healthCheck: { command: ['CMD', 'false'] } }, {}]) {
      const live = liveTask([container('unhealthy', more)], service)
      live.until(45_000)
      expect(isHealthy(live)).toBe(false)
      live.until(94_999)
      expect(failsHealthChecks(live)).toBe(false)
      expect(live.record.nextAt).toBe(start + 95_000)
      live.until(95_000)
      expect(failsHealthChecks(live)).toBe(true)
    }
  })

  it('has failed when the service looks at it, whatever fraction of a millisecond the task started at', () => {
    for (const fraction of [0.1, 0.25, 0.5, 0.6, 0.9]) {
      const live = liveTask([container('unhealthy')], service, {}, start + fraction)
      live.next()
      expect(healthyAt(live)).toBeUndefined()
      live.next()
      expect(live.record.nextAt).toBeUndefined()
      expect(failsHealthChecks(live)).toBe(true)
    }
  })

  it('does not count within the grace period', () => {
    const grace = { ...service, healthCheckGracePeriodSeconds: 300 }
    const live = liveTask([container('unhealthy', { healthCheck })], grace)
    expect(live.until(60_000).healthStatus).toBe('UNHEALTHY')
    expect(failsHealthChecks(live)).toBe(false)
    expect(live.record.nextAt).toBe(start + 305_000)
    live.until(305_000)
    expect(failsHealthChecks(live)).toBe(true)
  })

  it('of a container that is not essential does not affect the task', () => {
    const live = liveTask([container('v1'), sidecar('unhealthy', { essential: false, healthCheck })], service)
    live.until(100_000)
    expect(live.container('log').healthStatus).toBe('UNHEALTHY')
    expect([live.task.healthStatus, failsHealthChecks(live)]).toEqual(['UNKNOWN', false])
    expect(isHealthy(live)).toBe(true)
  })

  it('fails no health checks any more once it stops', () => {
    const live = liveTask([container('unhealthy')], service)
    live.until(95_000)
    live.stop()
    expect(failsHealthChecks(live)).toBe(false)
  })
})

describe('an image tagged slow-30s', () => {
  it('takes that long before the task is RUNNING, and as long for the work of a one-off task', () => {
    expect(statuses(liveTask([container('slow-30s')]))).toEqual([
      [0, 'PENDING'],
      [30_000, 'RUNNING'],
      [60_000, 'STOPPING'],
      [62_000, 'STOPPED'],
    ])
    const live = liveTask([container('slow-2m')], service, awsvpc)
    expect(live.until(129_999).lastStatus).toBe('PENDING')
    expect(live.until(130_000).lastStatus).toBe('RUNNING')
    expect(live.record.nextAt).toBeUndefined()
  })

  it('makes the whole task wait for its slowest container', () => {
    const live = liveTask([container('slow-1s'), sidecar('slow-20s')], service)
    expect(live.until(19_999).lastStatus).toBe('PENDING')
    expect(live.until(20_000).lastStatus).toBe('RUNNING')
  })
})

describe('a container that is not essential', () => {
  const aside = { essential: false }

  it.each(['crash', 'exit-3', 'no-pull'])('may be %s without consequence', (tag) => {
    const live = liveTask([container('v1'), sidecar(tag, aside)], service)
    expect(live.until(86_400_000)).toMatchObject({ lastStatus: 'RUNNING', desiredStatus: 'RUNNING' })
    expect(live.container('log').lastStatus).toBe('STOPPED')
    expect(live.container('web').lastStatus).toBe('RUNNING')
    expect(live.record.nextAt).toBeUndefined()
  })

  it('has no health status once it has ended', () => {
    const live = liveTask(
      [container('v1'), sidecar('exit-3', { ...aside, healthCheck: { command: ['CMD', 'true'] } })],
      service,
    )
    live.until(100_000)
    expect(live.container('log')).toMatchObject({ lastStatus: 'STOPPED', healthStatus: 'UNKNOWN' })
  })

  it('is stopped with the essential one', () => {
    const live = liveTask([container('exit-3'), sidecar('v1', aside)], service)
    live.until(60_000)
    expect([live.container('web').exitCode, live.container('log').exitCode]).toEqual([3, 143])
  })

  it('of a one-off task ends like the others', () => {
    const live = liveTask([container('v1'), sidecar('v1', aside)])
    live.until(60_000)
    expect([live.container('web').exitCode, live.container('log').exitCode]).toEqual([0, 0])
  })
})

describe('two containers that end at the same moment', () => {
  it('both keep their own exit code', () => {
    const live = liveTask([container('v1'), sidecar('exit-3')])
    live.until(60_000)
    expect([live.container('web').exitCode, live.container('log').exitCode]).toEqual([0, 3])
    expect(live.sinceStart(live.task.executionStoppedAt)).toBe(10_000)
  })

  it('both give their own reason when neither can be pulled', () => {
    const live = liveTask([container('no-pull'), sidecar('no-pull')])
    live.until(60_000)
    expect(live.container('web').reason).toContain('app:no-pull')
    expect(live.container('log').reason).toContain('logger:no-pull')
    expect(live.task.stoppedReason).toBe(live.container('web').reason)
  })
})
