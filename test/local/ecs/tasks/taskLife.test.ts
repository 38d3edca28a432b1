import { describe, expect, it } from 'vitest'
import type { Unchecked } from '../../../../src/local/world/operation.ts'
import { awsvpc, container, healthyAt, isHealthy, liveTask, service, sidecar, start, statuses } from './liveTask.ts'

describe('the life of a one-off task', () => {
  it('is PENDING while its image is pulled, runs for five seconds, and exits with 0', () => {
    const live = liveTask([container('v1')])
    expect(live.until(4999)).toMatchObject({
      lastStatus: 'PENDING',
      desiredStatus: 'RUNNING',
      connectivity: 'CONNECTED',
    })
    expect(live.container()).toMatchObject({ name: 'web', image: 'app:v1', lastStatus: 'PENDING' })
    expect(live.until(5000)).toMatchObject({ lastStatus: 'RUNNING', desiredStatus: 'RUNNING' })
    expect(live.container()).toMatchObject({
      lastStatus: 'RUNNING',
      imageDigest: expect.stringMatching(/^sha256:.{64}$/),
    })
    expect(live.until(9999)).toMatchObject({ lastStatus: 'RUNNING' })
    expect(live.until(10_000)).toMatchObject({
      lastStatus: 'STOPPING',
      desiredStatus: 'STOPPED',
      stopCode: 'EssentialContainerExited',
      stoppedReason: 'Essential container in task exited',
    })
    expect(live.until(12_000)).toMatchObject({ lastStatus: 'STOPPED', desiredStatus: 'STOPPED' })
    expect(live.container()).toMatchObject({ lastStatus: 'STOPPED', exitCode: 0 })
  })

  it('has the time of each change', () => {
    const live = liveTask([container('v1')], {}, awsvpc)
    const task = live.until(60_000)
    const times = ['createdAt', 'connectivityAt', 'pullStartedAt', 'pullStoppedAt', 'startedAt', 'stoppingAt']
    expect([...times, 'executionStoppedAt', 'stoppedAt'].map((time) => live.sinceStart(task[time]))).toEqual([
      0, 10_000, 10_000, 15_000, 15_000, 20_000, 20_000, 27_000,
    ])
  })

  it('has times only for changes that have happened', () => {
    const live = liveTask([container('v1')], {}, awsvpc)
    const times = (): string[] => Object.keys(live.task).filter((key) => key.endsWith('At'))
    expect(times()).toEqual(['createdAt'])
    live.until(10_000)
    expect(times().toSorted()).toEqual(['connectivityAt', 'createdAt', 'pullStartedAt'])
    live.until(15_000)
    expect(times().toSorted()).toEqual(['connectivityAt', 'createdAt', 'pullStartedAt', 'pullStoppedAt', 'startedAt'])
  })

  it('goes through PROVISIONING and DEPROVISIONING only with a network interface of its own', () => {
    expect(statuses(liveTask([container('v1')], {}, awsvpc))).toEqual([
      [0, 'PROVISIONING'],
      [10_000, 'PENDING'],
      [15_000, 'RUNNING'],
      [20_000, 'STOPPING'],
      [22_000, 'DEPROVISIONING'],
      [27_000, 'STOPPED'],
    ])
    expect(statuses(liveTask([container('v1')]))).toEqual([
      [0, 'PENDING'],
      [5000, 'RUNNING'],
      [10_000, 'STOPPING'],
      [12_000, 'STOPPED'],
    ])
  })

  it('gets its network interface when it is provisioned, in the first subnet asked for', () => {
    const networkConfiguration = { awsvpcConfiguration: { subnets: ['subnet-1', 'subnet-2'] } }
    const live = liveTask([container('v1')], { networkConfiguration }, awsvpc)
    const [before] = live.task.attachments
    expect(before).toMatchObject({ type: 'ElasticNetworkInterface', status: 'PRECREATED' })
    expect(before.details).toEqual([{ name: 'subnetId', value: 'subnet-1' }])
    expect(live.container().networkInterfaces).toEqual([])
    const [attached] = live.until(10_000).attachments
    const address = attached.details.find(({ name }: Unchecked) => name === 'privateIPv4Address').value
    expect(attached.status).toBe('ATTACHED')
    expect(address).toMatch(/^10\.0\.\d{1,3}\.\d{1,3}$/)
    expect(live.container().networkInterfaces).toEqual([{ attachmentId: attached.id, privateIpv4Address: address }])
    expect(live.until(27_000).attachments[0].status).toBe('DELETED')
  })

  it('is forgotten an hour after it stopped, with its tags and its client token', () => {
    const live = liveTask([container('v1')], { tags: [{ key: 'team', value: 'a' }] })
    const { taskArn } = live.task
    live.region.runTaskTokens['main/token'] = { input: '{}', taskArns: [taskArn] }
    live.until(12_000 + 3_599_999)
    expect(live.region.tags[taskArn]).toEqual([{ key: 'team', value: 'a' }])
    expect(live.region.tasks).toHaveProperty([taskArn])
    live.until(12_000 + 3_600_000)
    expect([live.region.tasks, live.region.tags, live.region.runTaskTokens]).toEqual([{}, {}, {}])
    expect(live.record.nextAt).toBeUndefined()
  })

  it('leaves a client token alone while another of its tasks is there', () => {
    const live = liveTask([container('v1')])
    const token = { input: '{}', taskArns: [live.task.taskArn, 'another'] }
    live.region.runTaskTokens['main/token'] = token
    live.region.tasks.another = live.record
    live.until(4_000_000)
    expect(live.region.runTaskTokens).toEqual({ 'main/token': token })
  })

  it('shows the resources of the override, of the task definition, or the sum of its containers', () => {
    const both = [container('v1', { cpu: 256, memory: 512 }), sidecar('v1', { cpu: 64, memoryReservation: 128 })]
    const size = { cpu: '1024', memory: '2048' }
    expect(liveTask(both).task).toMatchObject({ cpu: '320', memory: '640' })
    expect(liveTask(both, {}, size).task).toMatchObject(size)
    expect(liveTask(both, { overrides: { cpu: '512' } }, size).task).toMatchObject({ cpu: '512', memory: '2048' })
    expect(liveTask(both).container('log')).toMatchObject({ cpu: '64', memoryReservation: '128' })
  })

  it('shows the Fargate platform when it runs on Fargate', () => {
    expect(liveTask([container('v1')], { launchType: 'FARGATE' }).task).toMatchObject({
      launchType: 'FARGATE',
      platformVersion: '1.4.0',
      platformFamily: 'Linux',
    })
    const spot = liveTask([container('v1')], { capacityProviderName: 'FARGATE_SPOT', platformVersion: '1.3.0' }).task
    expect(spot).toMatchObject({
      launchType: 'FARGATE',
      capacityProviderName: 'FARGATE_SPOT',
      platformVersion: '1.3.0',
    })
    const live = liveTask([container('v1')], { launchType: 'FARGATE' })
    const id = live.until(5000).taskArn.split('/').at(-1)
    expect(live.container().runtimeId).toMatch(new RegExp(`^${id}-\\d{10}$`))
    const { task } = liveTask([container('v1')])
    expect(task.launchType).toBe('EC2')
    expect(task).not.toHaveProperty('platformVersion')
    expect(task).not.toHaveProperty('startedBy')
  })
})

