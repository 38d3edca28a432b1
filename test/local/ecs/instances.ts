// Container instances of the cluster `c`.
import { nameOf } from '../../../src/local/world/arn.ts'
import { registerContainerInstance } from '../../../src/local/ecs/containerInstances/containerInstance.ts'
import type { Unchecked } from '../../../src/local/world/operation.ts'
import { type TestAws, contextOf } from '../support.ts'

/** An EC2 instance of that id joins the cluster `c`, which is made where it is not there; answers the ARN. */
export function join(aws: TestAws, ec2InstanceId: string, of: Unchecked = {}): string {
  if (!aws.region.clusters.c) aws.call('ecs', 'CreateCluster', { clusterName: 'c' })
  return registerContainerInstance(contextOf(aws), {
    cluster: 'c',
    ec2InstanceId,
    instanceType: 't3.medium',
    availabilityZone: 'us-east-1a',
    imageId: 'ami-1',
    cpu: 2048,
    memory: 1024,
    ...of,
  })
}

export const instance = (aws: TestAws, arn: string, more: Unchecked = {}): Unchecked =>
  aws.call('ecs', 'DescribeContainerInstances', { cluster: 'c', containerInstances: [arn], ...more })
    .containerInstances[0]

export const setState = (aws: TestAws, status: string, ...containerInstances: string[]): Unchecked =>
  aws.call('ecs', 'UpdateContainerInstancesState', { cluster: 'c', containerInstances, status })

/** A resource of a container instance: a number, or the ports. */
export function resource(of: Unchecked, name: string, list = 'remainingResources'): unknown {
  const { type, integerValue, stringSetValue } = of[list].find((each: Unchecked) => each.name === name)
  return type === 'INTEGER' ? integerValue : stringSetValue
}

/** The tasks in the cluster `c` that are meant to run, oldest first. */
export function liveTasks(aws: TestAws, filters: Unchecked = {}): Unchecked[] {
  const { taskArns } = aws.call('ecs', 'ListTasks', { cluster: 'c', ...filters })
  if (taskArns.length === 0) return []
  return aws.call('ecs', 'DescribeTasks', { cluster: 'c', tasks: taskArns }).tasks
}

/** How many tasks that are meant to run are on each of the container instances. */
export const spreadOver = (aws: TestAws, arns: string[], filters: Unchecked = {}): number[] =>
  arns.map((arn) => liveTasks(aws, filters).filter((task) => task.containerInstanceArn === arn).length)

export const identity = (instanceId: string, more: Unchecked = {}): string =>
  JSON.stringify({
    instanceId,
    instanceType: 'm5.large',
    availabilityZone: 'us-east-1b',
    imageId: 'ami-2',
    region: 'us-east-1',
    ...more,
  })

export const unplaced = (containerInstanceArn: string, why: string): string =>
  'was unable to place a task because no container instance met all of its requirements. ' +
  `The closest matching (container-instance ${nameOf(containerInstanceArn)}) ${why} ` +
  'For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.'

export const noInstances =
  'was unable to place a task because no container instance met all of its requirements. ' +
  'Reason: No Container Instances were found in your cluster. ' +
  'For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.'
