import { expect, test } from 'vitest'
import { neverCalled, soon } from './boto3.ts'
import { useDrivers } from './drivers.ts'

const { boto3 } = useDrivers()

const scaling = (method: string, input: object = {}): Promise<any> => boto3.call('autoscaling', method, input)
const date = { date: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) }
const patience = { timeout: 60_000 }
const AvailabilityZones = ['us-east-1a', 'us-east-1b']

async function groupOf(AutoScalingGroupName: string): Promise<any> {
  const found = await scaling('describe_auto_scaling_groups', { AutoScalingGroupNames: [AutoScalingGroupName] })
  return found.AutoScalingGroups[0]
}

const states = async (name: string): Promise<string[]> =>
  (await groupOf(name)).Instances.map(({ LifecycleState }: any) => LifecycleState).toSorted()

/** Resolves when the instances of a group are in these states, in the order of the alphabet. */
async function become(name: string, ...wanted: string[]): Promise<any> {
  await expect.poll(() => states(name), patience).toEqual(wanted)
  return groupOf(name)
}

async function createTemplate(LaunchTemplateName: string): Promise<any> {
  const LaunchTemplateData = { ImageId: 'ami-1', InstanceType: 't3.small' }
  const { LaunchTemplate } = await boto3.call('ec2', 'create_launch_template', {
    LaunchTemplateName,
    LaunchTemplateData,
  })
  return LaunchTemplate
}

/** Deletes a group, and resolves when its instances are terminated and it is not there any more. */
async function gone(AutoScalingGroupName: string): Promise<void> {
  await scaling('delete_auto_scaling_group', { AutoScalingGroupName, ForceDelete: true })
  await expect.poll(() => groupOf(AutoScalingGroupName), patience).toBeUndefined()
}

test('boto3 and a launch configuration: the instances of its group join the cluster of its user data', async () => {
  const [UserData, LaunchConfigurationName] = ['#!/bin/sh\necho ECS_CLUSTER=old >> /etc/ecs/ecs.config\n', 'old']
  const BlockDeviceMappings = [{ DeviceName: '/dev/xvda', Ebs: { VolumeSize: 30, DeleteOnTermination: true } }]
  const configuration = { LaunchConfigurationName, ImageId: 'ami-1', InstanceType: 't3.small', BlockDeviceMappings }
  await boto3.call('ecs', 'create_cluster', { clusterName: 'old' })
  await scaling('create_launch_configuration', { ...configuration, UserData })
  const pages = await boto3.pages('autoscaling', 'describe_launch_configurations')
  expect(pages.flatMap(({ LaunchConfigurations }) => LaunchConfigurations)).toMatchObject([
    // boto3 sends it in base64, and leaves it so.
    { ...configuration, UserData: Buffer.from(UserData).toString('base64'), SecurityGroups: [], CreatedTime: date },
  ])
  const bounds = { MinSize: 2, MaxSize: 2, AvailabilityZones }
  await scaling('create_auto_scaling_group', { AutoScalingGroupName: 'old', LaunchConfigurationName, ...bounds })
  const { Instances } = await become('old', 'InService', 'InService')
  const registered = async (): Promise<string[]> => {
    const cluster = { cluster: 'old' }
    const { containerInstanceArns } = await boto3.call('ecs', 'list_container_instances', cluster)
    if (containerInstanceArns.length === 0) return []
    const described = { ...cluster, containerInstances: containerInstanceArns }
    const { containerInstances } = await boto3.call('ecs', 'describe_container_instances', described)
    return containerInstances.map(({ ec2InstanceId }: any) => ec2InstanceId).toSorted()
  }
  const ids = Instances.map(({ InstanceId }: any) => InstanceId).toSorted()
  expect(ids).toHaveLength(2)
  await expect.poll(registered, patience).toEqual(ids)
  await expect(scaling('delete_launch_configuration', { LaunchConfigurationName })).rejects.toMatchObject({
    code: 'ResourceInUse',
    message: 'Cannot delete launch configuration old because it is attached to AutoScalingGroup old',
    status: 400,
  })
  await gone('old')
  await scaling('delete_launch_configuration', { LaunchConfigurationName })
  expect((await scaling('describe_launch_configurations')).LaunchConfigurations).toEqual([])
  expect(await registered()).toEqual([])
})

