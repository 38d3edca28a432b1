import { describe, expect, test } from 'vitest'
import { localAws, minutes, seconds } from '../../support.ts'
import { balancedTargetGroup, createBalanced, listening } from '../../balancedWeb.ts'
import {
  createWeb,
  deployWeb,
  describeWeb,
  idOf,
  messages,
  registerWeb,
  story,
  tasksOf,
  updateWeb,
} from '../../webService.ts'

describe('A service keeps its desired count', () => {
  test('a task that somebody stops is replaced, and the service says that it is steady again', () => {
    const aws = localAws()
    createWeb(aws)
    const since = aws.now / 1000
    const [taskArn] = aws.call('ecs', 'ListTasks', { cluster: 'c', serviceName: 'web' }).taskArns
    aws.call('ecs', 'StopTask', { cluster: 'c', task: taskArn })
    expect(describeWeb(aws)).toMatchObject({ runningCount: 1, pendingCount: 1 })
    aws.advance(minutes(2))
    expect(describeWeb(aws)).toMatchObject({ runningCount: 2, pendingCount: 0 })
    expect(describeWeb(aws).deployments).toMatchObject([{ rolloutState: 'COMPLETED', failedTasks: 0 }])
    expect(story(aws, since)).toBe('+1 steady')
  })

  test('scaling out and in starts and stops tasks of the same deployment', () => {
    const aws = localAws()
    createWeb(aws)
    const [{ id }] = describeWeb(aws).deployments
    const since = aws.now / 1000
    updateWeb(aws, { desiredCount: 4 })
    aws.advance(minutes(2))
    updateWeb(aws, { desiredCount: 1 })
    aws.advance(minutes(2))
    expect(story(aws, since)).toBe('+2 steady -3 steady')
    expect(describeWeb(aws)).toMatchObject({ desiredCount: 1, runningCount: 1 })
    expect(describeWeb(aws).deployments).toMatchObject([{ id, desiredCount: 1, rolloutState: 'COMPLETED' }])
    const stopped = tasksOf(aws, id).filter(({ lastStatus }) => lastStatus === 'STOPPED')
    expect(stopped).toHaveLength(3)
    for (const { stopCode, stoppedReason } of stopped) {
      expect(stopCode).toBe('ServiceSchedulerInitiated')
      expect(stoppedReason).toBe(`Scaling activity initiated by (deployment ${id})`)
    }
  })

  test('scaling to 0 and back ends with the tasks running again', () => {
    const aws = localAws()
    createWeb(aws)
    updateWeb(aws, { desiredCount: 0 })
    aws.advance(minutes(1))
    expect(describeWeb(aws)).toMatchObject({ runningCount: 0, pendingCount: 0, status: 'ACTIVE' })
    updateWeb(aws, { desiredCount: 2 })
    aws.advance(minutes(1))
    expect(describeWeb(aws)).toMatchObject({ runningCount: 2 })
  })

  test('scaling in takes tasks that are not healthy before those that are', () => {
    const aws = localAws()
    createWeb(aws)
    const [{ id }] = describeWeb(aws).deployments
    const healthy = tasksOf(aws, id).map(idOf)
    updateWeb(aws, { desiredCount: 4 })
    aws.advance(seconds(10))
    updateWeb(aws, { desiredCount: 2 })
    aws.advance(minutes(1))
    const running = tasksOf(aws, id).filter(({ lastStatus }) => lastStatus === 'RUNNING')
    expect(running.map(idOf).toSorted()).toEqual(healthy.toSorted())
  })
})

test('a task that somebody stops before it runs has not failed', () => {
  const aws = localAws()
  createWeb(aws)
  const id = deployWeb(aws, 'slow-5m')
  aws.advance(seconds(2))
  for (const { taskArn } of tasksOf(aws, id)) aws.call('ecs', 'StopTask', { cluster: 'c', task: taskArn })
  aws.advance(seconds(10))
  expect(describeWeb(aws).deployments[0]).toMatchObject({ id, failedTasks: 0, pendingCount: 2 })
})

