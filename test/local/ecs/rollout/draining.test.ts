import { describe, expect, test } from 'vitest'
import type { Unchecked } from '../../../../src/local/world/operation.ts'
import { instance, join, liveTasks, noInstances, setState, spreadOver, unplaced } from '../instances.ts'
import { localAws, minutes, seconds, type TestAws } from '../../support.ts'
import { createWeb, deployWeb, describeWeb, messages, registerWeb, story, updateWeb } from '../../webService.ts'

const percentages = (minimumHealthyPercent: number, maximumPercent: number): Unchecked => ({
  deploymentConfiguration: { minimumHealthyPercent, maximumPercent },
})

/** Tasks of `web` on one instance, and a second one that has joined since. */
function twoInstances(
  settings: Unchecked = {},
  of: Unchecked = {},
): { aws: TestAws; old: string; fresh: string; since: number } {
  const aws = localAws()
  const old = join(aws, 'i-1')
  createWeb(aws, { desiredCount: 4, ...settings })
  const fresh = join(aws, 'i-2', of)
  aws.advance(seconds(5))
  return { aws, old, fresh, since: aws.now / 1000 }
}

/** Turns the clock second by second; answers the fewest tasks that ran and the most that were meant to. */
function watch(aws: TestAws, duration: number): { fewest: number; most: number } {
  let [fewest, most] = [Infinity, 0]
  for (let done = 0; done <= duration; done += seconds(1)) {
    const { runningCount, pendingCount } = describeWeb(aws)
    fewest = Math.min(fewest, runningCount)
    most = Math.max(most, runningCount + pendingCount)
    aws.advance(seconds(1))
  }
  return { fewest, most }
}

/** desired, minimum and maximum percent; the fewest RUNNING and the most tasks while the instance is drained; what is done. */
const table: [number, number, number, number, number, string][] = [
  [4, 100, 200, 4, 8, '+4 -4 steady'],
  [4, 50, 200, 4, 8, '+4 -4 steady'],
  [4, 50, 100, 2, 4, '-2 +2 -2 +2 steady'],
  [4, 0, 100, 0, 4, '-4 +4 steady'],
  [4, 100, 150, 4, 6, '+2 -2 +2 -2 steady'],
  [4, 75, 125, 3, 5, '+1 -2 +2 -2 +1 steady'],
]

