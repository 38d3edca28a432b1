import { describe, expect, test } from 'vitest'
import type { Unchecked } from '../../../src/local/world/operation.ts'
import {
  activitiesOf,
  createGroup,
  ec2State,
  groupOf,
  idsOf,
  instancesOf,
  joinedOf,
  ofShop,
  settledGroup,
  statesOf,
  terminate,
} from './shopGroup.ts'
import { localAws, minutes, seconds } from '../support.ts'

const refusal = (code: string, message?: string) =>
  expect.objectContaining({ code, ...(message !== undefined && { message }) })
const unknown = 'i-0123456789abcdef0'

describe('An instance that is detached', () => {
  test('keeps running in its cluster, on its own, and is not replaced by the group', () => {
    const aws = localAws()
    settledGroup(aws)
    const [detached = '', kept = ''] = idsOf(aws)
    const input = { InstanceIds: [detached], ShouldDecrementDesiredCapacity: true }
    const { Activities } = ofShop(aws, 'DetachInstances', input)
    expect(Activities).toMatchObject([
      {
        Description: `Detaching EC2 instance: ${detached}`,
        StatusCode: 'InProgress',
        Cause:
          `At 2026-01-01T00:02:00Z instance ${detached} was detached in response to a user request, ` +
          'shrinking the capacity from 2 to 1.',
      },
    ])
    expect(statesOf(aws)).toEqual(['Detaching', 'InService'])
    aws.advance(seconds(10))
    expect([idsOf(aws), groupOf(aws).DesiredCapacity]).toEqual([[kept], 1])
    expect(activitiesOf(aws).every(({ StatusCode }) => StatusCode === 'Successful')).toBe(true)
    aws.advance(minutes(120))
    expect(ec2State(aws, detached)).toBe('running')
    expect(joinedOf(aws)).toContain(detached)
    const { Reservations } = aws.call('ec2', 'DescribeInstances', { InstanceIds: [detached] })
    expect(Reservations[0].Instances[0].Tags).toEqual([])
    terminate(aws, detached)
    aws.advance(seconds(30))
    expect([ec2State(aws, detached), joinedOf(aws), idsOf(aws)]).toEqual(['terminated', [kept], [kept]])
  })

  test('is replaced when the desired capacity stays', () => {
    const aws = localAws()
    settledGroup(aws)
    const [detached = ''] = idsOf(aws)
    ofShop(aws, 'DetachInstances', { InstanceIds: [detached], ShouldDecrementDesiredCapacity: false })
    aws.advance(minutes(1))
    expect([idsOf(aws, 'InService').length, groupOf(aws).DesiredCapacity]).toEqual([2, 2])
    expect(Object.keys(aws.region.instances)).toHaveLength(3)
  })

  test('can be attached again, up to the maximum', () => {
    const aws = localAws()
    settledGroup(aws, { MaxSize: 2 })
    const [detached = ''] = idsOf(aws)
    ofShop(aws, 'DetachInstances', { InstanceIds: [detached], ShouldDecrementDesiredCapacity: true })
    aws.advance(minutes(1))
    ofShop(aws, 'AttachInstances', { InstanceIds: [detached] })
    expect([statesOf(aws), groupOf(aws).DesiredCapacity]).toEqual([['InService', 'Pending'], 2])
    aws.advance(seconds(10))
    expect(statesOf(aws)).toEqual(['InService', 'InService'])
    ofShop(aws, 'DetachInstances', { InstanceIds: [detached], ShouldDecrementDesiredCapacity: false })
    aws.advance(minutes(1))
    expect(() => ofShop(aws, 'AttachInstances', { InstanceIds: [detached] })).toThrow(
      refusal(
        'ValidationError',
        'AutoScalingGroup shop has min-size=1, max-size=2, and desired-size=2. To attach 1 instance, please update ' +
          'the AutoScalingGroup sizes appropriately.',
      ),
    )
  })

  test.each<[string, (ids: string[]) => string[], string]>([
    [
      'below the minimum',
      (ids) => ids,
      'AutoScalingGroup shop has min-size=1, max-size=6, and desired-size=2. To detach 2 instances, please update the ' +
        'AutoScalingGroup sizes appropriately.',
    ],
    ['that is not there', () => [unknown], `The instance ${unknown} is not part of Auto Scaling group shop.`],
    ['of no id', () => [], 'At least one instance ID must be specified.'],
  ])('%s is refused, and nothing changes', (_title, wanted, message) => {
    const aws = localAws()
    settledGroup(aws)
    const before = JSON.stringify(aws.region)
    const input = { InstanceIds: wanted(idsOf(aws)), ShouldDecrementDesiredCapacity: true }
    expect(() => ofShop(aws, 'DetachInstances', input)).toThrow(refusal('ValidationError', message))
    expect(JSON.stringify(aws.region)).toBe(before)
  })

  test('while it is still pending is refused', () => {
    const aws = localAws()
    createGroup(aws)
    aws.advance(seconds(5))
    const [id = ''] = idsOf(aws)
    const input = { InstanceIds: [id], ShouldDecrementDesiredCapacity: false }
    expect(() => ofShop(aws, 'DetachInstances', input)).toThrow(
      refusal('ValidationError', `The instance ${id} is not in InService or Standby.`),
    )
  })
})

