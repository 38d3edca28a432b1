// The Auto Scaling group `shop`, whose instances join the cluster `shop`.
import type { Unchecked } from '../../../src/local/world/operation.ts'
import type { TestAws } from '../support.ts'
import { minutes } from '../support.ts'

/** User data as ECS's AMIs read it, in base64. */
export const joins = (cluster: string): string =>
  Buffer.from(`#!/bin/bash\necho ECS_CLUSTER=${cluster} >> /etc/ecs/ecs.config\n`).toString('base64')

/** A launch template whose instances join the cluster `shop`. */
export function createTemplate(aws: TestAws, LaunchTemplateName = 'shop', data: Unchecked = {}): string {
  const LaunchTemplateData = { ImageId: 'ami-1', InstanceType: 't3.small', UserData: joins('shop'), ...data }
  const { LaunchTemplate } = aws.call('ec2', 'CreateLaunchTemplate', { LaunchTemplateName, LaunchTemplateData })
  return LaunchTemplate.LaunchTemplateId
}

/** The group `shop` of two instances in all three zones, and its cluster; the clock stands still. */
export function createGroup(aws: TestAws, input: Unchecked = {}): void {
  aws.call('ecs', 'CreateCluster', { clusterName: 'shop' })
  const source = input['LaunchConfigurationName'] ?? input['LaunchTemplate'] ?? input['MixedInstancesPolicy']
  if (!source) createTemplate(aws)
  aws.call('autoscaling', 'CreateAutoScalingGroup', {
    AutoScalingGroupName: 'shop',
    MinSize: 1,
    MaxSize: 6,
    DesiredCapacity: 2,
    AvailabilityZones: ['us-east-1a', 'us-east-1b', 'us-east-1c'],
    ...(source ? {} : { LaunchTemplate: { LaunchTemplateName: 'shop', Version: '$Latest' } }),
    ...input,
  })
}

/** The same, and everything that it wants runs. */
export function settledGroup(aws: TestAws, input: Unchecked = {}): void {
  createGroup(aws, input)
  aws.advance(minutes(2))
}

/** Calls an operation of Auto Scaling on the group `shop`. */
export const ofShop = (aws: TestAws, operation: string, input: Unchecked = {}): Unchecked =>
  aws.call('autoscaling', operation, { AutoScalingGroupName: 'shop', ...input })

export const groupOf = (aws: TestAws, name = 'shop'): Unchecked =>
  aws.call('autoscaling', 'DescribeAutoScalingGroups', { AutoScalingGroupNames: [name] }).AutoScalingGroups[0]

export const instancesOf = (aws: TestAws): Unchecked[] => groupOf(aws)?.Instances ?? []

export const idsOf = (aws: TestAws, state?: string): string[] =>
  instancesOf(aws)
    .filter(({ LifecycleState }) => state === undefined || LifecycleState === state)
    .map(({ InstanceId }) => InstanceId)

export const statesOf = (aws: TestAws): string[] => instancesOf(aws).map(({ LifecycleState }) => LifecycleState)

/** The activities, the newest first. */
export const activitiesOf = (aws: TestAws): Unchecked[] => ofShop(aws, 'DescribeScalingActivities').Activities

/** The container instances that the cluster `shop` has. */
export const containerInstancesOf = (aws: TestAws): Unchecked[] =>
  Object.values(aws.region.containerInstances)
    .map(({ containerInstance }): Unchecked => containerInstance)
    .filter(({ status }) => status === 'ACTIVE')

/** The EC2 instances that joined the cluster `shop`. */
export const joinedOf = (aws: TestAws): string[] =>
  containerInstancesOf(aws).map(({ ec2InstanceId }): string => ec2InstanceId)

/** The state of an instance in EC2; undefined when it is forgotten. */
export const ec2State = (aws: TestAws, id: string): string | undefined =>
  aws.region.instances[id]?.instance['State'].Name

export const terminate = (aws: TestAws, ...InstanceIds: string[]): Unchecked =>
  aws.call('ec2', 'TerminateInstances', { InstanceIds })
