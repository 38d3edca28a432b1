import { describe, expect, test } from 'vitest'
import type { Unchecked } from '../../../src/local/world/operation.ts'
import {
  activitiesOf,
  createGroup,
  createTemplate,
  groupOf,
  idsOf,
  ofShop,
  settledGroup,
  statesOf,
} from './shopGroup.ts'
import { localAws, minutes, seconds } from '../support.ts'

const refusal = (code: string, message?: string) =>
  expect.objectContaining({ code, ...(message !== undefined && { message }) })

describe('CreateAutoScalingGroup', () => {
  test('creates a group with everything that AWS shows of one', () => {
    const aws = localAws()
    createGroup(aws, { Tags: [{ Key: 'team', Value: 'shop', PropagateAtLaunch: true }], DesiredCapacity: undefined })
    expect(groupOf(aws)).toEqual({
      AutoScalingGroupName: 'shop',
      AutoScalingGroupARN: expect.stringMatching(
        /^arn:aws:autoscaling:us-east-1:123456789012:autoScalingGroup:[0-9a-f-]{36}:autoScalingGroupName\/shop$/,
      ),
      LaunchTemplate: {
        LaunchTemplateId: expect.stringMatching(/^lt-/),
        LaunchTemplateName: 'shop',
        Version: '$Latest',
      },
      MinSize: 1,
      MaxSize: 6,
      DesiredCapacity: 1,
      DefaultCooldown: 300,
      AvailabilityZones: ['us-east-1a', 'us-east-1b', 'us-east-1c'],
      LoadBalancerNames: [],
      TargetGroupARNs: [],
      HealthCheckType: 'EC2',
      HealthCheckGracePeriod: 0,
      Instances: [],
      CreatedTime: aws.now / 1000,
      SuspendedProcesses: [],
      EnabledMetrics: [],
      Tags: [
        { ResourceId: 'shop', ResourceType: 'auto-scaling-group', Key: 'team', Value: 'shop', PropagateAtLaunch: true },
      ],
      TerminationPolicies: ['Default'],
      NewInstancesProtectedFromScaleIn: false,
      ServiceLinkedRoleARN: expect.stringMatching(/AWSServiceRoleForAutoScaling$/),
    })
  })

  test.each<[string, Unchecked, string]>([
    [
      'no launch template',
      { LaunchTemplate: undefined },
      'Valid requests must contain either LaunchTemplate, LaunchConfigurationName, InstanceId or MixedInstancesPolicy parameter.',
    ],
    [
      'a launch configuration beside it',
      { LaunchConfigurationName: 'shop' },
      'Valid requests must contain either LaunchTemplate, LaunchConfigurationName, InstanceId or MixedInstancesPolicy parameter.',
    ],
    [
      'a launch template that is not there',
      { LaunchTemplate: { LaunchTemplateName: 'jobs' } },
      'The specified launch template, with template name jobs, does not exist.',
    ],
    [
      'a version that is not there',
      { LaunchTemplate: { LaunchTemplateName: 'shop', Version: '9' } },
      expect.stringMatching(
        /^You must use a valid fully-formed launch template. Could not find the specified version 9/,
      ),
    ],
    [
      'a launch template without an AMI',
      { LaunchTemplate: { LaunchTemplateName: 'empty' } },
      'You must use a valid fully-formed launch template. The request must contain the parameter ImageId.',
    ],
    [
      'a launch template by id and name',
      { LaunchTemplate: { LaunchTemplateName: 'shop', LaunchTemplateId: 'lt-1' } },
      'Valid requests must contain either launchTemplateId or LaunchTemplateName',
    ],
    [
      'a launch configuration that is not there',
      { LaunchTemplate: undefined, LaunchConfigurationName: 'shop' },
      'Launch configuration name not found - A launch configuration with the name: shop does not exist',
    ],
    ['no zone', { AvailabilityZones: undefined }, 'At least one Availability Zone or VPC Subnet is required.'],
    ['a zone of another region', { AvailabilityZones: ['eu-west-1a'] }, 'Invalid availability zones: [eu-west-1a]'],
    [
      'a subnet that is not there',
      { VPCZoneIdentifier: 'subnet-1, subnet-2' },
      "The subnet ID 'subnet-1' does not exist",
    ],
    [
      'a maximum below its minimum',
      { MinSize: 3, MaxSize: 2 },
      'Max bound, 2, must be greater than or equal to min bound, 3',
    ],
    [
      'more than its maximum',
      { DesiredCapacity: 7 },
      'Desired capacity:7 must be between the specified min size:1 and max size:6',
    ],
    [
      'less than nothing',
      { MinSize: -1 },
      "1 validation error detected: Value '-1' at 'minSize' failed to satisfy constraint: Member must have value greater than or equal to 0",
    ],
    [
      'another termination policy',
      { TerminationPolicies: ['Random'] },
      'The termination policy Random is not one that the local AWS has.',
    ],
    [
      'an override that weighs nothing',
      {
        LaunchTemplate: undefined,
        MixedInstancesPolicy: {
          LaunchTemplate: {
            LaunchTemplateSpecification: { LaunchTemplateName: 'shop' },
            Overrides: [{ InstanceType: 'm5.large', WeightedCapacity: '0' }],
          },
        },
      },
      'The weighted capacity 0 is not a number from 1 to 999.',
    ],
    [
      'a policy without a launch template',
      { LaunchTemplate: undefined, MixedInstancesPolicy: {} },
      'You must use a valid fully-formed launch template. It has no launch template.',
    ],
  ])('refuses %s and creates nothing', (_title, input, message) => {
    const aws = localAws()
    createTemplate(aws)
    createTemplate(aws, 'empty', { ImageId: undefined })
    const asked = {
      AutoScalingGroupName: 'shop',
      MinSize: 1,
      MaxSize: 6,
      AvailabilityZones: ['us-east-1a'],
      LaunchTemplate: { LaunchTemplateName: 'shop' },
      ...input,
    }
    expect(() => aws.call('autoscaling', 'CreateAutoScalingGroup', asked)).toThrow(refusal('ValidationError', message))
    expect(aws.region.autoScalingGroups).toEqual({})
  })

  test('shows no member that belongs to the input alone', () => {
    const aws = localAws()
    createGroup(aws, { InstanceId: 'i-0123456789abcdef0', SkipZonalShiftValidation: true })
    ofShop(aws, 'UpdateAutoScalingGroup', { MaxSize: 7, SkipZonalShiftValidation: true })
    expect(groupOf(aws)).toMatchObject({ MaxSize: 7 })
    expect(aws.region.autoScalingGroups['shop']!.group).not.toHaveProperty('InstanceId')
    expect(aws.region.autoScalingGroups['shop']!.group).not.toHaveProperty('SkipZonalShiftValidation')
  })

  test('refuses a name that is taken, also while that group is being deleted', () => {
    const aws = localAws()
    settledGroup(aws)
    const again = (): unknown =>
      ofShop(aws, 'CreateAutoScalingGroup', {
        MinSize: 0,
        MaxSize: 0,
        AvailabilityZones: ['us-east-1a'],
        LaunchTemplate: { LaunchTemplateName: 'shop' },
      })
    const message = 'AutoScalingGroup by this name already exists - A group with the name shop already exists'
    expect(again).toThrow(refusal('AlreadyExists', message))
    ofShop(aws, 'DeleteAutoScalingGroup', { ForceDelete: true })
    expect(again).toThrow(refusal('AlreadyExists', `${message} and is pending delete`))
    aws.advance(minutes(1))
    again()
    expect(groupOf(aws).Instances).toEqual([])
  })
})