test('an instance is attached only if it runs, in one of the zones, and in no other group', () => {
  const aws = localAws()
  settledGroup(aws)
  const [mine = '', lost = ''] = idsOf(aws)
  aws.call('autoscaling', 'CreateAutoScalingGroup', {
    AutoScalingGroupName: 'other',
    MinSize: 0,
    MaxSize: 3,
    AvailabilityZones: ['us-east-1c'],
    LaunchTemplate: { LaunchTemplateName: 'shop' },
  })
  const attach = (id: string) => (): unknown =>
    aws.call('autoscaling', 'AttachInstances', { AutoScalingGroupName: 'other', InstanceIds: [id] })
  expect(attach(mine)).toThrow(refusal('ValidationError', `Instance ${mine} is already part of AutoScalingGroup:shop`))
  expect(attach(unknown)).toThrow(refusal('ValidationError', `Invalid Instance ID(s): [${unknown}] specified.`))
  ofShop(aws, 'DetachInstances', { InstanceIds: [mine, lost], ShouldDecrementDesiredCapacity: false })
  aws.advance(minutes(1))
  expect(attach(mine)).toThrow(refusal('ValidationError', expect.stringMatching(/is in us-east-1a, which is none/)))
  terminate(aws, lost)
  expect(attach(lost)).toThrow(refusal('ValidationError', expect.stringMatching(/is not in correct state/)))
  expect(groupOf(aws, 'other').Instances).toEqual([])
})