test('boto3 and a launch template: its group is scaled, protected, suspended and tagged', async () => {
  const { LaunchTemplateId } = await createTemplate('shop')
  const ofShop = { AutoScalingGroupName: 'shop' }
  const team = { ResourceId: 'shop', ResourceType: 'auto-scaling-group', Key: 'team' }
  await scaling('create_auto_scaling_group', {
    ...ofShop,
    MinSize: 0,
    MaxSize: 4,
    DesiredCapacity: 2,
    AvailabilityZones,
    LaunchTemplate: { LaunchTemplateName: 'shop', Version: '$Latest' },
    Tags: [{ Key: 'größe', Value: '<&>', PropagateAtLaunch: true }],
  })
  const group = await become('shop', 'InService', 'InService')
  expect(group).toMatchObject({
    MinSize: 0,
    MaxSize: 4,
    DesiredCapacity: 2,
    DefaultCooldown: 300,
    AvailabilityZones,
    LaunchTemplate: { LaunchTemplateId, LaunchTemplateName: 'shop', Version: '$Latest' },
    CreatedTime: date,
    NewInstancesProtectedFromScaleIn: false,
    SuspendedProcesses: [],
    TerminationPolicies: ['Default'],
    Tags: [{ Key: 'größe', Value: '<&>', PropagateAtLaunch: true }],
  })
  const [first, second] = group.Instances
  expect([first, second]).toMatchObject([
    { AvailabilityZone: 'us-east-1a', HealthStatus: 'Healthy', LaunchTemplate: { LaunchTemplateId, Version: '1' } },
    { AvailabilityZone: 'us-east-1b', ProtectedFromScaleIn: false },
  ])
  const shown = await boto3.pages('autoscaling', 'describe_auto_scaling_instances', {
    PaginationConfig: { PageSize: 1 },
  })
  expect(shown.map(({ AutoScalingInstances }) => AutoScalingInstances)).toMatchObject([
    [{ InstanceId: first.InstanceId, ...ofShop, HealthStatus: 'HEALTHY' }],
    [{ InstanceId: second.InstanceId }],
  ])

  await expect(scaling('set_desired_capacity', { ...ofShop, DesiredCapacity: 9 })).rejects.toMatchObject({
    code: 'ValidationError',
    message: 'New SetDesiredCapacity value 9 is above max value 4 for the AutoScalingGroup.',
    status: 400,
  })
  const InstanceIds = [second.InstanceId]
  await scaling('set_instance_protection', { ...ofShop, InstanceIds, ProtectedFromScaleIn: true })
  await scaling('set_desired_capacity', { ...ofShop, DesiredCapacity: 1, HonorCooldown: false })
  const { Instances } = await become('shop', 'InService')
  expect(Instances).toMatchObject([{ InstanceId: second.InstanceId, ProtectedFromScaleIn: true }])

  await scaling('suspend_processes', { ...ofShop, ScalingProcesses: ['Launch', 'AZRebalance'] })
  await scaling('update_auto_scaling_group', { ...ofShop, MinSize: 2, DefaultCooldown: 10 })
  const { SuspendedProcesses, DesiredCapacity } = await groupOf('shop')
  expect(DesiredCapacity).toBe(2)
  expect(SuspendedProcesses.toSorted((a: any, b: any) => (a.ProcessName < b.ProcessName ? -1 : 1))).toEqual(
    ['AZRebalance', 'Launch'].map((ProcessName) => ({
      ProcessName,
      SuspensionReason: expect.stringMatching(/^User suspended at /),
    })),
  )
  await scaling('resume_processes', ofShop)
  expect(await become('shop', 'InService', 'InService')).toMatchObject({ SuspendedProcesses: [] })

  await scaling('create_or_update_tags', { Tags: [{ ...team, Value: 'a b', PropagateAtLaunch: false }] })
  await scaling('delete_tags', { Tags: [{ ...team, Key: 'größe' }] })
  const tags = await boto3.pages('autoscaling', 'describe_tags', {
    Filters: [{ Name: 'auto-scaling-group', Values: ['shop'] }],
  })
  expect(tags.flatMap(({ Tags }) => Tags)).toEqual([{ ...team, Value: 'a b', PropagateAtLaunch: false }])
  const byTag = async (...Values: string[]): Promise<string[]> => {
    const Filters = [{ Name: 'tag:team', Values }]
    const pages = await boto3.pages('autoscaling', 'describe_auto_scaling_groups', { Filters })
    return pages.flatMap(({ AutoScalingGroups }) => AutoScalingGroups.map((each: any) => each.AutoScalingGroupName))
  }
  expect([await byTag('a b', 'c'), await byTag('c')]).toEqual([['shop'], []])
  await expect(scaling('delete_auto_scaling_group', ofShop)).rejects.toMatchObject({ code: 'ResourceInUse' })
  await gone('shop')
})

