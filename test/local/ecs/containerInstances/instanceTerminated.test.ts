import { expect, test } from 'vitest'
import { instanceTerminated } from '../../../../src/local/ecs/containerInstances/containerInstance.ts'
import type { Unchecked } from '../../../../src/local/world/operation.ts'
import { balancedTargetGroup, behind, states } from '../../balancedWeb.ts'
import { instance, join, liveTasks, noInstances, setState, spreadOver } from '../instances.ts'
import { contextOf, localAws, minutes, seconds, type TestAws } from '../../support.ts'
import { createWeb, describeWeb, messages, registerWeb } from '../../webService.ts'

const described = (aws: TestAws, tasks: Unchecked[]): Unchecked[] =>
  aws.call('ecs', 'DescribeTasks', { cluster: 'c', tasks: tasks.map(({ taskArn }) => taskArn) }).tasks

test('the tasks of an instance that is gone stop for its reason, without exit codes, and are replaced', () => {
  const aws = localAws()
  const [one, two] = [join(aws, 'i-1'), join(aws, 'i-2')]
  createWeb(aws, { desiredCount: 4 })
  const lost = liveTasks(aws, { containerInstance: one })
  instanceTerminated(contextOf(aws), 'i-1')
  expect(instance(aws, one)).toMatchObject({ status: 'INACTIVE', agentConnected: false, runningTasksCount: 0 })
  aws.advance(minutes(2))
  for (const task of described(aws, lost)) {
    expect(task).toMatchObject({
      lastStatus: 'STOPPED',
      desiredStatus: 'STOPPED',
      stopCode: 'TerminationNotice',
      stoppedReason: 'Host EC2 (instance i-1) terminated.',
    })
    expect(task['containers'][0]).toMatchObject({ lastStatus: 'STOPPED' })
    expect(task['containers'][0]).not.toHaveProperty('exitCode')
  }
  expect(lost).toHaveLength(2)
  expect(spreadOver(aws, [one, two])).toEqual([0, 4])
  expect(describeWeb(aws)).toMatchObject({ runningCount: 4 })
})

test('tasks without a service stop with their instance, stopping ones too', () => {
  const aws = localAws()
  join(aws, 'i-1')
  const { tasks } = aws.call('ecs', 'RunTask', { cluster: 'c', taskDefinition: registerWeb(aws, 'slow-60m'), count: 2 })
  aws.call('ecs', 'StopTask', { cluster: 'c', task: tasks[0].taskArn })
  instanceTerminated(contextOf(aws), 'i-1')
  aws.advance(seconds(10))
  expect(described(aws, tasks)).toMatchObject([
    { lastStatus: 'STOPPED', stopCode: 'UserInitiated' },
    { lastStatus: 'STOPPED', stopCode: 'TerminationNotice' },
  ])
})

test('a cluster that has lost its last instance has no room', () => {
  const aws = localAws()
  join(aws, 'i-1')
  createWeb(aws)
  const since = aws.now / 1000
  instanceTerminated(contextOf(aws), 'i-1')
  aws.advance(minutes(10))
  expect(describeWeb(aws)).toMatchObject({ runningCount: 0, pendingCount: 0, desiredCount: 2 })
  expect(messages(aws, since)).toEqual([noInstances])
})

test('the targets of a terminated instance are deregistered from load balancers', () => {
  const aws = localAws()
  const group = balancedTargetGroup(aws, 'web', { TargetType: 'instance' })
  const [one, two] = [join(aws, 'i-1'), join(aws, 'i-2')]
  const definition = { container: { portMappings: [{ containerPort: 8080 }] } }
  createWeb(aws, { definition, loadBalancers: behind(group) })
  expect(states(aws, group)).toEqual(['healthy', 'healthy'])
  instanceTerminated(contextOf(aws), 'i-1')
  aws.advance(seconds(2))
  expect(states(aws, group)).toContain('draining')
  aws.advance(minutes(10))
  expect(states(aws, group)).toEqual(['healthy', 'healthy'])
  expect(spreadOver(aws, [one, two])).toEqual([0, 2])
})

test('an instance that is drained first stops no task', () => {
  const aws = localAws()
  const [one, two] = [join(aws, 'i-1'), join(aws, 'i-2')]
  createWeb(aws, { desiredCount: 4 })
  setState(aws, 'DRAINING', one)
  aws.advance(minutes(5))
  const before = describeWeb(aws).events.length
  instanceTerminated(contextOf(aws), 'i-1')
  aws.advance(minutes(5))
  expect(describeWeb(aws).events).toHaveLength(before)
  expect(spreadOver(aws, [one, two])).toEqual([0, 4])
})

test('an unregistered instance, and one that is already gone, change nothing', () => {
  const aws = localAws()
  join(aws, 'i-1')
  createWeb(aws)
  instanceTerminated(contextOf(aws), 'i-1')
  aws.advance(minutes(10))
  const before = JSON.stringify(aws.world)
  instanceTerminated(contextOf(aws), 'i-1')
  instanceTerminated(contextOf(aws), 'i-2')
  expect(JSON.stringify(aws.world)).toBe(before)
})