describe('An instance in standby', () => {
  test('stays in its group, does not count, and returns to service', () => {
    const aws = localAws()
    settledGroup(aws)
    const [id = ''] = idsOf(aws)
    const entered = ofShop(aws, 'EnterStandby', { InstanceIds: [id], ShouldDecrementDesiredCapacity: true })
    expect(entered.Activities).toMatchObject([{ Description: `Moving EC2 instance to Standby: ${id}` }])
    expect(statesOf(aws)).toEqual(['EnteringStandby', 'InService'])
    aws.advance(minutes(30))
    expect([statesOf(aws), groupOf(aws).DesiredCapacity]).toEqual([['Standby', 'InService'], 1])
    const exited = ofShop(aws, 'ExitStandby', { InstanceIds: [id] })
    expect(exited.Activities).toMatchObject([
      {
        Description: `Moving EC2 instance out of Standby: ${id}`,
        Cause: expect.stringMatching(/was moved out of standby .* increasing the capacity from 1 to 2\.$/),
      },
    ])
    aws.advance(seconds(10))
    expect([statesOf(aws), groupOf(aws).DesiredCapacity]).toEqual([['InService', 'InService'], 2])
  })

  test('is replaced when the desired capacity stays, and one instance is terminated when it returns and the capacity is lowered', () => {
    const aws = localAws()
    settledGroup(aws)
    const [id = ''] = idsOf(aws)
    ofShop(aws, 'EnterStandby', { InstanceIds: [id], ShouldDecrementDesiredCapacity: false })
    aws.advance(minutes(1))
    expect(statesOf(aws).toSorted()).toEqual(['InService', 'InService', 'Standby'])
    ofShop(aws, 'ExitStandby', { InstanceIds: [id] })
    aws.advance(minutes(1))
    expect([statesOf(aws).length, groupOf(aws).DesiredCapacity]).toEqual([3, 3])
    ofShop(aws, 'SetDesiredCapacity', { DesiredCapacity: 2 })
    aws.advance(minutes(1))
    expect(statesOf(aws)).toEqual(['InService', 'InService'])
  })

  test('cannot leave the group with less than its minimum, nor return to a full one', () => {
    const aws = localAws()
    settledGroup(aws, { MaxSize: 2 })
    const ids = idsOf(aws)
    expect(() => ofShop(aws, 'EnterStandby', { InstanceIds: ids, ShouldDecrementDesiredCapacity: true })).toThrow(
      refusal('ValidationError', expect.stringMatching(/To place into standby 2 instances, please update/)),
    )
    ofShop(aws, 'EnterStandby', { InstanceIds: ids.slice(0, 1), ShouldDecrementDesiredCapacity: false })
    aws.advance(minutes(1))
    expect(() => ofShop(aws, 'ExitStandby', { InstanceIds: ids.slice(0, 1) })).toThrow(
      refusal('ValidationError', expect.stringMatching(/has min-size=1, max-size=2, and desired-size=2\./)),
    )
    expect(() => ofShop(aws, 'ExitStandby', { InstanceIds: ids.slice(1) })).toThrow(
      refusal('ValidationError', `The instance ${ids[1]} is not in Standby.`),
    )
  })

  test('that was terminated in EC2 is detected when it returns to service', () => {
    const aws = localAws()
    settledGroup(aws)
    const [id = ''] = idsOf(aws)
    ofShop(aws, 'EnterStandby', { InstanceIds: [id], ShouldDecrementDesiredCapacity: true })
    aws.advance(minutes(1))
    terminate(aws, id)
    aws.advance(minutes(10))
    expect(idsOf(aws, 'Standby')).toEqual([id])
    ofShop(aws, 'ExitStandby', { InstanceIds: [id] })
    aws.advance(minutes(2))
    expect(idsOf(aws, 'InService')).toHaveLength(2)
    expect(idsOf(aws)).not.toContain(id)
  })
})

describe('TerminateInstanceInAutoScalingGroup', () => {
  const ask = (ShouldDecrementDesiredCapacity: boolean, InstanceId: string): Unchecked => ({
    InstanceId,
    ShouldDecrementDesiredCapacity,
  })

  test('terminates one instance, which is replaced', () => {
    const aws = localAws()
    settledGroup(aws)
    const [id = ''] = idsOf(aws)
    const { Activity } = aws.call('autoscaling', 'TerminateInstanceInAutoScalingGroup', ask(false, id))
    expect(Activity).toMatchObject({ Description: `Terminating EC2 instance: ${id}`, StatusCode: 'InProgress' })
    expect([statesOf(aws), ec2State(aws, id)]).toEqual([['Terminating', 'InService'], 'shutting-down'])
    aws.advance(minutes(1))
    expect(idsOf(aws, 'InService')).toHaveLength(2)
    expect(joinedOf(aws)).not.toContain(id)
  })

  test('or terminates it without replacement, even when it is protected from scale-in, down to the minimum', () => {
    const aws = localAws()
    settledGroup(aws)
    const [id = '', last = ''] = idsOf(aws)
    ofShop(aws, 'SetInstanceProtection', { InstanceIds: [id], ProtectedFromScaleIn: true })
    aws.call('autoscaling', 'TerminateInstanceInAutoScalingGroup', ask(true, id))
    aws.advance(minutes(1))
    expect([idsOf(aws), groupOf(aws).DesiredCapacity]).toEqual([[last], 1])
    expect(() => aws.call('autoscaling', 'TerminateInstanceInAutoScalingGroup', ask(true, last))).toThrow(
      refusal(
        'ValidationError',
        'Currently, desiredSize equals minSize (1). Terminating instance without replacement will violate ' +
          "group's min size constraint. Either set shouldDecrementDesiredCapacity flag to false or lower group's min size.",
      ),
    )
  })

  test('refuses an instance without a group and one that is terminating', () => {
    const aws = localAws()
    settledGroup(aws)
    const [id = ''] = idsOf(aws)
    const again = (): unknown => aws.call('autoscaling', 'TerminateInstanceInAutoScalingGroup', ask(false, id))
    again()
    expect(again).toThrow(refusal('ScalingActivityInProgress'))
    expect(() => aws.call('autoscaling', 'TerminateInstanceInAutoScalingGroup', ask(false, unknown))).toThrow(
      refusal('ValidationError', `Instance Id not found - No managed instance found for instance ID: ${unknown}`),
    )
  })
})