describe('An instance that is drained', () => {
  test.each(table)(
    'loses %i tasks at %i/%i: at least %i run, at most %i, %s',
    (desiredCount, min, max, least, greatest, done) => {
      const { aws, old, fresh, since } = twoInstances({ desiredCount, ...percentages(min, max) })
      setState(aws, 'DRAINING', old)
      expect(watch(aws, minutes(10))).toEqual({ fewest: least, most: greatest })
      expect(story(aws, since)).toBe(done)
      expect(spreadOver(aws, [old, fresh])).toEqual([0, desiredCount])
      expect(instance(aws, old)).toMatchObject({ status: 'DRAINING', runningTasksCount: 0, pendingTasksCount: 0 })
      expect(describeWeb(aws).deployments).toMatchObject([{ rolloutState: 'COMPLETED', runningCount: desiredCount }])
    },
  )

  test('keeps its tasks when the percentages allow no change', () => {
    const { aws, old, since } = twoInstances({ desiredCount: 1, ...percentages(100, 150) })
    setState(aws, 'DRAINING', old)
    expect(watch(aws, minutes(10))).toEqual({ fewest: 1, most: 1 })
    expect(story(aws, since)).toBe('')
    updateWeb(aws, percentages(100, 200))
    aws.advance(minutes(2))
    expect(story(aws, since)).toBe('+1 -1 steady')
  })

  test('keeps its tasks until their replacements are healthy, when the minimum is all of them', () => {
    const { aws, old, fresh } = twoInstances()
    setState(aws, 'DRAINING', old)
    aws.advance(seconds(1 + 5 + 39))
    expect(spreadOver(aws, [old, fresh])).toEqual([4, 4])
    aws.advance(seconds(1))
    expect(spreadOver(aws, [old, fresh])).toEqual([0, 4])
  })

  test('keeps them when there is no room elsewhere, and the service says so', () => {
    const { aws, old, fresh, since } = twoInstances({ desiredCount: 2 }, { memory: 100 })
    setState(aws, 'DRAINING', old)
    expect(watch(aws, minutes(10))).toEqual({ fewest: 2, most: 2 })
    expect(messages(aws, since)).toEqual([unplaced(fresh, 'has insufficient memory available.')])
    const third = join(aws, 'i-3')
    aws.advance(minutes(2))
    expect(spreadOver(aws, [old, fresh, third])).toEqual([0, 0, 2])
  })

  test('alone in its cluster keeps what the minimum wants', () => {
    const aws = localAws()
    const arn = join(aws, 'i-1')
    createWeb(aws, { desiredCount: 4, ...percentages(50, 200) })
    const since = aws.now / 1000
    setState(aws, 'DRAINING', arn)
    aws.advance(minutes(10))
    expect(describeWeb(aws)).toMatchObject({ runningCount: 2, pendingCount: 0, desiredCount: 4 })
    expect(messages(aws, since)[0]).toBe(noInstances)
    setState(aws, 'ACTIVE', arn)
    aws.advance(minutes(2))
    expect(describeWeb(aws)).toMatchObject({ runningCount: 4 })
  })

  test('loses at once the service tasks that do not run yet', () => {
    const aws = localAws()
    const old = join(aws, 'i-1')
    createWeb(aws, { tag: 'slow-10m', ...percentages(100, 150) })
    aws.advance(seconds(1))
    const before = liveTasks(aws)
    expect(before.map(({ lastStatus }) => lastStatus)).toEqual(['RUNNING', 'RUNNING'])
    updateWeb(aws, { forceNewDeployment: true })
    aws.advance(seconds(2))
    const pending = liveTasks(aws).filter(({ lastStatus }) => lastStatus === 'PENDING')
    expect(pending).toHaveLength(1)
    const fresh = join(aws, 'i-2')
    setState(aws, 'DRAINING', old)
    aws.advance(seconds(1))
    const [stopped] = aws.call('ecs', 'DescribeTasks', { cluster: 'c', tasks: [pending[0]!['taskArn']] }).tasks
    expect(stopped).toMatchObject({ desiredStatus: 'STOPPED', stopCode: 'ServiceSchedulerInitiated' })
    expect(spreadOver(aws, [old, fresh])).toEqual([2, 1])
  })

  test('keeps the tasks that belong to no service', () => {
    const { aws, old } = twoInstances()
    const placementConstraints = [{ type: 'memberOf', expression: 'ec2InstanceId == i-1' }]
    const taskDefinition = registerWeb(aws, 'slow-60m')
    const { tasks } = aws.call('ecs', 'RunTask', { cluster: 'c', taskDefinition, placementConstraints, count: 2 })
    setState(aws, 'DRAINING', old)
    aws.advance(minutes(10))
    const left = liveTasks(aws, { containerInstance: old })
    expect(left.map(({ taskArn }) => taskArn)).toEqual(tasks.map(({ taskArn }: Unchecked) => taskArn))
    expect(instance(aws, old)).toMatchObject({ runningTasksCount: 0, pendingTasksCount: 2 })
  })

  test('gets no new tasks, neither of services nor of RunTask', () => {
    const { aws, old, fresh } = twoInstances({ desiredCount: 1 })
    setState(aws, 'DRAINING', fresh)
    updateWeb(aws, { desiredCount: 3 })
    const { tasks } = aws.call('ecs', 'RunTask', { cluster: 'c', taskDefinition: 'web', count: 3 })
    aws.advance(minutes(1))
    expect(spreadOver(aws, [old, fresh])).toEqual([3, 0])
    for (const { containerInstanceArn } of tasks) expect(containerInstanceArn).toBe(old)
  })

  test('that is activated again keeps the tasks that it still has', () => {
    const { aws, old, fresh, since } = twoInstances()
    setState(aws, 'DRAINING', old)
    setState(aws, 'ACTIVE', old)
    aws.advance(minutes(10))
    expect(story(aws, since)).toBe('')
    expect(spreadOver(aws, [old, fresh])).toEqual([4, 0])
  })

  test('loses tasks of a rollout in progress, and the rollout completes elsewhere', () => {
    const { aws, old, fresh } = twoInstances({ desiredCount: 2 })
    setState(aws, 'DRAINING', fresh)
    const id = deployWeb(aws, 'v2')
    aws.advance(seconds(20))
    setState(aws, 'ACTIVE', fresh)
    setState(aws, 'DRAINING', old)
    expect(watch(aws, minutes(10)).fewest).toBeGreaterThanOrEqual(2)
    expect(spreadOver(aws, [old, fresh])).toEqual([0, 2])
    expect(describeWeb(aws).deployments).toMatchObject([{ id, rolloutState: 'COMPLETED' }])
  })

  test('loses the tasks of a service whose rollout has failed only above the minimum', () => {
    const deploymentConfiguration = {
      minimumHealthyPercent: 50,
      maximumPercent: 200,
      deploymentCircuitBreaker: { enable: true, rollback: false },
    }
    const { aws, old, fresh } = twoInstances({ deploymentConfiguration })
    deployWeb(aws, 'no-pull')
    aws.advance(minutes(10))
    expect(describeWeb(aws).deployments[0].rolloutState).toBe('FAILED')
    setState(aws, 'DRAINING', old)
    aws.advance(minutes(10))
    expect(spreadOver(aws, [old, fresh])).toEqual([2, 0])
  })

  test.each(['BLUE_GREEN', 'CANARY'])('is drained while a %s deployment goes on, which completes', (strategy) => {
    const deploymentConfiguration = {
      strategy,
      bakeTimeInMinutes: 5,
      ...(strategy === 'CANARY' && { canaryConfiguration: { canaryPercent: 10, canaryBakeTimeInMinutes: 5 } }),
    }
    const { aws, old, fresh } = twoInstances({ desiredCount: 2, deploymentConfiguration })
    const id = deployWeb(aws, 'v2')
    aws.advance(minutes(2))
    setState(aws, 'DRAINING', old)
    expect(watch(aws, minutes(60)).fewest).toBeGreaterThanOrEqual(2)
    expect(spreadOver(aws, [old, fresh])).toEqual([0, 2])
    expect(describeWeb(aws).deployments).toMatchObject([{ id, status: 'PRIMARY', runningCount: 2 }])
  })

  const blueGreen = { deploymentConfiguration: { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 60 } }

  test('loses the tasks of both revisions of a blue/green deployment one for one, whatever its stage', () => {
    const { aws, old, fresh } = twoInstances({ desiredCount: 2, ...blueGreen })
    deployWeb(aws, 'v2')
    aws.advance(minutes(10))
    const [target, source] = describeWeb(aws).deployments
    expect(spreadOver(aws, [old, fresh])).toEqual([2, 2])
    setState(aws, 'DRAINING', old)
    expect(watch(aws, minutes(3)).fewest).toBe(4)
    expect(spreadOver(aws, [old, fresh])).toEqual([0, 4])
    expect(describeWeb(aws).deployments).toMatchObject([
      { id: target.id, runningCount: 2 },
      { id: source.id, runningCount: 2 },
    ])
  })

  test('loses at once what a blue/green deployment has only begun to start there', () => {
    const { aws, old, fresh } = twoInstances({ desiredCount: 2, ...blueGreen })
    deployWeb(aws, 'slow-10m')
    aws.advance(seconds(30))
    expect(liveTasks(aws, { containerInstance: fresh })).toMatchObject([{ lastStatus: 'PENDING' }, {}])
    setState(aws, 'DRAINING', fresh)
    aws.advance(seconds(1))
    expect(spreadOver(aws, [old, fresh])).toEqual([4, 0])
  })

  test('loses the task of a daemon last, and the daemon wants one less', () => {
    const { aws, old, fresh } = twoInstances({ desiredCount: 2 })
    const daemon = { serviceName: 'agent', schedulingStrategy: 'DAEMON', taskDefinition: 'web' }
    aws.call('ecs', 'CreateService', { cluster: 'c', ...daemon })
    aws.advance(minutes(2))
    const agents = (): number[] => spreadOver(aws, [old, fresh], { serviceName: 'agent' })
    expect(agents()).toEqual([1, 1])
    setState(aws, 'DRAINING', old)
    while (spreadOver(aws, [old], { serviceName: 'web' })[0]! > 0) {
      expect(agents()).toEqual([1, 1])
      aws.advance(seconds(1))
    }
    aws.advance(minutes(1))
    expect(agents()).toEqual([0, 1])
    const [agent] = aws.call('ecs', 'DescribeServices', { cluster: 'c', services: ['agent'] }).services
    expect(agent).toMatchObject({ desiredCount: 1, runningCount: 1, deployments: [{ rolloutState: 'COMPLETED' }] })
  })
})