describe('UpdateAutoScalingGroup', () => {
  test('changes the given members and keeps the rest', () => {
    const aws = localAws()
    settledGroup(aws, { Tags: [{ Key: 'a', Value: 'b', PropagateAtLaunch: false }] })
    const before = groupOf(aws)
    ofShop(aws, 'UpdateAutoScalingGroup', { MaxSize: 9, HealthCheckGracePeriod: 60 })
    expect(groupOf(aws)).toEqual({ ...before, MaxSize: 9, HealthCheckGracePeriod: 60 })
  })

  test('moves the desired capacity into new bounds', () => {
    const aws = localAws()
    settledGroup(aws)
    ofShop(aws, 'UpdateAutoScalingGroup', { MinSize: 4 })
    expect(groupOf(aws).DesiredCapacity).toBe(4)
    aws.advance(minutes(1))
    expect(statesOf(aws)).toHaveLength(4)
    expect(activitiesOf(aws)[0]!.Cause).toMatch(
      /^At \S+ a user request update of AutoScalingGroup constraints to min: 4, max: 6, desired: 4 changing the desired capacity from 2 to 4\. At /,
    )
    ofShop(aws, 'UpdateAutoScalingGroup', { MinSize: 0, MaxSize: 0 })
    aws.advance(minutes(1))
    expect(groupOf(aws)).toMatchObject({ DesiredCapacity: 0, Instances: [] })
  })

  test('replaces a launch template by a launch configuration, for later instances', () => {
    const aws = localAws()
    settledGroup(aws)
    const configuration = { LaunchConfigurationName: 'old', ImageId: 'ami-2', InstanceType: 'm5.large' }
    aws.call('autoscaling', 'CreateLaunchConfiguration', configuration)
    ofShop(aws, 'UpdateAutoScalingGroup', { LaunchConfigurationName: 'old', DesiredCapacity: 3 })
    aws.advance(minutes(1))
    const { LaunchConfigurationName, LaunchTemplate, Instances } = groupOf(aws)
    expect([LaunchConfigurationName, LaunchTemplate]).toEqual(['old', undefined])
    expect(Instances.map(({ InstanceType }: Unchecked) => InstanceType)).toEqual(['t3.small', 't3.small', 'm5.large'])
  })

  test.each<[Unchecked, string]>([
    [{ DesiredCapacity: 9 }, 'Desired capacity:9 must be between the specified min size:1 and max size:6'],
    [{ MinSize: 7 }, 'Max bound, 6, must be greater than or equal to min bound, 7'],
    [
      { LaunchTemplate: { LaunchTemplateName: 'none' } },
      'The specified launch template, with template name none, does not exist.',
    ],
    [{ AutoScalingGroupName: 'none' }, "AutoScalingGroup name not found - AutoScalingGroup 'none' not found"],
  ])('refuses %j and changes nothing', (input, message) => {
    const aws = localAws()
    settledGroup(aws)
    const before = JSON.stringify(aws.region.autoScalingGroups)
    expect(() => ofShop(aws, 'UpdateAutoScalingGroup', input)).toThrow(refusal('ValidationError', message))
    expect(JSON.stringify(aws.region.autoScalingGroups)).toBe(before)
  })
})