describe('the life of a service task', () => {
  it('runs until it is stopped', () => {
    const live = liveTask([container('v1')], service)
    expect(live.until(86_400_000)).toMatchObject({ lastStatus: 'RUNNING', desiredStatus: 'RUNNING' })
    expect(live.record.nextAt).toBeUndefined()
  })

  it('is ACTIVATING and DEACTIVATING only behind a load balancer', () => {
    const live = liveTask([container('v1')], { ...service, hasLoadBalancer: true }, awsvpc)
    live.until(20_000)
    live.stop()
    expect(live.task.lastStatus).toBe('DEACTIVATING')
    const after = statuses(live).slice(1)
    expect(after).toEqual([
      [25_000, 'STOPPING'],
      [27_000, 'DEPROVISIONING'],
      [32_000, 'STOPPED'],
    ])
    const starting = liveTask([container('v1')], { ...service, hasLoadBalancer: true })
    expect(starting.until(5000)).toMatchObject({ lastStatus: 'ACTIVATING' })
    expect(starting.task).not.toHaveProperty('startedAt')
    expect(starting.until(10_000)).toMatchObject({ lastStatus: 'RUNNING', startedAt: start / 1000 + 10 })
  })

  it('counts as healthy once it has been RUNNING for 40 seconds', () => {
    const live = liveTask([container('v1')], service)
    expect(healthyAt(live)).toBeUndefined()
    live.until(5000)
    expect(healthyAt(live)).toBe(start + 45_000)
    expect(isHealthy(live, start + 44_999)).toBe(false)
    expect(isHealthy(live, start + 45_000)).toBe(true)
    expect(live.until(45_000).healthStatus).toBe('UNKNOWN')
    live.stop()
    expect(isHealthy(live, start + 45_000)).toBe(false)
  })

  it('counts as healthy once the health checks of all its essential containers say so', () => {
    const checks = [
      container('v1', { healthCheck: { command: ['CMD', 'true'], interval: 10 } }),
      sidecar('v1', { healthCheck: { command: ['CMD', 'true'] } }),
      { name: 'extra', image: 'extra:v1', essential: false, healthCheck: { command: ['CMD', 'true'], interval: 60 } },
    ]
    const live = liveTask(checks, service)
    expect(live.until(15_000).healthStatus).toBe('UNKNOWN')
    expect(live.container('web').healthStatus).toBe('HEALTHY')
    expect(isHealthy(live)).toBe(false)
    expect(live.until(35_000).healthStatus).toBe('HEALTHY')
    expect(isHealthy(live)).toBe(true)
    expect(healthyAt(live)).toBe(live.now)
    expect(live.container('extra').healthStatus).toBe('UNKNOWN')
    live.until(65_000)
    expect(live.container('extra').healthStatus).toBe('HEALTHY')
  })
})

