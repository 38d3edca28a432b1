import {
  AttachInstancesCommand,
  AutoScalingClient,
  CreateAutoScalingGroupCommand,
  CreateLaunchConfigurationCommand,
  CreateOrUpdateTagsCommand,
  DeleteAutoScalingGroupCommand,
  DeleteLaunchConfigurationCommand,
  DeleteTagsCommand,
  DescribeAutoScalingGroupsCommand,
  DescribeAutoScalingInstancesCommand,
  DescribeLaunchConfigurationsCommand,
  DescribeTagsCommand,
  DetachInstancesCommand,
  EnterStandbyCommand,
  ExitStandbyCommand,
  ResourceInUseFault,
  ResumeProcessesCommand,
  SetDesiredCapacityCommand,
  SetInstanceProtectionCommand,
  SuspendProcessesCommand,
  TerminateInstanceInAutoScalingGroupCommand,
  UpdateAutoScalingGroupCommand,
  paginateDescribeScalingActivities,
} from '@aws-sdk/client-auto-scaling'
import {
  CreateLaunchTemplateCommand,
  DescribeInstancesCommand,
  EC2Client,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createLocalAws } from '../../../src/local/localAws.ts'
import { startServer } from '../../../src/local/wire/server.ts'
import type { LocalServer } from '../../../src/local/wire/server.ts'
import { joins } from './shopGroup.ts'
import { minutes, start } from '../support.ts'

const ofShop = { AutoScalingGroupName: 'shop' }
let server: LocalServer
let autoScaling: AutoScalingClient
let ec2: EC2Client
let now = start
beforeEach(async () => {
  now = start
  server = await startServer(createLocalAws({ now: () => now }), { port: 0 })
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' }
  const settings = { endpoint: server.url, region: 'eu-west-1', maxAttempts: 1, credentials }
  autoScaling = new AutoScalingClient(settings)
  ec2 = new EC2Client(settings)
})
afterEach(() => server.close())

async function createGroup(): Promise<void> {
  const LaunchTemplateData = { ImageId: 'ami-1', InstanceType: 't3.small' as const, UserData: joins('shop') }
  await ec2.send(new CreateLaunchTemplateCommand({ LaunchTemplateName: 'shop', LaunchTemplateData }))
  await autoScaling.send(
    new CreateAutoScalingGroupCommand({
      ...ofShop,
      MinSize: 0,
      MaxSize: 4,
      DesiredCapacity: 2,
      AvailabilityZones: ['eu-west-1a', 'eu-west-1b'],
      MixedInstancesPolicy: {
        LaunchTemplate: {
          LaunchTemplateSpecification: { LaunchTemplateName: 'shop', Version: '$Latest' },
          Overrides: [{ InstanceType: 'm5.large' }, { InstanceType: 'm6i.large' }],
        },
      },
      Tags: [{ Key: 'a&b', Value: '<c>', PropagateAtLaunch: true }],
    }),
  )
  now += minutes(2)
}

const group = async () => (await autoScaling.send(new DescribeAutoScalingGroupsCommand({}))).AutoScalingGroups![0]!
const ids = async (): Promise<string[]> => (await group()).Instances!.map(({ InstanceId }) => InstanceId!)
const states = async () => (await group()).Instances!.map(({ LifecycleState }) => LifecycleState)

test('the Auto Scaling client makes a group, and both clients see its instances', async () => {
  await createGroup()
  const { CreatedTime, Instances, MixedInstancesPolicy, SuspendedProcesses, Tags } = await group()
  expect([CreatedTime, SuspendedProcesses]).toEqual([new Date(start), []])
  expect(Tags).toEqual([
    { ResourceId: 'shop', ResourceType: 'auto-scaling-group', Key: 'a&b', Value: '<c>', PropagateAtLaunch: true },
  ])
  expect(MixedInstancesPolicy!.LaunchTemplate!.Overrides).toEqual([
    { InstanceType: 'm5.large' },
    { InstanceType: 'm6i.large' },
  ])
  expect(Instances).toEqual(
    ['eu-west-1a', 'eu-west-1b'].map((AvailabilityZone, index) => ({
      InstanceId: expect.stringMatching(/^i-[0-9a-f]{17}$/),
      InstanceType: 'm5.large',
      AvailabilityZone,
      AvailabilityZoneId: `euw1-az${index + 1}`,
      LifecycleState: 'InService',
      HealthStatus: 'Healthy',
      ProtectedFromScaleIn: false,
      LaunchTemplate: {
        LaunchTemplateId: expect.stringMatching(/^lt-/),
        LaunchTemplateName: 'shop',
        Version: '1',
      },
    })),
  )
  const { Reservations } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: await ids() }))
  expect(Reservations!.map(({ Instances: [instance] = [] }) => instance)).toMatchObject([
    { LaunchTime: new Date(start + 2000), State: { Name: 'running' }, Placement: { AvailabilityZone: 'eu-west-1a' } },
    { State: { Name: 'running' }, Tags: [{ Key: 'a&b', Value: '<c>' }, { Key: 'aws:autoscaling:groupName' }] },
  ])
  const { AutoScalingInstances } = await autoScaling.send(new DescribeAutoScalingInstancesCommand({}))
  expect(AutoScalingInstances).toMatchObject([{ ...ofShop, HealthStatus: 'HEALTHY' }, ofShop])
})

