// Random scenarios of a service that is deployed in lifecycle stages.
import * as fc from 'fast-check'
import type { Unchecked } from '../../../../src/local/world/operation.ts'
import { control, setAlarm } from './control.ts'
import { type Act, inTime, perform, what } from './scenario.ts'
import type { TestAws } from '../../support.ts'
import { createWeb, currentServiceDeployment, deployWeb, updateWeb } from '../../webService.ts'

/** Something that somebody does to the service `web`, to how it is deployed or to what watches its deployments. */
export type StagedAct =
  | Act
  | ({ wait: number } & (
      | { do: 'strategy'; strategy: string; minutes: number; percent: number; hooks: Unchecked[]; early: string }
      | { do: 'alarm'; state: 'ALARM' | 'OK' }
      | { do: 'answer'; answer: 'FAILED' | 'SUCCEEDED' }
      | { do: 'continue'; action: 'CONTINUE' | 'ROLLBACK' }
    ))

const pause = fc.record({
  targetType: fc.constant('PAUSE'),
  lifecycleStages: fc.subarray(['RECONCILE_SERVICE', 'PRE_SCALE_UP', 'POST_SCALE_UP', 'PRE_PRODUCTION_TRAFFIC_SHIFT'], {
    minLength: 1,
  }),
  timeoutConfiguration: fc.record({
    timeoutInMinutes: fc.integer({ min: 1, max: 5 }),
    action: fc.constantFrom('CONTINUE', 'ROLLBACK'),
  }),
})
const lambda = fc.constant({ hookTargetArn: 'arn:aws:lambda:f', lifecycleStages: ['POST_TEST_TRAFFIC_SHIFT'] })

const staging = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('strategy' as const),
      strategy: fc.constantFrom('BLUE_GREEN', 'LINEAR', 'CANARY', 'ROLLING'),
      minutes: fc.nat({ max: 3 }),
      percent: fc.integer({ min: 3, max: 100 }),
      hooks: fc.array(fc.oneof(pause, lambda), { maxLength: 2 }),
      early: fc.constantFrom('BLOCKING', 'DEFERRED'),
    }),
  },
  fc.record({ do: fc.constant('alarm' as const), state: fc.constantFrom('ALARM' as const, 'OK' as const) }),
  fc.record({ do: fc.constant('answer' as const), answer: fc.constantFrom('FAILED' as const, 'SUCCEEDED' as const) }),
  fc.record({
    do: fc.constant('continue' as const),
    action: fc.constantFrom('CONTINUE' as const, 'ROLLBACK' as const),
  }),
)

export const stagedScenario: fc.Arbitrary<StagedAct[]> = inTime(
  fc.oneof({ weight: 3, arbitrary: what }, { weight: 2, arbitrary: staging }),
)

const alarms = { alarmNames: ['errors'], enable: true, rollback: true }
const inStages = { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 1 }

/** The service `web`, settled, blue/green, and watched by an alarm. */
export function createStaged(aws: TestAws): void {
  createWeb(aws, { deploymentConfiguration: { ...inStages, alarms } })
}

/** A revision that works, through the stages, with nobody who says no. */
export function deployStaged(aws: TestAws): string {
  return deployWeb(aws, 'good', {
    deploymentConfiguration: { ...inStages, lifecycleHooks: [], alarms: { ...alarms, enable: false } },
  })
}

/** Does it, through the API. */
export function performStaged(aws: TestAws, act: StagedAct): void {
  if (act.do === 'strategy') updateWeb(aws, { deploymentConfiguration: configurationOf(act) })
  else if (act.do === 'alarm') setAlarm(aws, act.state)
  else if (act.do === 'answer') {
    control(aws, 'hook', { cluster: 'c', service: 'web', stage: 'POST_TEST_TRAFFIC_SHIFT', answer: act.answer })
  } else if (act.do === 'continue') goOn(aws, act.action)
  else if (act.do === 'percentages') {
    // Criteria of an early success below the percentage that has to stay healthy are refused.
    const earlySuccessCriteria = { enable: false }
    const { minimumHealthyPercent, maximumPercent } = act
    updateWeb(aws, { deploymentConfiguration: { minimumHealthyPercent, maximumPercent, earlySuccessCriteria } })
  } else perform(aws, act)
}

function configurationOf({ strategy, minutes, percent, hooks, early }: StagedAct & { do: 'strategy' }): Unchecked {
  const earlySuccessCriteria = { enable: true, healthyPercent: 100, sourceServiceRevisionCleanup: early }
  if (strategy === 'ROLLING') return { strategy, earlySuccessCriteria: earlySuccessCriteria }
  return {
    strategy,
    bakeTimeInMinutes: minutes,
    lifecycleHooks: hooks,
    ...(strategy === 'LINEAR' && { linearConfiguration: { stepPercent: percent, stepBakeTimeInMinutes: minutes } }),
    ...(strategy === 'CANARY' && { canaryConfiguration: { canaryPercent: percent, canaryBakeTimeInMinutes: minutes } }),
  }
}

function goOn(aws: TestAws, action: string): void {
  const { serviceDeploymentArn, status, lifecycleHookDetails = [] } = currentServiceDeployment(aws)
  const hook = lifecycleHookDetails.find((each: Unchecked) => each.status === 'AWAITING_ACTION')
  if (status !== 'IN_PROGRESS' || !hook) return
  aws.call('ecs', 'ContinueServiceDeployment', { serviceDeploymentArn, hookId: hook.hookId, action })
}
