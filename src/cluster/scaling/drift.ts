/** What somebody has set by hand on the auto scaling of a stack, where the file has no key for it. */
import type { Found } from '../found.ts'
import type { DesiredService } from '../desired.ts'
import { metricOf } from './ours.ts'
import { configurationOf } from './policyWork.ts'

/** A sentence for each. */
export function driftOfScaling(found: Found, services: readonly DesiredService[]): string[] {
  return services.flatMap(({ name, autoScaling }) => {
    const existing = autoScaling && found.scaling.get(name)
    if (!existing) return []
    const { DynamicScalingInSuspended, DynamicScalingOutSuspended, ScheduledScalingSuspended } =
      existing.target.SuspendedState ?? {}
    const suspended = [
      DynamicScalingInSuspended && 'scaling in',
      DynamicScalingOutSuspended && 'scaling out',
      ScheduledScalingSuspended && 'scheduled scaling',
    ].filter(Boolean)
    const onlyOut = existing.policies.filter(
      (policy) => metricOf(policy.PolicyName) && configurationOf(policy).DisableScaleIn === true,
    )
    return [
      ...(suspended.length > 0 ? [`Auto scaling of service ${name} has ${suspended.join(', ')} suspended.`] : []),
      ...onlyOut.map(({ PolicyName }) => `Policy ${PolicyName} of service ${name} never scales in.`),
    ]
  })
}
