import { expect, test } from 'vitest'
import type { Unchecked } from '../../../src/local/world/operation.ts'
import { createGroup, idsOf, joins, ofShop, settledGroup } from './shopGroup.ts'
import { localAws, minutes } from '../support.ts'
import type { TestAws } from '../support.ts'

const configuration = { LaunchConfigurationName: 'shop', ImageId: 'ami-1', InstanceType: 'm5.large' }
const create = (aws: TestAws, input: Unchecked = {}): unknown =>
  aws.call('autoscaling', 'CreateLaunchConfiguration', { ...configuration, ...input })
const all = (aws: TestAws, input: Unchecked = {}): Unchecked[] =>
  aws.call('autoscaling', 'DescribeLaunchConfigurations', input).LaunchConfigurations
const refusal = (code: string, message: string) => expect.objectContaining({ code, message })

test('a launch configuration is created, described and deleted', () => {
  const aws = localAws()
  create(aws, { UserData: joins('shop'), SecurityGroups: ['sg-0123456789abcdef0'], IamInstanceProfile: 'ecs' })
  expect(all(aws)).toEqual([
    {
      ...configuration,
      UserData: joins('shop'),
      SecurityGroups: ['sg-0123456789abcdef0'],
      IamInstanceProfile: 'ecs',
      LaunchConfigurationARN: expect.stringMatching(
        /^arn:aws:autoscaling:us-east-1:123456789012:launchConfiguration:[0-9a-f-]{36}:launchConfigurationName\/shop$/,
      ),
      CreatedTime: aws.now / 1000,
      KeyName: '',
      KernelId: '',
      RamdiskId: '',
      ClassicLinkVPCSecurityGroups: [],
      BlockDeviceMappings: [],
      InstanceMonitoring: { Enabled: true },
      EbsOptimized: false,
    },
  ])
  create(aws, { LaunchConfigurationName: 'jobs' })
  expect(all(aws, { LaunchConfigurationNames: ['jobs', 'none'] })).toHaveLength(1)
  aws.call('autoscaling', 'DeleteLaunchConfiguration', { LaunchConfigurationName: 'jobs' })
  expect(all(aws)).toHaveLength(1)
})

test('an instance can be the model of one', () => {
  const aws = localAws()
  settledGroup(aws)
  const input = { LaunchConfigurationName: 'same', InstanceId: idsOf(aws)[0] }
  aws.call('autoscaling', 'CreateLaunchConfiguration', input)
  expect(all(aws)).toMatchObject([{ ImageId: 'ami-1', InstanceType: 't3.small' }])
})

test('one that a group uses cannot be deleted; one that only instances were launched from can', () => {
  const aws = localAws()
  create(aws)
  create(aws, { LaunchConfigurationName: 'next' })
  createGroup(aws, { LaunchConfigurationName: 'shop' })
  aws.advance(minutes(1))
  const remove = (): unknown =>
    aws.call('autoscaling', 'DeleteLaunchConfiguration', { LaunchConfigurationName: 'shop' })
  const message = 'Cannot delete launch configuration shop because it is attached to AutoScalingGroup shop'
  expect(remove).toThrow(refusal('ResourceInUse', message))
  ofShop(aws, 'UpdateAutoScalingGroup', { LaunchConfigurationName: 'next' })
  remove()
  expect(all(aws).map(({ LaunchConfigurationName: name }) => name)).toEqual(['next'])
})

test('a taken name, a missing AMI and an unknown launch configuration are refused', () => {
  const aws = localAws()
  create(aws)
  expect(() => create(aws)).toThrow(
    refusal(
      'AlreadyExists',
      'Launch Configuration by this name already exists - A launch configuration already exists with the name shop',
    ),
  )
  expect(() => create(aws, { LaunchConfigurationName: 'x', ImageId: undefined })).toThrow(
    refusal(
      'ValidationError',
      'Valid requests must contain either the InstanceID parameter or both the ImageId and InstanceType parameters.',
    ),
  )
  expect(() => aws.call('autoscaling', 'DeleteLaunchConfiguration', { LaunchConfigurationName: 'none' })).toThrow(
    refusal(
      'ValidationError',
      'Launch configuration name not found - A launch configuration with the name: none does not exist',
    ),
  )
  expect(all(aws)).toHaveLength(1)
})