describe('SetDesiredCapacity', () => {
  test('refuses what is out of bounds', () => {
    const aws = localAws()
    settledGroup(aws)
    const set = (DesiredCapacity: number) => (): unknown => ofShop(aws, 'SetDesiredCapacity', { DesiredCapacity })
    expect(set(7)).toThrow(
      refusal('ValidationError', 'New SetDesiredCapacity value 7 is above max value 6 for the AutoScalingGroup.'),
    )
    expect(set(0)).toThrow(
      refusal('ValidationError', 'New SetDesiredCapacity value 0 is below min value 1 for the AutoScalingGroup.'),
    )
    expect(groupOf(aws).DesiredCapacity).toBe(2)
  })

  test('that honors the cooldown waits for five minutes after the last activity', () => {
    const aws = localAws()
    createGroup(aws)
    const set = (): unknown => ofShop(aws, 'SetDesiredCapacity', { DesiredCapacity: 3, HonorCooldown: true })
    aws.advance(seconds(10))
    expect(set).toThrow(refusal('ScalingActivityInProgress'))
    aws.advance(seconds(22) + minutes(5) - 1)
    expect(set).toThrow(refusal('ScalingActivityInProgress'))
    aws.advance(1)
    set()
    expect(groupOf(aws).DesiredCapacity).toBe(3)
  })
})

