import { describe, expect, test } from 'vitest'
import type { Unchecked } from '../../../src/local/world/operation.ts'
import {
  activitiesOf,
  containerInstancesOf,
  createGroup,
  createTemplate,
  ec2State,
  groupOf,
  idsOf,
  instancesOf,
  joinedOf,
  joins,
  ofShop,
  settledGroup,
  statesOf,
  terminate,
} from './shopGroup.ts'
import { localAws, minutes, seconds } from '../support.ts'

describe('A new group', () => {
  test('launches its desired capacity, in service after half a minute, in the cluster twenty seconds later', () => {
    const aws = localAws()
    createGroup(aws)
    expect(statesOf(aws)).toEqual([])
    aws.advance(seconds(2))
    expect(statesOf(aws)).toEqual(['Pending', 'Pending'])
    expect(idsOf(aws).map((id) => ec2State(aws, id))).toEqual(['pending', 'pending'])
    aws.advance(seconds(30) - 1)
    expect(statesOf(aws)).toEqual(['Pending', 'Pending'])
    aws.advance(1)
    expect(statesOf(aws)).toEqual(['InService', 'InService'])
    expect(joinedOf(aws)).toEqual([])
    aws.advance(seconds(20))
    expect(joinedOf(aws).toSorted()).toEqual(idsOf(aws).toSorted())
  })

  test('makes the same history in one big step as in many small ones', () => {
    const [one, many] = [localAws(), localAws()]
    createGroup(one)
    createGroup(many)
    one.advance(minutes(5))
    for (let second = 0; second < 300; second++) many.advance(seconds(1))
    expect(JSON.stringify(one.world)).toBe(JSON.stringify(many.world))
  })

  test('of a cluster lets the tasks of a service wait for its instances', () => {
    const aws = localAws()
    createGroup(aws)
    aws.advance(seconds(2))
    const containerDefinitions = [{ name: 'app', image: 'web:v1', memory: 512 }]
    aws.call('ecs', 'RegisterTaskDefinition', { family: 'web', containerDefinitions })
    const service = { cluster: 'shop', serviceName: 'web', taskDefinition: 'web', desiredCount: 2, launchType: 'EC2' }
    aws.call('ecs', 'CreateService', service)
    aws.advance(seconds(30))
    expect(Object.keys(aws.region.tasks)).toEqual([])
    aws.advance(minutes(5))
    expect(joinedOf(aws).toSorted()).toEqual(idsOf(aws).toSorted())
    const placed = Object.values(aws.region.tasks).map(({ task }) => task['containerInstanceArn'])
    const arns = containerInstancesOf(aws).map(({ containerInstanceArn }) => containerInstanceArn)
    expect(placed).toHaveLength(2)
    expect(new Set(placed)).toEqual(new Set(arns))
  })

  test('spreads its instances over the zones, in the subnets that it is given', () => {
    const aws = localAws()
    const subnets = [{ id: 'subnet-a' }, { id: 'subnet-b' }]
    const body = JSON.stringify({ vpcs: [{ id: 'vpc-shop', subnets, securityGroups: ['sg-shop'] }] })
    aws.handle({ method: 'POST', path: '/_local/provision', headers: {}, body })
    createTemplate(aws, 'shop', { SecurityGroupIds: ['sg-shop'] })
    createGroup(aws, {
      DesiredCapacity: 4,
      AvailabilityZones: undefined,
      VPCZoneIdentifier: 'subnet-a,subnet-b',
      LaunchTemplate: { LaunchTemplateName: 'shop' },
    })
    aws.advance(minutes(1))
    const instances = Object.values(aws.region.instances).map(({ instance }) => instance)
    expect(instances.map((each): string => each['SubnetId']).toSorted()).toEqual([
      'subnet-a',
      'subnet-a',
      'subnet-b',
      'subnet-b',
    ])
    expect(instances[0]).toMatchObject({
      VpcId: 'vpc-shop',
      SecurityGroups: [{ GroupId: 'sg-shop' }],
      PrivateIpAddress: expect.stringMatching(/^10\.1\.\d+\.\d+$/),
    })
    expect(groupOf(aws).AvailabilityZones).toEqual(['us-east-1a', 'us-east-1b'])
  })

  test('records why it launched, and that it succeeded', () => {
    const aws = localAws()
    settledGroup(aws)
    const { InstanceId, AvailabilityZone } = instancesOf(aws)[0]!
    const [first] = activitiesOf(aws).filter(({ Description }) => Description.endsWith(InstanceId))
    expect(first).toEqual({
      ActivityId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      AutoScalingGroupName: 'shop',
      AutoScalingGroupARN: groupOf(aws).AutoScalingGroupARN,
      Description: `Launching a new EC2 instance: ${InstanceId}`,
      Cause:
        'At 2026-01-01T00:00:00Z a user request created an AutoScalingGroup changing the desired capacity from 0 to 2. ' +
        'At 2026-01-01T00:00:02Z an instance was started in response to a difference between desired and actual ' +
        'capacity, increasing the capacity from 0 to 2.',
      StartTime: Date.UTC(2026, 0, 1, 0, 0, 2) / 1000,
      EndTime: Date.UTC(2026, 0, 1, 0, 0, 32) / 1000,
      StatusCode: 'Successful',
      Progress: 100,
      Details: JSON.stringify({ 'Subnet ID': 'subnet-0123456789abcdef0', 'Availability Zone': AvailabilityZone }),
    })
  })

  test('tags its instances with its name, its own tags and those of the launch template', () => {
    const aws = localAws()
    createTemplate(aws, 'shop', {
      TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'Name', Value: 'shop' }] }],
    })
    settledGroup(aws, {
      LaunchTemplate: { LaunchTemplateName: 'shop' },
      Tags: [
        { Key: 'team', Value: 'shop', PropagateAtLaunch: true },
        { Key: 'secret', Value: 'x', PropagateAtLaunch: false },
      ],
    })
    const filter = { Name: 'tag:aws:autoscaling:groupName', Values: ['shop'] }
    const { Reservations } = aws.call('ec2', 'DescribeInstances', { Filters: [filter] })
    expect(Reservations.map((each: Unchecked) => each['Instances'][0].Tags)).toEqual(
      Array.from({ length: 2 }, () => [
        { Key: 'Name', Value: 'shop' },
        { Key: 'team', Value: 'shop' },
        { Key: 'aws:autoscaling:groupName', Value: 'shop' },
      ]),
    )
  })
})

