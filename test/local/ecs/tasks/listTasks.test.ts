import { beforeEach, describe, expect, it } from 'vitest'
import type { Unchecked } from '../../../../src/local/world/operation.ts'
import { fargate, network, refused, tasksAws } from './tasks.ts'

let { aws, ecs, list, refusal, register, run } = tasksAws()
beforeEach(() => {
  ;({ aws, ecs, list, refusal, register, run } = tasksAws())
})

describe('ListTasks', () => {
  it('lists the tasks of the cluster whose desired status is RUNNING; STOPPED ones on request', () => {
    ecs('createCluster', { clusterName: 'other' })
    run('web', { cluster: 'other' })
    const [one, two] = run('web', { count: 2 }).tasks.map(({ taskArn }: Unchecked) => taskArn)
    ecs('stopTask', { cluster: 'main', task: one })
    expect(list()).toEqual([two])
    expect(list({ desiredStatus: 'RUNNING' })).toEqual([two])
    expect(list({ desiredStatus: 'STOPPED' })).toEqual([one])
    expect(list({ desiredStatus: 'PENDING' })).toEqual([])
  })

  it('filters by family, launch type, who started it, container instance and daemon', () => {
    register('web-worker', 'app:v1', fargate)
    const [web] = run('web', { startedBy: 'ci' }).tasks.map(({ taskArn }: Unchecked) => taskArn)
    const [worker] = run('web-worker', { launchType: 'FARGATE', ...network }).tasks.map(
      ({ taskArn }: Unchecked) => taskArn,
    )
    expect(list({ family: 'web' })).toEqual([web])
    expect(list({ family: 'web-worker', launchType: 'FARGATE' })).toEqual([worker])
    expect(list({ family: 'web', launchType: 'FARGATE' })).toEqual([])
    expect(list({ startedBy: 'ci' })).toEqual([web])
    expect(list({ startedBy: 'c' })).toEqual([])
    expect(list({ containerInstance: 'x' })).toEqual([])
    expect(list({ daemonName: 'x' })).toEqual([])
  })

  it('filters by service, by name or ARN, and refuses an unknown one', () => {
    ecs('createService', { cluster: 'main', serviceName: 'web', taskDefinition: 'web', desiredCount: 2 })
    aws.advance(1000)
    const [oneOff] = run().tasks
    const found = list({ serviceName: 'web' })
    expect(found).toHaveLength(2)
    expect(found).not.toContain(oneOff.taskArn)
    expect(list({ serviceName: 'arn:aws:ecs:us-east-1:123456789012:service/main/web' })).toEqual(found)
    expect(refusal('listTasks', { cluster: 'main', serviceName: 'other' })).toEqual(
      refused('ServiceNotFoundException', 'Service not found.'),
    )
  })

  it.each([{ family: 'web' }, { desiredStatus: 'STOPPED' }, { launchType: 'EC2' }, { serviceName: 'web' }])(
    'lets startedBy stand only alone, not beside %j',
    (filter) => {
      const input = { cluster: 'main', startedBy: 'ci', ...filter }
      expect(refusal('listTasks', input).code).toBe('InvalidParameterException')
    },
  )

  it('refuses an unknown desired status, and an unknown cluster', () => {
    expect(refusal('listTasks', { cluster: 'main', desiredStatus: 'GONE' }).code).toBe('InvalidParameterException')
    expect(refusal('listTasks', { cluster: 'other' }).code).toBe('ClusterNotFoundException')
  })

  it('returns pages of 100, or fewer on request', () => {
    const all = Array.from({ length: 12 }, () => run('web', { count: 10 }).tasks).flat()
    const { taskArns, nextToken } = ecs('listTasks', { cluster: 'main' })
    expect(taskArns).toHaveLength(100)
    const rest = ecs('listTasks', { cluster: 'main', nextToken })
    expect(rest).not.toHaveProperty('nextToken')
    expect([...taskArns, ...rest.taskArns]).toEqual(all.map(({ taskArn }: Unchecked) => taskArn))
    expect(ecs('listTasks', { cluster: 'main', maxResults: 7 }).taskArns).toHaveLength(7)
    expect(refusal('listTasks', { cluster: 'main', maxResults: 101 }).code).toBe('InvalidParameterException')
  })
})