test('the Auto Scaling client moves instances out of a group and back, and terminates them', async () => {
  await createGroup()
  const [one = '', two = ''] = await ids()
  const InstanceIds = [one]
  const { Activities } = await autoScaling.send(
    new DetachInstancesCommand({ ...ofShop, InstanceIds, ShouldDecrementDesiredCapacity: true }),
  )
  expect(Activities).toMatchObject([{ StatusCode: 'InProgress', StartTime: new Date(now) }])
  now += minutes(1)
  expect(await ids()).toEqual([two])
  await autoScaling.send(new AttachInstancesCommand({ ...ofShop, InstanceIds }))
  now += minutes(1)
  const standby = { ...ofShop, InstanceIds, ShouldDecrementDesiredCapacity: true }
  await autoScaling.send(new EnterStandbyCommand(standby))
  now += minutes(1)
  expect(await states()).toEqual(['InService', 'Standby'])
  await autoScaling.send(new ExitStandbyCommand({ ...ofShop, InstanceIds }))
  now += minutes(1)
  const { Activity } = await autoScaling.send(
    new TerminateInstanceInAutoScalingGroupCommand({ InstanceId: one, ShouldDecrementDesiredCapacity: true }),
  )
  expect(Activity).toMatchObject({ Description: `Terminating EC2 instance: ${one}`, Progress: 50 })
  now += minutes(1)
  const { TerminatingInstances } = await ec2.send(new TerminateInstancesCommand({ InstanceIds: [two] }))
  expect(TerminatingInstances).toMatchObject([{ CurrentState: { Code: 32, Name: 'shutting-down' } }])
  now += minutes(2)
  expect(await states()).toEqual(['InService'])
  const told: string[] = []
  const pages = paginateDescribeScalingActivities({ client: autoScaling, pageSize: 3 }, ofShop)
  for await (const page of pages) told.push(...page.Activities!.map(({ StatusCode }) => StatusCode!))
  expect(told).toEqual(Array.from({ length: 9 }, () => 'Successful'))
})

test('the Auto Scaling client changes what a group should be', async () => {
  await createGroup()
  await autoScaling.send(new SuspendProcessesCommand({ ...ofShop, ScalingProcesses: ['Launch', 'AZRebalance'] }))
  await autoScaling.send(new ResumeProcessesCommand({ ...ofShop, ScalingProcesses: ['Launch'] }))
  await autoScaling.send(new UpdateAutoScalingGroupCommand({ ...ofShop, MaxSize: 5, DefaultCooldown: 10 }))
  await autoScaling.send(new SetDesiredCapacityCommand({ ...ofShop, DesiredCapacity: 5, HonorCooldown: true }))
  const InstanceIds = await ids()
  await autoScaling.send(new SetInstanceProtectionCommand({ ...ofShop, InstanceIds, ProtectedFromScaleIn: true }))
  now += minutes(1)
  const { Instances, SuspendedProcesses } = await group()
  expect(Instances!.map(({ ProtectedFromScaleIn }) => ProtectedFromScaleIn)).toEqual([true, true, false, false, false])
  expect(SuspendedProcesses).toMatchObject([{ ProcessName: 'AZRebalance' }])
  const tag = { ResourceId: 'shop', ResourceType: 'auto-scaling-group', Key: 'team' }
  await autoScaling.send(new CreateOrUpdateTagsCommand({ Tags: [{ ...tag, Value: 'x', PropagateAtLaunch: false }] }))
  await autoScaling.send(new DeleteTagsCommand({ Tags: [{ ...tag, Key: 'a&b' }] }))
  const { Tags } = await autoScaling.send(new DescribeTagsCommand({}))
  expect(Tags).toEqual([{ ...tag, Value: 'x', PropagateAtLaunch: false }])
})

test('refusals of Auto Scaling arrive as the errors of the client', async () => {
  await createGroup()
  await expect(autoScaling.send(new DeleteAutoScalingGroupCommand(ofShop))).rejects.toThrow(ResourceInUseFault)
  await expect(
    autoScaling.send(new SetDesiredCapacityCommand({ ...ofShop, DesiredCapacity: 9 })),
  ).rejects.toMatchObject({
    name: 'ValidationError',
    message: 'New SetDesiredCapacity value 9 is above max value 4 for the AutoScalingGroup.',
    $metadata: { httpStatusCode: 400 },
  })
  await autoScaling.send(new DeleteAutoScalingGroupCommand({ ...ofShop, ForceDelete: true }))
  now += minutes(1)
  expect((await autoScaling.send(new DescribeAutoScalingGroupsCommand({}))).AutoScalingGroups).toEqual([])
})

test('the Auto Scaling client makes launch configurations', async () => {
  const LaunchConfigurationName = 'old'
  const BlockDeviceMappings = [{ DeviceName: '/dev/xvda', Ebs: { VolumeSize: 30, DeleteOnTermination: true } }]
  const configuration = { LaunchConfigurationName, ImageId: 'ami-1', InstanceType: 'm5.large', BlockDeviceMappings }
  await autoScaling.send(new CreateLaunchConfigurationCommand(configuration))
  const { LaunchConfigurations } = await autoScaling.send(new DescribeLaunchConfigurationsCommand({}))
  expect(LaunchConfigurations).toMatchObject([{ ...configuration, CreatedTime: new Date(start) }])
  await autoScaling.send(new DeleteLaunchConfigurationCommand({ LaunchConfigurationName }))
  const { LaunchConfigurations: left } = await autoScaling.send(new DescribeLaunchConfigurationsCommand({}))
  expect(left).toEqual([])
})
