/** Describes how a service scales as a stack file would declare it. */
import type { AutoScaling, ScheduledScaling } from '../stack.ts'
import type { FoundScaling } from './findScaling.ts'
import { type Metric, actionName, isOurName, isOurs, policyName } from './ours.ts'
import { configurationOf, usualCooldown } from './policyWork.ts'

/** What the stack has set up; undefined where that is nothing. */
export function describedScaling(found: FoundScaling | undefined): AutoScaling | undefined {
  if (!found || !isOurs(found)) return undefined
  const { target, policies } = found
  const configOf = (metric: Metric) => {
    const policy = policies.find(({ PolicyName }) => PolicyName === policyName(metric))
    return policy && configurationOf(policy)
  }
  const valueOf = (metric: Metric): number | undefined => configOf(metric)?.TargetValue
  const [config = {}] = [configOf('cpu'), configOf('memory'), configOf('requests_per_target')].filter((one) => one)
  return {
    min: target.MinCapacity ?? 0,
    max: target.MaxCapacity ?? 0,
    cpu: valueOf('cpu'),
    memory: valueOf('memory'),
    requestsPerTarget: valueOf('requests_per_target'),
    scaleInCooldown: config.ScaleInCooldown ?? usualCooldown,
    scaleOutCooldown: config.ScaleOutCooldown ?? usualCooldown,
    scheduled: scheduledIn(found),
  }
}

/** In the order of the file. */
function scheduledIn({ actions }: FoundScaling): ScheduledScaling[] {
  const ours = actions.filter(({ ScheduledActionName }) => isOurName(ScheduledActionName))
  return ours
    .toSorted((one, other) => placeOf(one.ScheduledActionName) - placeOf(other.ScheduledActionName))
    .map(({ Schedule = '', Timezone = 'UTC', ScalableTargetAction = {} }) => ({
      schedule: Schedule,
      timezone: Schedule.startsWith('rate(') ? 'UTC' : Timezone,
      min: ScalableTargetAction.MinCapacity,
      max: ScalableTargetAction.MaxCapacity,
    }))
}

const placeOf = (name = ''): number => Number(name.slice(actionName(0).length - 1))
