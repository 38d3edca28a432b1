import { expect, test } from 'vitest'
import type { Unchecked } from '../../../../src/local/world/operation.ts'
import { idsOf, ofShop, settledGroup, terminate } from '../../autoscaling/shopGroup.ts'
import { localAws, minutes, seconds } from '../../support.ts'
import type { TestAws } from '../../support.ts'

function createService(aws: TestAws): void {
  const containerDefinitions = [{ name: 'web', image: 'web:v1', memory: 1500 }]
  aws.call('ecs', 'RegisterTaskDefinition', { family: 'web', containerDefinitions })
  const service = { cluster: 'shop', serviceName: 'web', taskDefinition: 'web', desiredCount: 2, launchType: 'EC2' }
  aws.call('ecs', 'CreateService', service)
}

const running = (aws: TestAws): Unchecked[] => {
  const { taskArns } = aws.call('ecs', 'ListTasks', { cluster: 'shop' })
  if (taskArns.length === 0) return []
  return aws
    .call('ecs', 'DescribeTasks', { cluster: 'shop', tasks: taskArns })
    .tasks.filter((task: Unchecked) => task['lastStatus'] === 'RUNNING')
}

test('a service waits for the instances of its group, runs on them, and moves on when one is terminated', () => {
  const aws = localAws()
  settledGroup(aws, { DesiredCapacity: 1 })
  createService(aws)
  aws.advance(minutes(2))
  // There is room for one task on an instance.
  expect(running(aws)).toHaveLength(1)
  ofShop(aws, 'SetDesiredCapacity', { DesiredCapacity: 2 })
  aws.advance(minutes(2))
  expect(running(aws)).toHaveLength(2)
  terminate(aws, idsOf(aws)[0]!)
  aws.advance(seconds(35))
  expect(running(aws)).toHaveLength(1)
  aws.advance(minutes(3))
  expect(running(aws)).toHaveLength(2)
  expect(new Set(running(aws).map(({ containerInstanceArn }) => containerInstanceArn)).size).toBe(2)
})

test('tasks of a detached instance run on until it is terminated', () => {
  const aws = localAws()
  settledGroup(aws)
  createService(aws)
  aws.advance(minutes(2))
  const [detached = ''] = idsOf(aws)
  ofShop(aws, 'DetachInstances', { InstanceIds: [detached], ShouldDecrementDesiredCapacity: false })
  aws.advance(minutes(5))
  const before = running(aws).map(({ taskArn }): string => taskArn)
  expect(before).toHaveLength(2)
  terminate(aws, detached)
  aws.advance(minutes(5))
  const after = running(aws).map(({ taskArn }): string => taskArn)
  expect([after.length, after.filter((arn) => before.includes(arn)).length]).toEqual([2, 1])
})
