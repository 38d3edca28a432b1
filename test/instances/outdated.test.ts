import type { AutoScalingGroup, Instance } from '@aws-sdk/client-auto-scaling'
import { describe, expect, it } from 'vitest'
import {
  launchChoicesOf,
  outdatedBecause,
  shownLaunchChoices,
  unresolvedTemplates,
} from '../../src/instances/outdated.ts'

const templates = new Map([
  ['lt-1', { name: 'web', defaultVersion: '2', latestVersion: '5' }],
  ['lt-2', { name: 'arm', defaultVersion: '1', latestVersion: '1' }],
])
const web = { LaunchTemplateId: 'lt-1', LaunchTemplateName: 'web' }
const arm = { LaunchTemplateId: 'lt-2', LaunchTemplateName: 'arm' }

function group(of: Partial<AutoScalingGroup>): AutoScalingGroup {
  return { AutoScalingGroupName: 'web-asg', ...of } as AutoScalingGroup
}

function instance(of: Partial<Instance>): Instance {
  return { InstanceId: 'i-1', LifecycleState: 'InService', AvailabilityZone: 'a', ...of } as Instance
}

function because(of: Partial<AutoScalingGroup>, one: Partial<Instance>): string | undefined {
  return outdatedBecause(instance(one), launchChoicesOf(group(of), templates))
}

describe('whether an instance is outdated', () => {
  const mixed = (overrides: object[]): Partial<AutoScalingGroup> => ({
    MixedInstancesPolicy: {
      LaunchTemplate: { LaunchTemplateSpecification: { ...web, Version: '$Latest' }, Overrides: overrides },
    },
  })

  it.each<[string, Partial<AutoScalingGroup>, Partial<Instance>, string | undefined]>([
    ['the same launch configuration', { LaunchConfigurationName: 'a' }, { LaunchConfigurationName: 'a' }, undefined],
    [
      'another launch configuration',
      { LaunchConfigurationName: 'b' },
      { LaunchConfigurationName: 'a' },
      'launch configuration a instead of b',
    ],
    [
      'a launch configuration that was deleted',
      { LaunchConfigurationName: 'b' },
      {},
      'launch configuration none instead of b',
    ],
    [
      'the version that $Latest is',
      { LaunchTemplate: { ...web, Version: '$Latest' } },
      { LaunchTemplate: { ...web, Version: '5' } },
      undefined,
    ],
    [
      'not the version that $Default is',
      { LaunchTemplate: { ...web, Version: '$Default' } },
      { LaunchTemplate: { ...web, Version: '5' } },
      'version 5 of launch template web instead of 2',
    ],
    [
      'the default version where none is named',
      { LaunchTemplate: web },
      { LaunchTemplate: { ...web, Version: '2' } },
      undefined,
    ],
    [
      'another template',
      { LaunchTemplate: { ...web, Version: '1' } },
      { LaunchTemplate: { ...arm, Version: '1' } },
      'launch template arm instead of web',
    ],
    [
      'a launch configuration where the group has a template by now',
      { LaunchTemplate: { ...web, Version: '1' } },
      { LaunchConfigurationName: 'a' },
      'no launch template instead of web',
    ],
    [
      'a type among the overrides',
      mixed([{ InstanceType: 'm5.large' }, { InstanceType: 'm6i.large' }]),
      { LaunchTemplate: { ...web, Version: '5' }, InstanceType: 'm6i.large' },
      undefined,
    ],
    [
      'a type that is no override any more',
      mixed([{ InstanceType: 'm5.large' }]),
      { LaunchTemplate: { ...web, Version: '5' }, InstanceType: 't3.large' },
      'instance type t3.large, which the group no longer starts',
    ],
    [
      "the override's own template",
      mixed([{ InstanceType: 'm5.large' }, { InstanceType: 'm6g.large', LaunchTemplateSpecification: arm }]),
      { LaunchTemplate: { ...arm, Version: '1' }, InstanceType: 'm6g.large' },
      undefined,
    ],
    [
      'the base template where the override has one of its own',
      mixed([{ InstanceType: 'm5.large' }, { InstanceType: 'm6g.large', LaunchTemplateSpecification: arm }]),
      { LaunchTemplate: { ...web, Version: '5' }, InstanceType: 'm6g.large' },
      'instance type m6g.large, which the group no longer starts',
    ],
    [
      'any type where the override has requirements',
      mixed([{ InstanceRequirements: { VCpuCount: { Min: 2 }, MemoryMiB: { Min: 1 } } }]),
      { LaunchTemplate: { ...web, Version: '5' }, InstanceType: 'c7i.large' },
      undefined,
    ],
    [
      'a policy without overrides',
      mixed([]),
      { LaunchTemplate: { ...web, Version: '4' }, InstanceType: 'c7i.large' },
      'version 4 of launch template web instead of 5',
    ],
    [
      "another AMI than the override's",
      mixed([{ InstanceType: 'm5.large', ImageId: 'ami-2' }]),
      { LaunchTemplate: { ...web, Version: '5' }, InstanceType: 'm5.large', ImageId: 'ami-1' },
      'another AMI than ami-2',
    ],
  ])('%s', (_what, of, one, why) => {
    expect(because(of, one)).toBe(why)
  })

  it('takes EC2 only for versions that are not numbers', () => {
    expect(unresolvedTemplates(group({ LaunchTemplate: { ...web, Version: '7' } }))).toEqual([])
    expect(unresolvedTemplates(group({ LaunchTemplate: { ...web, Version: '$Latest' } }))).toEqual(['lt-1'])
    expect(unresolvedTemplates(group({ LaunchTemplate: web }))).toEqual(['lt-1'])
    expect(unresolvedTemplates(group({ LaunchConfigurationName: 'a' }))).toEqual([])
    const policy = mixed([{ InstanceType: 'm6g.large', LaunchTemplateSpecification: arm }])
    expect(unresolvedTemplates(group(policy))).toEqual(['lt-1', 'lt-2'])
  })

  it('shows what a group would launch in one line', () => {
    const told = (of: Partial<AutoScalingGroup>): string => shownLaunchChoices(launchChoicesOf(group(of), templates))
    expect(told({ LaunchConfigurationName: 'a' })).toBe('launch configuration a')
    expect(told({ LaunchTemplate: { ...web, Version: '$Latest' } })).toBe('launch template web, version 5')
    expect(
      told(
        mixed([
          { InstanceType: 'm5.large' },
          { InstanceType: 'm6i.large' },
          { InstanceType: 'm6g.large', LaunchTemplateSpecification: arm },
        ]),
      ),
    ).toBe('launch template web, version 5 as m5.large or m6i.large; launch template arm, version 1 as m6g.large')
  })
})