describe('Tasks that never run are started again after growing gaps', () => {
  test('at once, after 10 seconds, 20, 40 and so on', () => {
    const aws = localAws()
    createWeb(aws, { desiredCount: 1 })
    const start = aws.now / 1000
    const id = deployWeb(aws, 'crash')
    aws.advance(minutes(5))
    const starts = tasksOf(aws, id).map(({ createdAt }) => createdAt - start)
    // Every try takes the 5 seconds of pulling the image.
    expect(starts.slice(0, 6)).toEqual([1, 6, 21, 46, 91, 176])
  })

  test('up to a quarter of an hour', () => {
    const aws = localAws()
    createWeb(aws, { desiredCount: 1 })
    const id = deployWeb(aws, 'crash')
    const starts = new Set<number>()
    for (let hour = 0; hour < 48; hour += 1) {
      aws.advance(minutes(30))
      for (const { createdAt } of tasksOf(aws, id)) starts.add(createdAt)
    }
    const [last, before] = [...starts].toSorted((a, b) => b - a)
    expect(last! - before!).toBe(15 * 60 + 5)
  })

  test('which the service says once, and a new deployment starts over', () => {
    const aws = localAws()
    createWeb(aws)
    const since = aws.now / 1000
    deployWeb(aws, 'crash')
    aws.advance(minutes(30))
    expect(
      messages(aws, since).filter((each) => each === 'is unable to consistently start tasks successfully.'),
    ).toHaveLength(1)
    const later = aws.now / 1000
    const id = deployWeb(aws, 'crash')
    aws.advance(seconds(6))
    expect(tasksOf(aws, id).map(({ createdAt }) => createdAt - later)).toEqual([1, 1, 6, 6])
    aws.advance(seconds(5))
    expect(story(aws, later)).toBe('+2 +2 impaired')
  })

  test('also when the others of the deployment have been running for long', () => {
    const aws = localAws()
    createWeb(aws)
    const [{ id }] = describeWeb(aws).deployments
    aws.region.taskDefinitions.web![0]!.taskDefinition.containerDefinitions[0]!.image = 'web:no-pull'
    const since = aws.now / 1000
    updateWeb(aws, { desiredCount: 3 })
    aws.advance(minutes(2))
    const starts = tasksOf(aws, id).map(({ createdAt }) => createdAt - since)
    expect(starts.filter((at) => at > 0)).toEqual([1, 6, 21, 46, 91])
    expect(story(aws, since)).toContain('impaired')
    expect(describeWeb(aws)).toMatchObject({
      runningCount: 2,
      deployments: [{ rolloutState: 'COMPLETED', failedTasks: 0 }],
    })
  })

  test('a task that ran and then exited is started again at once', () => {
    const aws = localAws()
    createWeb(aws, { desiredCount: 1 })
    const start = aws.now / 1000
    const id = deployWeb(aws, 'exit-3')
    aws.advance(seconds(60))
    const starts = tasksOf(aws, id).map(({ createdAt }) => createdAt - start)
    // 5 seconds of pulling, 5 seconds of running.
    expect(starts).toEqual([1, 11, 21, 31, 41, 51])
    expect(story(aws, start)).not.toContain('impaired')
  })
})

describe('A task that cannot be placed', () => {
  test('is tried again until it can be, and nothing old is stopped meanwhile', () => {
    const aws = localAws()
    createWeb(aws)
    const since = aws.now / 1000
    const id = deployWeb(aws, 'no-place')
    aws.advance(minutes(30))
    expect(story(aws, since)).toBe('unplaced')
    expect(describeWeb(aws).events[0].message).toContain(
      '(service web) was unable to place a task because no container instance met all of its requirements.',
    )
    expect(describeWeb(aws).deployments).toMatchObject([
      { id, rolloutState: 'IN_PROGRESS', failedTasks: 0, runningCount: 0 },
      { runningCount: 2 },
    ])
    const revision = aws.region.taskDefinitions.web!.at(-1)!
    revision.taskDefinition.containerDefinitions[0]!.image = 'web:small'
    aws.advance(minutes(2))
    expect(describeWeb(aws).deployments).toMatchObject([{ id, rolloutState: 'COMPLETED', runningCount: 2 }])
  })
})

describe('A task that fails its health checks', () => {
  test('is replaced first and then stopped where maximumPercent leaves room', () => {
    const aws = localAws()
    createWeb(aws, { tag: 'unhealthy', desiredCount: 1 })
    const { events } = describeWeb(aws)
    const [started, replacing, sick, stopped] = events.map(({ message }: { message: string }) => message).toReversed()
    expect(started).toMatch(/^\(service web\) has started 1 tasks: \(task (\w{32})\)\.$/)
    const [, first] = /task (\w{32})/.exec(started)!
    expect(replacing).toMatch(
      /^\(service web\) has started 1 tasks: \(task \w{32}\)\. Amazon ECS replaced 1 tasks due to an unhealthy status\.$/,
    )
    expect(sick).toBe(`(service web) (task ${first}) failed container health checks.`)
    expect(stopped).toBe(`(service web) has stopped 1 running tasks: (task ${first}).`)
    const found = Object.values(aws.region.tasks).find(({ task }) => idOf(task) === first)
    expect(found?.task).toMatchObject({
      stopCode: 'ServiceSchedulerInitiated',
      stoppedReason: 'Task failed container health checks',
    })
  })

  test('is not replaced when the service was scaled in meanwhile', () => {
    const aws = localAws()
    createWeb(aws, { tag: 'slow-30m', deploymentConfiguration: { maximumPercent: 400 } })
    const id = deployWeb(aws, 'unhealthy')
    aws.advance(seconds(1 + 5 + 89) + 500)
    const since = aws.now / 1000
    updateWeb(aws, { desiredCount: 1 })
    aws.advance(seconds(2))
    expect(story(aws, since)).toBe('+1 (unhealthy) sick sick -2')
    expect(describeWeb(aws).deployments).toMatchObject([{ id, pendingCount: 1, failedTasks: 2 }])
  })

  test('is left alone in the grace period', () => {
    const aws = localAws()
    const healthCheckGracePeriodSeconds = 300
    createBalanced(aws, [balancedTargetGroup(aws)], { desiredCount: 1 })
    updateWeb(aws, { taskDefinition: registerWeb(aws, 'unhealthy', listening()), healthCheckGracePeriodSeconds })
    aws.advance(seconds(1 + 5 + 299))
    expect(describeWeb(aws).deployments[0].failedTasks).toBe(0)
    aws.advance(minutes(2))
    expect(describeWeb(aws).deployments[0].failedTasks).toBeGreaterThan(0)
  })
})
