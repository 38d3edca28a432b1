import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { advance } from '../../../../src/local/time/advance.ts'
import { createOnInstances, type InstanceAct, instanceScenario, performOnInstances } from './instanceScenario.ts'
import { assertUntil } from '../../../drawn.ts'
import { join, setState, spreadOver } from '../instances.ts'
import { localAws, minutes } from '../../support.ts'
import { createWeb, describeWeb, messages } from '../../webService.ts'

const failing = ['breaker', 'rollBack']
/** Nothing in it fails by itself. */
const isSound = (act: InstanceAct): boolean =>
  !failing.includes(act.do) && !(act.do === 'deploy' && !/^(v\d|slow-.*)$/.test(act.tag))

test('once nothing is due a service runs its desired count, or has said why it does not', () => {
  const ends = { whole: 0, unplaced: 0, stuck: 0 }
  assertUntil(
    fc.property(instanceScenario, (acts) => {
      const aws = localAws()
      createOnInstances(aws)
      for (const act of acts.filter(isSound)) {
        performOnInstances(aws, act)
        aws.advance(act.wait)
      }
      aws.advance(minutes(60))
      const { deployments, desiredCount, runningCount, pendingCount } = describeWeb(aws)
      const said = messages(aws, Math.max(deployments[0].createdAt, aws.now / 1000 - 6 * 3600))
      const isSaid = (text: string): boolean => said.some((message) => message.includes(text))
      expect(pendingCount).toBe(0)
      if (runningCount === desiredCount && deployments[0].runningCount === desiredCount) ends.whole += 1
      else if (isSaid('was unable to place a task')) ends.unplaced += 1
      else {
        expect(isSaid('was unable to stop or start tasks')).toBe(true)
        ends.stuck += 1
      }
    }),
    60,
    () => ends.whole > 2 && ends.unplaced > 2,
  )
})

test('while instances are drained the healthy tasks never fall below the minimum, and all have left where there is room', () => {
  const service = fc.record({
    desiredCount: fc.integer({ min: 1, max: 8 }),
    minimumHealthyPercent: fc.nat({ max: 99 }),
    maximumPercent: fc.integer({ min: 100, max: 250 }),
  })
  const instances = fc.array(fc.record({ memory: fc.constantFrom(300, 1000, 5000), drained: fc.boolean() }), {
    minLength: 1,
    maxLength: 5,
  })
  let emptied = 0
  assertUntil(
    fc.property(service, instances, fc.nat({ max: 90_000 }), ({ desiredCount, ...percentages }, all, pause) => {
      const aws = localAws()
      const arns = all.map(({ memory }, index) => join(aws, `i-${index}`, { memory, cpu: 100_000 }))
      createWeb(aws, { desiredCount, deploymentConfiguration: percentages })
      const record = aws.region.services['c/web']!
      const lower = Math.min(record.healthy.length, Math.ceil((desiredCount * percentages.minimumHealthyPercent) / 100))
      let looks = 0
      const drained = arns.filter((_, index) => all[index]!.drained)
      for (const arn of drained) {
        setState(aws, 'DRAINING', arn)
        advance(aws.world, aws.now + pause, () => {
          looks += 1
          expect(record.healthy.length).toBeGreaterThanOrEqual(lower)
        })
        aws.advance(pause)
      }
      advance(aws.world, aws.now + minutes(60), () => {
        looks += 1
        expect(record.healthy.length).toBeGreaterThanOrEqual(lower)
      })
      aws.advance(minutes(60))
      if (drained.length > 0) expect(looks).toBeGreaterThan(0)
      const hasRoom = all.some((each) => each.memory === 5000 && !each.drained)
      const canMove =
        Math.floor((desiredCount * percentages.maximumPercent) / 100) > desiredCount ||
        Math.ceil((desiredCount * percentages.minimumHealthyPercent) / 100) < desiredCount
      if (!hasRoom || !canMove) return
      emptied += drained.length
      expect(spreadOver(aws, drained)).toEqual(drained.map(() => 0))
      expect(describeWeb(aws)).toMatchObject({ runningCount: desiredCount })
    }),
    80,
    () => emptied > 4,
  )
})
