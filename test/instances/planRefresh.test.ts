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

function group(of: Partial<AutoScalingGroup>): AutoScalingGroup {
  return { AutoScalingGroupName: 'web-asg', ...of } as AutoScalingGroup
}

function instance(of: Partial<Instance>): Instance {
  return { InstanceId: 'i-1', LifecycleState: 'InService', AvailabilityZone: 'a', ...of } as Instance
}

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

  it.each(['0', '0%', '101%', '-1', '1.5', 'all', '', '%', '1 %'])('%j is no batch size', (text) => {
    expect(() => batchSize(text, 10)).toThrow('is not a number of instances')
  })

  it('hold every instance once, are of the right size, and keep the zones balanced', () => {
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

describe('draining a service', () => {
  it.each([
    [100, 100, 3, true],
    [100, 200, 3, false],
    [50, 100, 3, false],
    [50, 150, 1, true],
    [0, 100, 1, false],
    [100, 133, 3, true],
    [100, 134, 3, false],
    [100, 100, 0, false],
  ])(
    'with %i to %i percent of %i tasks is impossible: %j',
    (minimumHealthyPercent, maximumPercent, desiredCount, blocked) => {
      const service = { desiredCount, deploymentConfiguration: { minimumHealthyPercent, maximumPercent } }
      expect(undrainableBecause(service) !== undefined).toBe(blocked)
      expect(undrainableBecause({ ...service, schedulingStrategy: 'DAEMON' })).toBeUndefined()
    },
  )
})

describe('what a refresh notes in AWS', () => {
  it('counts only if that run could have changed the desired capacity so far', () => {
    const noted = (DesiredCapacity: number, Value = desiredCapacityNote(10, 2)): number =>
      settledCapacity(group({ DesiredCapacity, Tags: [{ Key: desiredCapacityTag, Value }] }))
    expect([7, 8, 10, 12, 13].map((desired) => noted(desired))).toEqual([7, 10, 10, 10, 13])
    expect(noted(12, 'ten')).toBe(12)
    expect(settledCapacity(group({ DesiredCapacity: 4 }))).toBe(4)
  })

  it('marks an instance for one group only, whatever the name of the group', () => {
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
