/** Describes how a service scales as a stack file would declare it. */
import { isRate } from '../../ground/schedule.ts'
import type { AutoScaling, ScheduledScaling } from '../stack.ts'
import type { FoundScaling } from './findScaling.ts'
import { type Metric, isOurs, metricOf, placeOf } from './ours.ts'
import { configurationOf, usualCooldown } from './policyWork.ts'

/** What the stack has set up; undefined where that is nothing. */
export function describedScaling(found: FoundScaling | undefined): AutoScaling | undefined {
  if (!found || !isOurs(found)) return undefined
  const { target, policies } = found
  const ours = policies.filter(({ PolicyName }) => metricOf(PolicyName))
  // The file has whole numbers; what somebody has set by hand may be none.
  const valueOf = (metric: Metric): number | undefined => {
    const policy = ours.find(({ PolicyName }) => metricOf(PolicyName) === metric)
    const { TargetValue } = policy ? configurationOf(policy) : {}
    return TargetValue === undefined ? undefined : Math.round(TargetValue)
  }
  const [first = {}] = ours.map(configurationOf)
  return {
    min: target.MinCapacity ?? 0,
    max: target.MaxCapacity ?? 0,
    cpu: valueOf('cpu'),
    memory: valueOf('memory'),
    requestsPerTarget: valueOf('requests_per_target'),
    scaleInCooldown: first.ScaleInCooldown ?? usualCooldown,
    scaleOutCooldown: first.ScaleOutCooldown ?? usualCooldown,
    scheduled: scheduledIn(found),
  }
}

/** In the order of the file. */
function scheduledIn({ actions }: FoundScaling): ScheduledScaling[] {
  return actions
    .flatMap((action) => {
      const place = placeOf(action.ScheduledActionName)
      return place === undefined ? [] : [{ place, action }]
    })
    .toSorted((one, other) => one.place - other.place)
    .map(({ action: { Schedule = '', Timezone = 'UTC', ScalableTargetAction = {} } }) => ({
      schedule: Schedule,
      timezone: isRate(Schedule) ? 'UTC' : Timezone,
      min: ScalableTargetAction.MinCapacity,
      max: ScalableTargetAction.MaxCapacity,
    }))
}
