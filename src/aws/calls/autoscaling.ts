/** The calls to EC2 Auto Scaling. */
import type * as autoscaling from '@aws-sdk/client-auto-scaling'
import { type CallFacts, tableOf } from '../callFacts.ts'

/** What goes in and what comes out of each call to EC2 Auto Scaling. */
export interface AutoscalingCalls {
  describeAutoScalingGroups: [
    autoscaling.DescribeAutoScalingGroupsCommandInput,
    autoscaling.DescribeAutoScalingGroupsCommandOutput,
  ]
  describeAutoScalingInstances: [
    autoscaling.DescribeAutoScalingInstancesCommandInput,
    autoscaling.DescribeAutoScalingInstancesCommandOutput,
  ]
  describeScalingActivities: [
    autoscaling.DescribeScalingActivitiesCommandInput,
    autoscaling.DescribeScalingActivitiesCommandOutput,
  ]
  setDesiredCapacity: [autoscaling.SetDesiredCapacityCommandInput, autoscaling.SetDesiredCapacityCommandOutput]
  detachInstances: [autoscaling.DetachInstancesCommandInput, autoscaling.DetachInstancesCommandOutput]
  attachInstances: [autoscaling.AttachInstancesCommandInput, autoscaling.AttachInstancesCommandOutput]
  terminateInstanceInAutoScalingGroup: [
    autoscaling.TerminateInstanceInAutoScalingGroupCommandInput,
    autoscaling.TerminateInstanceInAutoScalingGroupCommandOutput,
  ]
  updateAutoScalingGroup: [
    autoscaling.UpdateAutoScalingGroupCommandInput,
    autoscaling.UpdateAutoScalingGroupCommandOutput,
  ]
  createOrUpdateTags: [autoscaling.CreateOrUpdateTagsCommandInput, autoscaling.CreateOrUpdateTagsCommandOutput]
  deleteTags: [autoscaling.DeleteTagsCommandInput, autoscaling.DeleteTagsCommandOutput]
}

const { read, write } = tableOf('autoscaling')

export const autoscalingCalls: Readonly<Record<keyof AutoscalingCalls, CallFacts>> = {
  describeAutoScalingGroups: read('autoScaling', {
    page: { items: 'AutoScalingGroups', size: 'MaxRecords', most: 100, token: 'NextToken' },
  }),
  describeAutoScalingInstances: read('autoScaling', {
    batch: { of: 'InstanceIds', most: 50, items: ['AutoScalingInstances'] },
  }),
  describeScalingActivities: read('autoScaling'),
  setDesiredCapacity: write('autoScaling'),
  detachInstances: write('autoScaling'),
  attachInstances: write('autoScaling'),
  terminateInstanceInAutoScalingGroup: write('autoScaling'),
  updateAutoScalingGroup: write('autoScaling'),
  createOrUpdateTags: write('autoScaling'),
  deleteTags: write('autoScaling'),
}