describe('What an instance is launched from is recorded with it', () => {
  test('a launch configuration by name', () => {
    const aws = localAws()
    const configuration = { LaunchConfigurationName: 'shop-1', ImageId: 'ami-1', InstanceType: 'm5.large' }
    aws.call('autoscaling', 'CreateLaunchConfiguration', { ...configuration, UserData: joins('shop') })
    settledGroup(aws, { LaunchConfigurationName: 'shop-1' })
    for (const instance of instancesOf(aws)) {
      expect(instance).toMatchObject({ LaunchConfigurationName: 'shop-1', InstanceType: 'm5.large' })
      expect(instance).not.toHaveProperty('LaunchTemplate')
    }
    expect(joinedOf(aws)).toHaveLength(2)
  })

  test('a launch template by the number of the version that it was then', () => {
    const aws = localAws()
    const LaunchTemplateId = createTemplate(aws)
    settledGroup(aws, { LaunchTemplate: { LaunchTemplateId, Version: '$Latest' } })
    const data = { ImageId: 'ami-2', InstanceType: 't3.large' }
    aws.call('ec2', 'CreateLaunchTemplateVersion', { LaunchTemplateId, LaunchTemplateData: data })
    ofShop(aws, 'SetDesiredCapacity', { DesiredCapacity: 3 })
    aws.advance(minutes(1))
    const recorded = instancesOf(aws).map(({ InstanceType, LaunchTemplate }) => [InstanceType, LaunchTemplate])
    const template = { LaunchTemplateId, LaunchTemplateName: 'shop' }
    expect(recorded).toEqual([
      ['t3.small', { ...template, Version: '1' }],
      ['t3.small', { ...template, Version: '1' }],
      ['t3.large', { ...template, Version: '2' }],
    ])
    expect(groupOf(aws).LaunchTemplate).toEqual({ ...template, Version: '$Latest' })
  })

  test('an override of a mixed instances policy, the next one where there is no room for the first', () => {
    const aws = localAws()
    const base = createTemplate(aws)
    const other = createTemplate(aws, 'arm', { ImageId: 'ami-no-capacity' })
    const policy = {
      LaunchTemplate: {
        LaunchTemplateSpecification: { LaunchTemplateId: base, Version: '1' },
        Overrides: [
          { InstanceType: 't4g.small', LaunchTemplateSpecification: { LaunchTemplateId: other } },
          { InstanceType: 'm5.large', WeightedCapacity: '2' },
        ],
      },
    }
    settledGroup(aws, { DesiredCapacity: 3, MixedInstancesPolicy: policy })
    // Two of weight 2 are the fewest that make up a capacity of three.
    const from = { LaunchTemplateId: base, LaunchTemplateName: 'shop', Version: '1' }
    expect(instancesOf(aws)).toMatchObject(
      Array.from({ length: 2 }, () => ({ InstanceType: 'm5.large', WeightedCapacity: '2', LaunchTemplate: from })),
    )
    expect(groupOf(aws).MixedInstancesPolicy.InstancesDistribution.OnDemandAllocationStrategy).toBe('prioritized')
    aws.advance(minutes(30))
    expect(idsOf(aws)).toHaveLength(2)
  })
})

