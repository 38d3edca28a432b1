import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { advance } from '../../../../src/local/time/advance.ts'
import { attach, balancedScenario, type BalancedAct, createScene, performBalanced } from './balancedScenario.ts'
import { listening } from '../../balancedWeb.ts'
import { assertUntil } from '../../../drawn.ts'
import { type Act, perform, scenario } from './scenario.ts'
import {
  createOnInstances,
  type InstanceAct,
  instanceScenario,
  joinLarge,
  performOnInstances,
} from './instanceScenario.ts'
import { invariants } from './serviceInvariants.ts'
import { createStaged, deployStaged, performStaged, type StagedAct, stagedScenario } from './stagedScenario.ts'
import { localAws, minutes, type TestAws } from '../../support.ts'
import { createWeb, currentServiceDeployment, deployWeb, describeWeb, updateWeb } from '../../webService.ts'

const worldOf = () => {
  const aws = localAws()
  createWeb(aws)
  deployWeb(aws, 'crash')
  aws.advance(minutes(3))
  return JSON.stringify(aws.world)
}

interface Kind<One> {
  readonly scenario: fc.Arbitrary<One[]>
  readonly create: (aws: TestAws) => unknown
  readonly perform: (aws: TestAws, act: One) => void
  /** Deploys a revision that works; answers the deployment's id. */
  readonly deployGood: (aws: TestAws) => string
}

const alone: Kind<Act> = { scenario, create: createWeb, perform, deployGood: (aws) => deployWeb(aws, 'good') }
const balanced: Kind<BalancedAct> = {
  scenario: balancedScenario,
  create: createScene,
  perform: performBalanced,
  deployGood: (aws) => {
    attach(aws)
    return deployWeb(aws, 'good', {}, listening())
  },
}
const staged: Kind<StagedAct> = {
  scenario: stagedScenario,
  create: createStaged,
  perform: performStaged,
  deployGood: deployStaged,
}
const onInstances: Kind<InstanceAct> = {
  scenario: instanceScenario,
  create: createOnInstances,
  perform: performOnInstances,
  deployGood: (aws) => {
    joinLarge(aws)
    updateWeb(aws, { placementConstraints: [] })
    return deployWeb(aws, 'good')
  },
}
const kinds: [string, Kind<any>][] = [
  ['a service', alone],
  ['a service behind a load balancer', balanced],
  ['a service on container instances', onInstances],
  ['a service with lifecycle stages, hooks, alarms and early success', staged],
]

describe.each(kinds)('The scheduler of %s', (_, { scenario: performance, create, perform: doIt, deployGood }) => {
  test('one big step of the clock makes the same history as many small ones', () => {
    const pieces = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 6 })
    fc.assert(
      fc.property(performance, pieces, (acts, cuts) => {
        const [inOneStep, inPieces] = [localAws(), localAws()]
        for (const aws of [inOneStep, inPieces]) create(aws)
        for (const act of acts) {
          doIt(inOneStep, act)
          inOneStep.advance(act.wait)
          doIt(inPieces, act)
          const stops = [...cuts.map((cut) => Math.floor(cut * act.wait)), act.wait].toSorted((a, b) => a - b)
          let done = 0
          for (const stop of stops) {
            inPieces.advance(stop - done)
            done = stop
          }
        }
        expect(inPieces.world).toEqual(inOneStep.world)
      }),
      { numRuns: 8 },
    )
  })

  test('a state that was saved and loaded continues as if nothing had happened', () => {
    fc.assert(
      fc.property(performance, (acts) => {
        const aws = localAws()
        create(aws)
        for (const act of acts) {
          doIt(aws, act)
          aws.advance(act.wait)
        }
        const copy = localAws({ world: JSON.parse(JSON.stringify(aws.world)) })
        aws.advance(minutes(20))
        copy.advance(minutes(20))
        expect(JSON.parse(JSON.stringify(copy.world))).toEqual(JSON.parse(JSON.stringify(aws.world)))
      }),
      { numRuns: 4 },
    )
  })

  test('its counts are always true and no step exceeds the percentages', () => {
    let looks = 0
    assertUntil(
      fc.property(performance, (acts) => {
        const aws = localAws()
        create(aws)
        const check = invariants()
        // A target that somebody else deregistered serves nobody: its task goes, whatever the percentages say.
        for (const act of acts.filter((each) => each.do !== 'deregister')) {
          doIt(aws, act)
          advance(aws.world, aws.now + act.wait, (context, record) => {
            looks += 1
            check(context, record)
          })
          aws.advance(act.wait)
        }
      }),
      20,
      () => looks > 100,
    )
  })

  test('a good revision always completes in the end', () => {
    fc.assert(
      fc.property(performance, fc.integer({ min: 0, max: 6 }), (acts, desiredCount) => {
        const aws = localAws()
        create(aws)
        for (const act of acts) {
          doIt(aws, act)
          aws.advance(act.wait)
        }
        const deploymentConfiguration = { minimumHealthyPercent: 100, maximumPercent: 200 }
        updateWeb(aws, { desiredCount, deploymentConfiguration })
        const id = deployGood(aws)
        aws.advance(minutes(60))
        const service = describeWeb(aws)
        expect(service.deployments).toMatchObject([{ id, status: 'PRIMARY' }])
        expect(currentServiceDeployment(aws).status).toBe('SUCCESSFUL')
        expect(service).toMatchObject({ desiredCount, runningCount: desiredCount, pendingCount: 0 })
      }),
      { numRuns: 8 },
    )
  })
})

describe('The scheduler', () => {
  test('the same actions make the same state, to the last id', () => {
    expect(worldOf()).toBe(worldOf())
  })

  test('time never goes back, and a past moment changes nothing', () => {
    const aws = localAws()
    createWeb(aws)
    deployWeb(aws, 'v2')
    const before = JSON.stringify(aws.world)
    advance(aws.world, aws.now - 5000)
    expect(JSON.stringify(aws.world)).toBe(before)
  })
})