test('boto3 and a mixed instances policy: instances stand by, leave, come back and are terminated', async () => {
  const { LaunchTemplateId } = await createTemplate('mixed')
  const ofMixed = { AutoScalingGroupName: 'mixed' }
  const Overrides = [{ InstanceType: 'm5.large', WeightedCapacity: '1' }, { InstanceType: 'm6i.large' }]
  await scaling('create_auto_scaling_group', {
    ...ofMixed,
    MinSize: 0,
    MaxSize: 3,
    DesiredCapacity: 2,
    AvailabilityZones,
    MixedInstancesPolicy: {
      LaunchTemplate: { LaunchTemplateSpecification: { LaunchTemplateId, Version: '$Default' }, Overrides },
      InstancesDistribution: { OnDemandBaseCapacity: 1 },
    },
  })
  const { MixedInstancesPolicy, Instances } = await become('mixed', 'InService', 'InService')
  expect(MixedInstancesPolicy).toMatchObject({
    LaunchTemplate: { LaunchTemplateSpecification: { LaunchTemplateName: 'mixed', Version: '$Default' }, Overrides },
    InstancesDistribution: { OnDemandBaseCapacity: 1, OnDemandPercentageAboveBaseCapacity: 100 },
  })
  expect(Instances).toMatchObject([{ InstanceType: 'm5.large', WeightedCapacity: '1' }, { InstanceType: 'm5.large' }])
  const [one, two] = Instances.map(({ InstanceId }: any) => InstanceId)
  const ofOne = { ...ofMixed, InstanceIds: [one] }
  const fewer = { ...ofOne, ShouldDecrementDesiredCapacity: true }

  const { Activities: entering } = await scaling('enter_standby', fewer)
  expect(entering).toMatchObject([
    { Description: `Moving EC2 instance to Standby: ${one}`, StatusCode: 'InProgress', StartTime: date, Progress: 50 },
  ])
  expect(await become('mixed', 'InService', 'Standby')).toMatchObject({ DesiredCapacity: 1 })
  const { Activities: exiting } = await scaling('exit_standby', ofOne)
  expect(exiting).toMatchObject([{ Description: `Moving EC2 instance out of Standby: ${one}` }])
  expect(await become('mixed', 'InService', 'InService')).toMatchObject({ DesiredCapacity: 2 })

  await expect(scaling('attach_instances', ofOne)).rejects.toMatchObject({
    code: 'ValidationError',
    message: `Instance ${one} is already part of AutoScalingGroup:mixed`,
  })
  const { Activities: detaching } = await scaling('detach_instances', fewer)
  expect(detaching).toMatchObject([{ Description: `Detaching EC2 instance: ${one}` }])
  expect(await become('mixed', 'InService')).toMatchObject({ Instances: [{ InstanceId: two }], DesiredCapacity: 1 })
  await scaling('attach_instances', ofOne)
  expect(await become('mixed', 'InService', 'InService')).toMatchObject({ DesiredCapacity: 2 })

  const { Activity } = await scaling('terminate_instance_in_auto_scaling_group', {
    InstanceId: one,
    ShouldDecrementDesiredCapacity: true,
  })
  expect(Activity).toMatchObject({ Description: `Terminating EC2 instance: ${one}`, ...ofMixed, StartTime: date })
  await boto3.wait('ec2', 'instance_terminated', { InstanceIds: [one], WaiterConfig: soon })
  expect(await become('mixed', 'InService')).toMatchObject({ Instances: [{ InstanceId: two }] })

  const told = await boto3.pages('autoscaling', 'describe_scaling_activities', {
    ...ofMixed,
    PaginationConfig: { PageSize: 3 },
  })
  expect(told.map(({ Activities }) => Activities.length)).toEqual([3, 3, 1])
  const activities = told.flatMap(({ Activities }) => Activities)
  expect(activities.map(({ Description }) => Description.replace(/: .*/, ''))).toEqual([
    'Terminating EC2 instance',
    'Attaching an existing EC2 instance',
    'Detaching EC2 instance',
    'Moving EC2 instance out of Standby',
    'Moving EC2 instance to Standby',
    'Launching a new EC2 instance',
    'Launching a new EC2 instance',
  ])
  for (const activity of activities) {
    expect(activity).toMatchObject({ StatusCode: 'Successful', Progress: 100, StartTime: date, EndTime: date })
    expect(JSON.parse(activity.Details)).toHaveProperty('Availability Zone')
  }
  await gone('mixed')
})

test('boto3 has called every operation that the local AWS has of Auto Scaling', () => {
  expect(neverCalled(boto3, (service) => service === 'autoscaling')).toEqual([])
})