describe('stopping a task', () => {
  it('ends its containers by SIGTERM, with exit code 143', () => {
    const live = liveTask([container('v1')], service)
    live.until(60_000)
    live.stop({ stopCode: 'ServiceSchedulerInitiated', stoppedReason: 'Scaling activity' })
    expect(live.task).toMatchObject({
      lastStatus: 'STOPPING',
      desiredStatus: 'STOPPED',
      stopCode: 'ServiceSchedulerInitiated',
      stoppedReason: 'Scaling activity',
      stoppingAt: start / 1000 + 60,
    })
    expect(live.container()).not.toHaveProperty('exitCode')
    expect(live.task).not.toHaveProperty('executionStoppedAt')
    const stopped = start / 1000 + 62
    expect(live.until(62_000)).toMatchObject({ lastStatus: 'STOPPED', executionStoppedAt: stopped, stoppedAt: stopped })
    expect(live.container().exitCode).toBe(143)
  })

  it('that never ran leaves it without exit codes', () => {
    for (const revision of [{}, awsvpc]) {
      const live = liveTask([container('v1')], {}, revision)
      live.until(1000)
      live.stop()
      expect(live.until(60_000)).toMatchObject({ lastStatus: 'STOPPED', stopCode: 'UserInitiated' })
      expect(live.container()).not.toHaveProperty('exitCode')
      expect(live.task).not.toHaveProperty('pullStoppedAt')
    }
  })

  it('twice changes nothing: the first reason and time stay', () => {
    const live = liveTask([container('v1')], service)
    live.until(60_000)
    live.stop({ stopCode: 'UserInitiated', stoppedReason: 'first' })
    live.until(61_000)
    const before = structuredClone(live.record)
    live.stop({ stopCode: 'ServiceSchedulerInitiated', stoppedReason: 'second' })
    expect(live.record).toEqual(before)
    expect(live.until(62_000).lastStatus).toBe('STOPPED')
    live.stop({ stopCode: 'ServiceSchedulerInitiated', stoppedReason: 'third' })
    expect(live.task).toMatchObject({ lastStatus: 'STOPPED', stoppedReason: 'first' })
  })
})

describe('a container that is told to stop', () => {
  /** Seconds from StopTask until the task has stopped. */
  function secondsToStop(...stopTimeouts: (number | undefined)[]): number {
    const containers = stopTimeouts.map((stopTimeout, index) =>
      container('slow-10m', { name: `c${index}`, ...(stopTimeout !== undefined && { stopTimeout }) }),
    )
    const live = liveTask(containers, service)
    live.until(700_000)
    live.stop()
    const since = live.now
    while (live.task.lastStatus !== 'STOPPED') live.next()
    return (live.now - since) / 1000
  }

  it('takes all of its stopTimeout, the longest of them for the task, and two seconds without one', () => {
    expect(secondsToStop(undefined)).toBe(2)
    expect(secondsToStop(90)).toBe(90)
    expect(secondsToStop(1)).toBe(1)
    expect(secondsToStop(undefined, 30, 60)).toBe(60)
    expect(secondsToStop(1, undefined)).toBe(2)
  })

  it('is not waited for once it has ended by itself', () => {
    const live = liveTask([container('exit-1', { stopTimeout: 100 }), sidecar('v1')], service)
    live.until(10_000)
    const stopped = live.until(12_000)
    expect(stopped).toMatchObject({ lastStatus: 'STOPPED', stopCode: 'EssentialContainerExited' })
  })
})
