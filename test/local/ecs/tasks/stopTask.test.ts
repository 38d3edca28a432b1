import { beforeEach, describe, expect, it } from 'vitest'
import { refused, tasksAws } from './tasks.ts'

let { aws, describeOne, ecs, list, refusal, register, run } = tasksAws()
beforeEach(() => {
  ;({ aws, describeOne, ecs, list, refusal, register, run } = tasksAws())
})

describe('StopTask', () => {
  it('returns the task as it stops, with the given reason or AWS’s own', () => {
    const [one, two] = run('web', { count: 2 }).tasks
    const stopped = ecs('stopTask', { cluster: 'main', task: one.taskArn, reason: 'enough' }).task
    expect(stopped).toMatchObject({
      taskArn: one.taskArn,
      lastStatus: 'STOPPING',
      desiredStatus: 'STOPPED',
      stopCode: 'UserInitiated',
      stoppedReason: 'enough',
    })
    expect(ecs('stopTask', { cluster: 'main', task: two.taskArn.split('/').at(-1) }).task.stoppedReason).toBe(
      'Task stopped by user',
    )
  })

  it('refuses an unknown task', () => {
    const input = { cluster: 'main', task: 'f'.repeat(32) }
    expect(refusal('stopTask', input)).toEqual(
      refused('InvalidParameterException', 'The referenced task was not found.'),
    )
  })

  it('of a stopped task returns it unchanged', () => {
    const [{ taskArn }] = run().tasks
    aws.advance(60_000)
    const before = describeOne(taskArn)
    expect(before).toMatchObject({ lastStatus: 'STOPPED', stopCode: 'EssentialContainerExited' })
    expect(ecs('stopTask', { cluster: 'main', task: taskArn }).task).toEqual(before)
  })
})

describe('StopTask of a task of a service', () => {
  it('makes the service start another one at once', () => {
    ecs('createService', { cluster: 'main', serviceName: 'web', taskDefinition: 'web', desiredCount: 1 })
    aws.advance(120_000)
    const [taskArn = ''] = list()
    expect(describeOne(taskArn)).toMatchObject({ lastStatus: 'RUNNING', group: 'service:web' })
    ecs('stopTask', { cluster: 'main', task: taskArn, reason: 'try' })
    expect(describeOne(taskArn)).toMatchObject({
      lastStatus: 'STOPPING',
      stopCode: 'UserInitiated',
      stoppedReason: 'try',
    })
    const [another = ''] = list()
    expect(another).not.toBe(taskArn)
    expect(describeOne(another)).toMatchObject({ lastStatus: 'PENDING', createdAt: aws.now / 1000 })
  })
})

describe('over time, a task that RunTask started', () => {
  it('is seen at every stage and vanishes an hour after it stopped', () => {
    register('job', 'app:exit-3')
    const [{ taskArn }] = run('job').tasks
    aws.advance(5000)
    expect(describeOne(taskArn).lastStatus).toBe('RUNNING')
    aws.advance(5000)
    expect(describeOne(taskArn).lastStatus).toBe('STOPPING')
    aws.advance(2000)
    expect(describeOne(taskArn)).toMatchObject({ lastStatus: 'STOPPED', containers: [{ exitCode: 3 }] })
    expect(list({ desiredStatus: 'STOPPED' })).toEqual([taskArn])
    aws.advance(3_600_000)
    expect(ecs('describeTasks', { cluster: 'main', tasks: [taskArn] }).failures).toEqual([
      { arn: taskArn, reason: 'MISSING' },
    ])
  })

  it('frees its client token when it has vanished', () => {
    const [{ taskArn }] = run('web', { clientToken: 'a' }).tasks
    aws.advance(3_700_000)
    expect(run('web', { clientToken: 'a', count: 1 }).tasks[0].taskArn).not.toBe(taskArn)
  })
})