describe('DeleteAutoScalingGroup', () => {
  test('refuses while an activity is in progress, and while there are instances', () => {
    const aws = localAws()
    createGroup(aws)
    aws.advance(seconds(5))
    const remove = (): unknown => ofShop(aws, 'DeleteAutoScalingGroup')
    expect(remove).toThrow(
      refusal(
        'ScalingActivityInProgress',
        'You cannot delete an AutoScalingGroup while there are scaling activities in progress for that group.',
      ),
    )
    aws.advance(minutes(1))
    expect(remove).toThrow(refusal('ResourceInUse', expect.stringMatching(/^You cannot delete an AutoScalingGroup/)))
    ofShop(aws, 'UpdateAutoScalingGroup', { MinSize: 0, MaxSize: 0, DesiredCapacity: 0 })
    aws.advance(minutes(1))
    remove()
    expect(aws.region.autoScalingGroups).toEqual({})
  })

  test('by force terminates the instances, those in standby too, and is deleted once they are gone', () => {
    const aws = localAws()
    settledGroup(aws)
    const ids = idsOf(aws)
    ofShop(aws, 'EnterStandby', { InstanceIds: ids.slice(0, 1), ShouldDecrementDesiredCapacity: true })
    aws.advance(seconds(10))
    ofShop(aws, 'DeleteAutoScalingGroup', { ForceDelete: true })
    aws.advance(seconds(1))
    expect(groupOf(aws)).toMatchObject({ Status: 'Delete in progress', DesiredCapacity: 0 })
    expect(statesOf(aws)).toEqual(['Terminating', 'Terminating'])
    expect(() => ofShop(aws, 'UpdateAutoScalingGroup', { MaxSize: 1 })).toThrow(
      expect.objectContaining({ code: 'ResourceContention', status: 500 }),
    )
    aws.advance(seconds(30))
    expect(groupOf(aws)).toBeUndefined()
    expect(ids.map((id) => aws.region.instances[id]?.instance['State'].Name)).toEqual(['terminated', 'terminated'])
  })
})

describe('Reading groups', () => {
  const aws = localAws()
  createTemplate(aws)
  for (const name of ['a', 'b', 'c']) {
    aws.call('autoscaling', 'CreateAutoScalingGroup', {
      AutoScalingGroupName: name,
      MinSize: 0,
      MaxSize: 1,
      AvailabilityZones: ['us-east-1a'],
      LaunchTemplate: { LaunchTemplateName: 'shop' },
      Tags: [{ Key: 'letter', Value: name.toUpperCase(), PropagateAtLaunch: false }],
    })
  }
  const describeGroups = (input: Unchecked): Unchecked => aws.call('autoscaling', 'DescribeAutoScalingGroups', input)
  const names = (input: Unchecked): string[] =>
    describeGroups(input)['AutoScalingGroups'].map((group: Unchecked) => group['AutoScalingGroupName'])

  test('finds them by name and by tag, and skips unknown names', () => {
    expect(names({ AutoScalingGroupNames: ['b', 'none'] })).toEqual(['b'])
    expect(names({ Filters: [{ Name: 'tag:letter', Values: ['A', 'C'] }] })).toEqual(['a', 'c'])
    expect(names({ Filters: [{ Name: 'tag-value', Values: ['B'] }] })).toEqual(['b'])
    expect(() => names({ Filters: [{ Name: 'size', Values: ['1'] }] })).toThrow(refusal('ValidationError'))
  })

  test('comes in pages', () => {
    const first = describeGroups({ MaxRecords: 2 })
    expect([first['AutoScalingGroups'].length, names({ NextToken: first['NextToken'] })]).toEqual([2, ['c']])
    expect(() => names({ NextToken: 'x' })).toThrow(refusal('InvalidNextToken'))
    expect(() => names({ MaxRecords: 101 })).toThrow(refusal('ValidationError'))
  })

  test('shows tags, which can be changed and found', () => {
    const on = (ResourceId: string, more: Unchecked): Unchecked => ({
      ResourceId,
      ResourceType: 'auto-scaling-group',
      ...more,
    })
    const tags = (): Unchecked[] =>
      aws.call('autoscaling', 'DescribeTags', { Filters: [{ Name: 'auto-scaling-group', Values: ['a'] }] }).Tags
    const Tags = [on('a', { Key: 'letter', Value: 'x', PropagateAtLaunch: true }), on('a', { Key: 'more', Value: '' })]
    aws.call('autoscaling', 'CreateOrUpdateTags', { Tags })
    expect(tags()).toEqual([
      on('a', { Key: 'letter', Value: 'x', PropagateAtLaunch: true }),
      on('a', { Key: 'more', Value: '', PropagateAtLaunch: false }),
    ])
    aws.call('autoscaling', 'DeleteTags', { Tags: [on('a', { Key: 'letter' })] })
    expect(tags().map((tag) => tag['Key'])).toEqual(['more'])
    expect(() => aws.call('autoscaling', 'CreateOrUpdateTags', { Tags: [on('none', { Key: 'a' })] })).toThrow(
      refusal('ValidationError'),
    )
  })
})