describe('Protection from scale-in', () => {
  test('keeps instances, those that are launched protected too, and says so when all are', () => {
    const aws = localAws()
    settledGroup(aws, { NewInstancesProtectedFromScaleIn: true })
    const [free = '', kept = ''] = idsOf(aws)
    ofShop(aws, 'SetDesiredCapacity', { DesiredCapacity: 1 })
    aws.advance(minutes(10))
    expect(idsOf(aws, 'InService')).toEqual([free, kept])
    expect(activitiesOf(aws)[0]).toMatchObject({
      StatusCode: 'Cancelled',
      StatusMessage: 'Could not scale to desired capacity because all remaining instances are protected from scale-in.',
    })
    ofShop(aws, 'SetInstanceProtection', { InstanceIds: [free], ProtectedFromScaleIn: false })
    aws.advance(minutes(1))
    expect(idsOf(aws)).toEqual([kept])
    expect(activitiesOf(aws).filter(({ StatusCode }) => StatusCode === 'Cancelled')).toHaveLength(1)
  })

  test('is shown of every instance of every group', () => {
    const aws = localAws()
    settledGroup(aws)
    const [id = ''] = idsOf(aws)
    ofShop(aws, 'SetInstanceProtection', { InstanceIds: [id], ProtectedFromScaleIn: true })
    const { AutoScalingInstances } = aws.call('autoscaling', 'DescribeAutoScalingInstances', {
      InstanceIds: [id, unknown],
    })
    const [shown] = instancesOf(aws)
    expect(AutoScalingInstances).toEqual([{ ...shown, AutoScalingGroupName: 'shop', HealthStatus: 'HEALTHY' }])
    expect(shown?.['ProtectedFromScaleIn']).toBe(true)
  })
})

describe('A group whose processes are suspended', () => {
  test.each([
    ['Launch', 4],
    ['Terminate', 1],
  ])('does not %s, until they are resumed', (process, DesiredCapacity) => {
    const aws = localAws()
    settledGroup(aws)
    ofShop(aws, 'SuspendProcesses', { ScalingProcesses: [process] })
    ofShop(aws, 'SetDesiredCapacity', { DesiredCapacity })
    aws.advance(minutes(30))
    expect(statesOf(aws)).toEqual(['InService', 'InService'])
    expect(groupOf(aws).SuspendedProcesses).toEqual([
      { ProcessName: process, SuspensionReason: 'User suspended at 2026-01-01T00:02:00Z' },
    ])
    ofShop(aws, 'ResumeProcesses', { ScalingProcesses: [process] })
    aws.advance(minutes(1))
    expect([idsOf(aws, 'InService').length, groupOf(aws).SuspendedProcesses]).toEqual([DesiredCapacity, []])
  })

  test('has all of them suspended when none is named, and each only once', () => {
    const aws = localAws()
    settledGroup(aws)
    ofShop(aws, 'SuspendProcesses', { ScalingProcesses: ['Launch'] })
    ofShop(aws, 'SuspendProcesses')
    const names = groupOf(aws).SuspendedProcesses.map(({ ProcessName }: Unchecked) => ProcessName)
    expect([names.length, new Set(names).size]).toEqual([9, 9])
    ofShop(aws, 'ResumeProcesses')
    expect(groupOf(aws).SuspendedProcesses).toEqual([])
    expect(() => ofShop(aws, 'SuspendProcesses', { ScalingProcesses: ['Sleep'] })).toThrow(refusal('ValidationError'))
  })
})