describe('An instance joins a cluster', () => {
  test('with what its type has: units of cpu, and the memory that is left to tasks', () => {
    const aws = localAws()
    settledGroup(aws)
    const { containerInstanceArn, registeredResources } = containerInstancesOf(aws)[0]!
    expect(containerInstanceArn).toMatch(/:container-instance\/shop\/[0-9a-f]{32}$/)
    expect(registeredResources).toMatchObject([
      { name: 'CPU', integerValue: 2048 },
      { name: 'MEMORY', integerValue: 1945 },
      ...registeredResources.slice(2),
    ])
  })

  test('never, if its user data names no cluster', () => {
    const aws = localAws()
    createTemplate(aws, 'shop', { UserData: Buffer.from('#!/bin/bash\n').toString('base64') })
    settledGroup(aws, { LaunchTemplate: { LaunchTemplateName: 'shop' } })
    aws.advance(minutes(30))
    expect([statesOf(aws), joinedOf(aws)]).toEqual([['InService', 'InService'], []])
  })

  test('as soon as a cluster of that name exists', () => {
    const aws = localAws()
    createTemplate(aws, 'shop', { UserData: joins('later') })
    settledGroup(aws, { LaunchTemplate: { LaunchTemplateName: 'shop' } })
    aws.advance(minutes(3))
    expect(joinedOf(aws)).toEqual([])
    aws.call('ecs', 'CreateCluster', { clusterName: 'later' })
    aws.advance(minutes(1))
    expect(joinedOf(aws)).toHaveLength(2)
  })
})

describe('An AMI that misbehaves', () => {
  test('ami-no-capacity cannot be launched; it is tried again every minute, until another one is there', () => {
    const aws = localAws()
    const LaunchTemplateId = createTemplate(aws, 'shop', { ImageId: 'ami-no-capacity' })
    createGroup(aws, { LaunchTemplate: { LaunchTemplateId, Version: '$Latest' } })
    aws.advance(minutes(3))
    expect(idsOf(aws)).toEqual([])
    const failed = activitiesOf(aws)
    expect(failed).toHaveLength(3)
    const message =
      'We currently do not have sufficient t3.small capacity in the Availability Zone you requested (us-east-1a). Our ' +
      'system will be working on provisioning additional capacity. You can currently get t3.small capacity by not ' +
      'specifying an Availability Zone in your request or choosing us-east-1b, us-east-1c. Launching EC2 instance failed.'
    for (const activity of failed) {
      expect(activity).toMatchObject({
        StatusCode: 'Failed',
        Progress: 100,
        StatusMessage: message,
        Description: `Launching a new EC2 instance.  Status Reason: ${message}`,
      })
    }
    const LaunchTemplateData = { ImageId: 'ami-1' }
    aws.call('ec2', 'CreateLaunchTemplateVersion', { LaunchTemplateId, LaunchTemplateData, SourceVersion: '1' })
    aws.advance(minutes(2))
    expect(statesOf(aws)).toEqual(['InService', 'InService'])
  })

  test('ami-never-joins runs and is in service, but in no cluster', () => {
    const aws = localAws()
    createTemplate(aws, 'shop', { ImageId: 'ami-never-joins' })
    settledGroup(aws, { LaunchTemplate: { LaunchTemplateName: 'shop' } })
    aws.advance(minutes(60))
    expect([statesOf(aws), joinedOf(aws)]).toEqual([['InService', 'InService'], []])
  })

  test('ami-slow-10m takes ten minutes until it is in service', () => {
    const aws = localAws()
    createTemplate(aws, 'shop', { ImageId: 'ami-slow-10m' })
    createGroup(aws, { LaunchTemplate: { LaunchTemplateName: 'shop' } })
    aws.advance(seconds(2) + minutes(10) - 1)
    expect(statesOf(aws)).toEqual(['Pending', 'Pending'])
    aws.advance(1)
    expect(statesOf(aws)).toEqual(['InService', 'InService'])
  })
})

test('an unknown type, and a deleted launch template, fail the launch and say so', () => {
  const aws = localAws()
  createTemplate(aws, 'shop', { InstanceType: 'z9.huge' })
  settledGroup(aws, { LaunchTemplate: { LaunchTemplateName: 'shop' } })
  expect(activitiesOf(aws)[0]).toMatchObject({
    StatusCode: 'Failed',
    StatusMessage: "Invalid value 'z9.huge' for InstanceType. Launching EC2 instance failed.",
  })
  const { LaunchTemplateId } = groupOf(aws).LaunchTemplate
  aws.call('ec2', 'DeleteLaunchTemplate', { LaunchTemplateId })
  aws.advance(minutes(1))
  expect(activitiesOf(aws)[0]!.StatusMessage).toBe(
    'You must use a valid fully-formed launch template. The specified launch template, with template ID ' +
      `${LaunchTemplateId}, does not exist. Launching EC2 instance failed.`,
  )
})

