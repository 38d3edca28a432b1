import { describe, expect, test } from 'vitest'
import type { Unchecked } from '../../../src/local/world/operation.ts'
import { createTemplate, idsOf, instancesOf, ofShop, settledGroup } from './shopGroup.ts'
import { localAws, minutes } from '../support.ts'
import type { TestAws } from '../support.ts'

const zone = { AvailabilityZones: ['us-east-1a'] }

/** Scales to a size, changing what is given, and waits; answers the ids that came or went. */
function scale(aws: TestAws, DesiredCapacity: number, more: Unchecked = {}): string[] {
  const before = idsOf(aws)
  ofShop(aws, 'UpdateAutoScalingGroup', { DesiredCapacity, ...more })
  aws.advance(minutes(2))
  const after = idsOf(aws)
  return [...before.filter((id) => !after.includes(id)), ...after.filter((id) => !before.includes(id))]
}

describe('A group that scales in terminates', () => {
  test('an instance of the zone that has most of them', () => {
    const aws = localAws()
    settledGroup(aws, { DesiredCapacity: 4 })
    expect(instancesOf(aws).filter(({ AvailabilityZone }) => AvailabilityZone === 'us-east-1a')).toHaveLength(2)
    scale(aws, 3)
    const zones = instancesOf(aws).map(({ AvailabilityZone }): string => AvailabilityZone)
    expect(zones.toSorted()).toEqual(['us-east-1a', 'us-east-1b', 'us-east-1c'])
  })

  test('one of the fullest zone that has an unprotected instance', () => {
    const aws = localAws()
    settledGroup(aws, { DesiredCapacity: 4 })
    const inA = instancesOf(aws).filter(({ AvailabilityZone }) => AvailabilityZone === 'us-east-1a')
    const InstanceIds = inA.map(({ InstanceId }) => InstanceId)
    ofShop(aws, 'SetInstanceProtection', { InstanceIds, ProtectedFromScaleIn: true })
    scale(aws, 3)
    expect(idsOf(aws)).toEqual(expect.arrayContaining(InstanceIds))
  })

  test('those of a launch configuration before those of a launch template, the oldest of them first', () => {
    const aws = localAws()
    for (const LaunchConfigurationName of ['one', 'two']) {
      const input = { LaunchConfigurationName, ImageId: 'ami-1', InstanceType: 't3.small' }
      aws.call('autoscaling', 'CreateLaunchConfiguration', input)
      aws.advance(minutes(1))
    }
    createTemplate(aws)
    settledGroup(aws, { ...zone, DesiredCapacity: 1, LaunchConfigurationName: 'two' })
    const [two] = idsOf(aws)
    const [template] = scale(aws, 2, { LaunchTemplate: { LaunchTemplateName: 'shop' } })
    const [one] = scale(aws, 3, { LaunchConfigurationName: 'one' })
    expect([scale(aws, 2), scale(aws, 1), idsOf(aws)]).toEqual([[one], [two], [template]])
  })

  test('those of the oldest version of a launch template first, of a deleted one before all', () => {
    const aws = localAws()
    const LaunchTemplateId = createTemplate(aws)
    const other = createTemplate(aws, 'other')
    const latest = { LaunchTemplateId, Version: '$Latest' }
    settledGroup(aws, { ...zone, DesiredCapacity: 1, LaunchTemplate: { LaunchTemplateId, Version: '$Latest' } })
    const [first] = idsOf(aws)
    const version = { LaunchTemplateId, LaunchTemplateData: { ImageId: 'ami-2' }, SourceVersion: '1' }
    aws.call('ec2', 'CreateLaunchTemplateVersion', version)
    const [second] = scale(aws, 2)
    const [deleted] = scale(aws, 3, { LaunchTemplate: { LaunchTemplateId: other } })
    ofShop(aws, 'UpdateAutoScalingGroup', { LaunchTemplate: latest })
    aws.call('ec2', 'DeleteLaunchTemplate', { LaunchTemplateId: other })
    expect([scale(aws, 2), scale(aws, 1), idsOf(aws)]).toEqual([[deleted], [first], [second]])
  })

  test.each([
    ['OldestInstance', 0],
    ['NewestInstance', 2],
    ['ClosestToNextInstanceHour', 1],
  ])('what another policy says: %s', (policy, index) => {
    const aws = localAws()
    settledGroup(aws, { ...zone, DesiredCapacity: 1, TerminationPolicies: [policy] })
    const ids = idsOf(aws)
    // The first one is 78 minutes old in the end, the second 55, the third 20.
    aws.advance(minutes(21))
    ids.push(...scale(aws, 2))
    aws.advance(minutes(33))
    ids.push(...scale(aws, 3))
    aws.advance(minutes(18))
    expect(scale(aws, 2)).toEqual([ids[index]])
  })
})
