import fc from 'fast-check'
import { expect, it } from 'vitest'
import { undrainableBecause } from '../../src/instances/fleet.ts'
import { expectRefreshed } from './refreshed.ts'
import { kinds, stage } from './support.ts'

const percentages = fc.record({
  minimumHealthyPercent: fc.constantFrom(0, 25, 50, 75, 90, 100),
  maximumPercent: fc.constantFrom(100, 110, 125, 150, 200),
})

/** A service that ECS can move, somehow. */
const service = fc
  .record({ desiredCount: fc.integer({ min: 1, max: 6 }), deploymentConfiguration: percentages })
  .filter((one) => undrainableBecause(one) === undefined)

const scene = fc.record({
  kind: fc.constantFrom(...kinds),
  services: fc.array(service, { minLength: 20, maxLength: 20 }),
  batch: fc.constantFrom('3', '7', '12', '20%', '50%'),
})

const ways = [
  ['that raises', false],
  ['that detaches', true],
] as const

it.each(ways)(
  'a refresh of 40 instances of a group %s, in batches of any size, keeps each of 20 services above its minimum',
  async (_way, detaches) => {
    await fc.assert(
      fc.asyncProperty(scene, async ({ kind, services, batch }) => {
        const s = await stage({
          kind,
          instances: 40,
          max: detaches ? 40 : 60,
          services: services.map((one, index) => ({ ...one, serviceName: `service-${index}` })),
        })
        const before = s.inGroup()
        s.renew()
        let looks = 0
        const lowest = new Map<string, number>()
        s.watch(({ service: { serviceName }, healthy }) => {
          looks++
          lowest.set(serviceName, Math.min(lowest.get(serviceName) ?? Infinity, healthy.length))
        })
        const result = await s.refresh({ batch })
        expect(result).toMatchObject({ outcome: 'succeeded', exitCode: 0, left: [] })
        expect(result.sent.some(({ operation }) => operation === 'DetachInstances')).toBe(detaches)
        expect(looks).toBeGreaterThan(100)
        for (const [index, { desiredCount, deploymentConfiguration }] of services.entries()) {
          const least = Math.ceil((desiredCount * deploymentConfiguration.minimumHealthyPercent) / 100)
          expect(lowest.get(`service-${index}`)).toBeGreaterThanOrEqual(least)
        }
        await expectRefreshed(s, before)
        for (const [index, { desiredCount }] of services.entries()) {
          expect(s.service(`service-${index}`)).toMatchObject({ runningCount: desiredCount, pendingCount: 0 })
        }
      }),
      { seed: 7, numRuns: 1, endOnFailure: true },
    )
  },
)