test('a region has room for a thousand instances', () => {
  const aws = localAws()
  createGroup(aws, { MaxSize: 1e9, DesiredCapacity: 1e9 })
  aws.advance(minutes(1))
  expect(idsOf(aws, 'InService')).toHaveLength(1000)
  expect(activitiesOf(aws)[0]).toMatchObject({
    StatusCode: 'Failed',
    StatusMessage: expect.stringMatching(
      /^You have requested more instances \(1001\) than your current instance limit/,
    ),
  })
})

describe('An instance that is terminated', () => {
  test('by its group shuts down for half a minute, leaves the cluster, and is forgotten after an hour', () => {
    const aws = localAws()
    settledGroup(aws)
    const before = idsOf(aws)
    ofShop(aws, 'SetDesiredCapacity', { DesiredCapacity: 1 })
    aws.advance(seconds(2))
    const [gone = ''] = idsOf(aws, 'Terminating')
    expect([statesOf(aws).toSorted(), ec2State(aws, gone)]).toEqual([['InService', 'Terminating'], 'shutting-down'])
    expect(joinedOf(aws)).toHaveLength(2)
    aws.advance(seconds(30))
    const left = before.filter((id) => id !== gone)
    expect([idsOf(aws), joinedOf(aws), ec2State(aws, gone)]).toEqual([left, left, 'terminated'])
    expect(activitiesOf(aws)[0]).toMatchObject({
      Description: `Terminating EC2 instance: ${gone}`,
      StatusCode: 'Successful',
      Cause:
        'At 2026-01-01T00:02:00Z a user request explicitly set group desired capacity changing the desired capacity ' +
        'from 2 to 1. At 2026-01-01T00:02:02Z an instance was taken out of service in response to a difference ' +
        `between desired and actual capacity, shrinking the capacity from 2 to 1. At 2026-01-01T00:02:02Z instance ${gone} was ` +
        'selected for termination.',
    })
    aws.advance(minutes(60))
    expect(() => terminate(aws, gone)).toThrow(expect.objectContaining({ code: 'InvalidInstanceID.NotFound' }))
    expect(aws.region.tags[gone]).toBeUndefined()
  })

  test('in EC2 is replaced by its group', () => {
    const aws = localAws()
    settledGroup(aws)
    const [lost = '', kept = ''] = idsOf(aws)
    expect(terminate(aws, lost).TerminatingInstances).toEqual([
      {
        InstanceId: lost,
        PreviousState: { Code: 16, Name: 'running' },
        CurrentState: { Code: 32, Name: 'shutting-down' },
      },
    ])
    aws.advance(minutes(2))
    const now = idsOf(aws, 'InService')
    expect(now).toHaveLength(2)
    expect(now).toContain(kept)
    expect(now).not.toContain(lost)
    expect(activitiesOf(aws).map(({ Cause }) => Cause)).toContainEqual(
      expect.stringContaining('in response to an EC2 health check indicating it has been terminated or stopped.'),
    )
  })

  test.each(['HealthCheck', 'ReplaceUnhealthy', 'Terminate'])(
    'in EC2 stays in its group while %s is suspended, and is replaced as soon as that is resumed',
    (process) => {
      const aws = localAws()
      settledGroup(aws)
      const [lost = ''] = idsOf(aws)
      ofShop(aws, 'SuspendProcesses', { ScalingProcesses: [process] })
      terminate(aws, lost)
      aws.advance(minutes(90))
      expect(idsOf(aws, 'InService')).toContain(lost)
      expect(instancesOf(aws).find(({ InstanceId }) => InstanceId === lost)!.HealthStatus).toBe(
        process === 'HealthCheck' ? 'Healthy' : 'Unhealthy',
      )
      ofShop(aws, 'ResumeProcesses', { ScalingProcesses: [process] })
      aws.advance(minutes(2))
      expect(idsOf(aws, 'InService')).toHaveLength(2)
      expect(idsOf(aws)).not.toContain(lost)
    },
  )

  test('before it has joined its cluster never joins it', () => {
    const aws = localAws()
    createGroup(aws, { DesiredCapacity: 1 })
    aws.advance(seconds(40))
    ofShop(aws, 'SuspendProcesses', { ScalingProcesses: ['Launch'] })
    terminate(aws, ...idsOf(aws))
    aws.advance(minutes(10))
    expect([idsOf(aws), joinedOf(aws)]).toEqual([[], []])
  })
})
