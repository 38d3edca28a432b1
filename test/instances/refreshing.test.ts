import type { AutoScalingGroup, Instance } from '@aws-sdk/client-auto-scaling'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { batchSize, batchesOf } from '../../src/instances/planRefresh.ts'
import {
  desiredCapacityNote,
  desiredCapacityTag,
  isMarked,
  replacedInAttribute,
  replacedInValue,
  settledCapacity,
} from '../../src/instances/refreshNotes.ts'
import { undrainableBecause } from '../../src/instances/fleet.ts'
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

describe('an instance is outdated', () => {
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
  ])('or not: %s', (_what, of, one, why) => {
    expect(because(of, one)).toBe(why)
  })

  it('EC2 has to be asked only for versions that are not numbers', () => {
    expect(unresolvedTemplates(group({ LaunchTemplate: { ...web, Version: '7' } }))).toEqual([])
    expect(unresolvedTemplates(group({ LaunchTemplate: { ...web, Version: '$Latest' } }))).toEqual(['lt-1'])
    expect(unresolvedTemplates(group({ LaunchTemplate: web }))).toEqual(['lt-1'])
    expect(unresolvedTemplates(group({ LaunchConfigurationName: 'a' }))).toEqual([])
    const policy = mixed([{ InstanceType: 'm6g.large', LaunchTemplateSpecification: arm }])
    expect(unresolvedTemplates(group(policy))).toEqual(['lt-1', 'lt-2'])
  })

  it('what a group would start is told in a line', () => {
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

describe('batches', () => {
  it.each([
    ['1', 10, 1],
    ['3', 10, 3],
    ['20%', 10, 2],
    ['20%', 11, 3],
    ['1%', 10, 1],
    ['100%', 10, 10],
    ['50%', 0, 1],
  ])('%s of %i are %i', (text, all, size) => {
    expect(batchSize(text, all)).toBe(size)
  })

  it.each(['0', '0%', '101%', '-1', '1.5', 'all', '', '%', '1 %'])('%j is none', (text) => {
    expect(() => batchSize(text, 10)).toThrow('is not a number of instances')
  })

  it('hold every instance once, none too many, and leave the zones as even as they can', () => {
    const zones = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 30 })
    fc.assert(
      fc.property(zones, fc.integer({ min: 1, max: 7 }), (all, size) => {
        const instances = all.map((zone, index) => instance({ InstanceId: `i-${index}`, AvailabilityZone: zone }))
        const batches = batchesOf(instances, size)
        expect(new Set(batches.flat())).toEqual(new Set(instances))
        expect(batches.flat()).toHaveLength(instances.length)
        expect(batches.slice(0, -1).every((batch) => batch.length === size)).toBe(true)
        let left = instances
        const spread = (): number => {
          const counts = ['a', 'b', 'c'].map((zone) => left.filter((one) => one.AvailabilityZone === zone).length)
          return Math.max(...counts) - Math.min(...counts)
        }
        for (const one of batches.flat()) {
          const before = spread()
          left = left.filter((other) => other !== one)
          expect(spread()).toBeLessThanOrEqual(Math.max(before, 1))
        }
      }),
    )
  })
})

describe('a service cannot be drained', () => {
  it.each([
    [100, 100, 3, true],
    [100, 200, 3, false],
    [50, 100, 3, false],
    [50, 150, 1, true],
    [0, 100, 1, false],
    [100, 133, 3, true],
    [100, 134, 3, false],
    [100, 100, 0, false],
  ])('or can, with %i and %i percent of %i', (minimumHealthyPercent, maximumPercent, desiredCount, blocked) => {
    const service = { desiredCount, deploymentConfiguration: { minimumHealthyPercent, maximumPercent } }
    expect(undrainableBecause(service) !== undefined).toBe(blocked)
    expect(undrainableBecause({ ...service, schedulingStrategy: 'DAEMON' })).toBeUndefined()
  })
})

describe('what a run leaves in AWS for the next', () => {
  it('the note counts while the desired capacity is as far from it as that run could have taken it', () => {
    const noted = (DesiredCapacity: number, Value = desiredCapacityNote(10, 2)): number =>
      settledCapacity(group({ DesiredCapacity, Tags: [{ Key: desiredCapacityTag, Value }] }))
    expect([7, 8, 10, 12, 13].map((desired) => noted(desired))).toEqual([7, 10, 10, 10, 13])
    expect(noted(12, 'ten')).toBe(12)
    expect(settledCapacity(group({ DesiredCapacity: 4 }))).toBe(4)
  })

  it('a mark is of one group, whatever the group is called', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 255, unit: 'grapheme' }), (name) => {
        const value = replacedInValue(name)
        expect(value).toMatch(/^[\w\-.@/\\:](?:[\w\-.@/\\: ]{0,126}[\w\-.@/\\:])?$/)
        expect(isMarked({ attributes: [{ name: replacedInAttribute, value }] }, name)).toBe(true)
        expect(isMarked({ attributes: [{ name: replacedInAttribute, value }] }, `${name}2`)).toBe(false)
        expect(isMarked({ attributes: [{ name: 'other', value }] }, name)).toBe(false)
      }),
    )
  })
})
