import { describe, expect, test } from 'vitest'
import type { Unchecked } from '../../../src/local/world/operation.ts'
import { createTemplate, idsOf, instancesOf, settledGroup, terminate } from '../autoscaling/shopGroup.ts'
import { localAws, minutes } from '../support.ts'
import type { TestAws } from '../support.ts'

const refusal = (code: string, message?: string) =>
  expect.objectContaining({ code, ...(message !== undefined && { message }) })
const found = (aws: TestAws, input: Unchecked): any[] =>
  aws.call('ec2', 'DescribeInstances', input).Reservations.flatMap((each: Unchecked) => each['Instances'])

describe('DescribeInstances', () => {
  test('shows an instance with its placement, type and profile', () => {
    const aws = localAws()
    createTemplate(aws, 'shop', { KeyName: 'key', IamInstanceProfile: { Name: 'ecsInstanceRole' } })
    settledGroup(aws, { DesiredCapacity: 1, LaunchTemplate: { LaunchTemplateName: 'shop' } })
    const [{ Instances, ReservationId, OwnerId }] = aws.call('ec2', 'DescribeInstances').Reservations
    expect([ReservationId, OwnerId]).toEqual([expect.stringMatching(/^r-[0-9a-f]{17}$/), '123456789012'])
    expect(Instances).toMatchObject([
      {
        InstanceId: idsOf(aws)[0],
        ImageId: 'ami-1',
        InstanceType: 't3.small',
        State: { Code: 16, Name: 'running' },
        LaunchTime: (aws.now - minutes(2)) / 1000 + 2,
        Placement: { AvailabilityZone: 'us-east-1a' },
        VpcId: 'vpc-0123456789abcdef0',
        SubnetId: 'subnet-0123456789abcdef0',
        SecurityGroups: [{ GroupId: 'sg-0123456789abcdef0', GroupName: 'default' }],
        PrivateIpAddress: expect.stringMatching(/^172\.31\.\d{1,2}\.\d{1,3}$/),
        KeyName: 'key',
        IamInstanceProfile: { Arn: 'arn:aws:iam::123456789012:instance-profile/ecsInstanceRole' },
        Architecture: 'x86_64',
        Tags: [{ Key: 'aws:autoscaling:groupName', Value: 'shop' }],
      },
    ])
  })

  test('finds by id and by filters', () => {
    const aws = localAws()
    settledGroup(aws)
    const [one = '', two = ''] = idsOf(aws)
    terminate(aws, one)
    const byState = (name: string): string[] =>
      found(aws, { Filters: [{ Name: 'instance-state-name', Values: [name] }] }).map(({ InstanceId }) => InstanceId)
    expect([byState('running'), byState('shutting-down'), byState('stopped')]).toEqual([[two], [one], []])
    expect(found(aws, { InstanceIds: [two] })).toHaveLength(1)
    const Filters = [{ Name: 'availability-zone', Values: [instancesOf(aws)[1]!.AvailabilityZone] }]
    expect(found(aws, { Filters })).toMatchObject([{ InstanceId: two }])
  })

  test.each([
    [
      'DescribeInstances',
      ['i-0123456789abcdef0'],
      'InvalidInstanceID.NotFound',
      "The instance ID 'i-0123456789abcdef0' does not exist",
    ],
    [
      'TerminateInstances',
      ['i-0123456789abcdef0', 'i-0123456789abcdef1'],
      'InvalidInstanceID.NotFound',
      "The instance IDs 'i-0123456789abcdef0, i-0123456789abcdef1' do not exist",
    ],
    ['TerminateInstances', ['web'], 'InvalidInstanceID.Malformed', 'Invalid id: "web"'],
  ])('%s refuses %j with %s', (operation, InstanceIds, code, message) => {
    expect(() => localAws().call('ec2', operation, { InstanceIds })).toThrow(refusal(code, message))
  })
})

describe('TerminateInstances', () => {
  test('terminates none when one of them does not exist', () => {
    const aws = localAws()
    settledGroup(aws)
    const InstanceIds = [...idsOf(aws), 'i-0123456789abcdef0']
    expect(() => aws.call('ec2', 'TerminateInstances', { InstanceIds })).toThrow(refusal('InvalidInstanceID.NotFound'))
    expect(found(aws, {}).map(({ State }) => State.Name)).toEqual(['running', 'running'])
  })

  test('of a terminated instance succeeds', () => {
    const aws = localAws()
    settledGroup(aws)
    const [id = ''] = idsOf(aws)
    terminate(aws, id)
    aws.advance(minutes(1))
    const before = JSON.stringify(aws.region.instances[id])
    const state = { Code: 48, Name: 'terminated' }
    expect(terminate(aws, id).TerminatingInstances).toEqual([
      { InstanceId: id, PreviousState: state, CurrentState: state },
    ])
    expect(JSON.stringify(aws.region.instances[id])).toBe(before)
  })
})

describe('DescribeInstanceTypes', () => {
  const types = (input: Unchecked): any[] => localAws().call('ec2', 'DescribeInstanceTypes', input).InstanceTypes
  test.each([
    ['t3.micro', 2, 1024, 'x86_64'],
    ['t4g.large', 2, 8192, 'arm64'],
    ['m5.large', 2, 8192, 'x86_64'],
    ['m6i.32xlarge', 128, 524_288, 'x86_64'],
    ['c5.9xlarge', 36, 73_728, 'x86_64'],
    ['r5.xlarge', 4, 32_768, 'x86_64'],
    ['m7g.medium', 1, 4096, 'arm64'],
    ['t2.micro', 1, 1024, 'x86_64'],
  ])('knows %s: %i vCPUs, %i MiB, %s', (InstanceType, vCpus, memory, architecture) => {
    expect(types({ InstanceTypes: [InstanceType] })).toMatchObject([
      {
        InstanceType,
        VCpuInfo: { DefaultVCpus: vCpus },
        MemoryInfo: { SizeInMiB: memory },
        ProcessorInfo: { SupportedArchitectures: [architecture] },
      },
    ])
  })

  test('lists the usual types, filtered', () => {
    const Filters = [
      { Name: 'instance-type', Values: ['m*'] },
      { Name: 'vcpu-info.default-vcpus', Values: ['2'] },
    ]
    expect(types({ Filters }).map(({ InstanceType }) => InstanceType)).toEqual(['m5.large', 'm6i.large'])
  })

  test.each(['z9.huge', 't3.24xlarge', 'm5', 'm5.huge', '__proto__', 't3.constructor', 'm5.constructor'])(
    'does not know %s',
    (InstanceType) => {
      expect(() => types({ InstanceTypes: ['m5.large', InstanceType] })).toThrow(
        refusal('InvalidInstanceType', `The following supplied instance types do not exist: [${InstanceType}]`),
      )
    },
  )
})
