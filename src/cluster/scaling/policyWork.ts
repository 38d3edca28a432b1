/** Plans the target tracking policies of a service. */
import type { ScalingPolicy } from '@aws-sdk/client-application-auto-scaling'
import type { TargetName } from '../../deploy/scaling/scalableTargets.ts'
import type { PlannedInput, Reference, Step } from '../../engine/step.ts'
import type { AutoScaling } from '../stack.ts'
import { deleteScalingPolicy } from '../steps/deleteScalingPolicy.ts'
import { putScalingPolicy } from '../steps/putScalingPolicy.ts'
import { asWayBack, changesOf, ofNewService } from '../work.ts'
import { type Metric, metricOf, metrics, policyName } from './ours.ts'

/** https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PredefinedMetricSpecification.html */
export const metricTypes = {
  cpu: 'ECSServiceAverageCPUUtilization',
  memory: 'ECSServiceAverageMemoryUtilization',
  requests_per_target: 'ALBRequestCountPerTarget',
} as const satisfies Readonly<Record<Metric, string>>

/** Seconds where nobody has said any. https://docs.aws.amazon.com/autoscaling/application/APIReference/API_TargetTrackingScalingPolicyConfiguration.html */
export const usualCooldown = 300

/** Sets those that differ and deletes those of ours that are no longer wanted. `label` is that of the load balancer. */
export function policySteps(
  of: TargetName,
  existing: readonly ScalingPolicy[],
  {
    scaling,
    label,
    again,
  }: { readonly scaling: AutoScaling; readonly label: string | Reference | undefined; readonly again: boolean },
): Step[] {
  const targets = { cpu: scaling.cpu, memory: scaling.memory, requests_per_target: scaling.requestsPerTarget }
  const wanted = metrics.flatMap((metric) => {
    const TargetValue = targets[metric]
    return TargetValue === undefined ? [] : [{ metric, TargetValue }]
  })
  const old = existing.flatMap((policy) => {
    const metric = metricOf(policy.PolicyName)
    return metric && targets[metric] === undefined ? [{ policy, metric }] : []
  })
  return [
    ...wanted.flatMap(({ metric, TargetValue }) => {
      const ResourceLabel = metric === 'requests_per_target' ? label : undefined
      return setStep(of, existing, { metric, TargetValue, ResourceLabel, scaling, again })
    }),
    ...old.map(({ policy, metric }) =>
      deleteScalingPolicy(of, policy.PolicyName ?? '', {
        changes: [`auto_scaling.${metric}: ${configurationOf(policy).TargetValue} → nothing`],
        undo: [putScalingPolicy(policyInput(of, policy), { undo: [] })],
      }),
    ),
  ]
}

interface Wanted {
  readonly metric: Metric
  readonly TargetValue: number
  readonly ResourceLabel: string | Reference | undefined
  readonly scaling: AutoScaling
  readonly again: boolean
}

function setStep(of: TargetName, existing: readonly ScalingPolicy[], wanted: Wanted): Step[] {
  const { metric, TargetValue, ResourceLabel, scaling, again } = wanted
  const PolicyName = policyName(metric)
  const before = existing.find((one) => one.PolicyName === PolicyName)
  const { PredefinedMetricSpecification: was, ...config } = before ? configurationOf(before) : {}
  const PredefinedMetricType = metricTypes[metric]
  const changes = changesOf({
    [`auto_scaling.${metric}`]: [config.TargetValue, TargetValue],
    ...(before && {
      type: [before.PolicyType, 'TargetTrackingScaling'],
      metric: [was?.PredefinedMetricType, PredefinedMetricType],
      load_balancer: [was?.ResourceLabel, ResourceLabel],
      'auto_scaling.scale_in_cooldown': [config.ScaleInCooldown ?? usualCooldown, scaling.scaleInCooldown],
      'auto_scaling.scale_out_cooldown': [config.ScaleOutCooldown ?? usualCooldown, scaling.scaleOutCooldown],
    }),
  })
  if (changes.length === 0 && !again) return []
  const input: PlannedInput<'putScalingPolicy'> & TargetName = {
    ...of,
    PolicyName,
    PolicyType: 'TargetTrackingScaling',
    TargetTrackingScalingPolicyConfiguration: {
      TargetValue,
      PredefinedMetricSpecification: { PredefinedMetricType, ...(ResourceLabel !== undefined && { ResourceLabel }) },
      ScaleInCooldown: scaling.scaleInCooldown,
      ScaleOutCooldown: scaling.scaleOutCooldown,
      // The file has no key for it, so it stays.
      ...(config.DisableScaleIn && { DisableScaleIn: true }),
    },
  }
  const undo = before
    ? asWayBack(putScalingPolicy(policyInput(of, before), { undo: [] }))
    : deleteScalingPolicy(of, PolicyName)
  return [putScalingPolicy(input, { changes: changes.length > 0 ? changes : [ofNewService], undo: [undo] })]
}

/** PutScalingPolicy's input of a policy as it was read. */
export function policyInput(of: TargetName, policy: ScalingPolicy): PlannedInput<'putScalingPolicy'> & TargetName {
  const { PolicyName, PolicyType, StepScalingPolicyConfiguration, TargetTrackingScalingPolicyConfiguration } = policy
  const { PredictiveScalingPolicyConfiguration } = policy
  return {
    ...of,
    PolicyName,
    PolicyType,
    ...(StepScalingPolicyConfiguration && { StepScalingPolicyConfiguration }),
    ...(TargetTrackingScalingPolicyConfiguration && { TargetTrackingScalingPolicyConfiguration }),
    ...(PredictiveScalingPolicyConfiguration && { PredictiveScalingPolicyConfiguration }),
  }
}

type Configuration = Partial<NonNullable<ScalingPolicy['TargetTrackingScalingPolicyConfiguration']>>

export function configurationOf({ TargetTrackingScalingPolicyConfiguration: it }: ScalingPolicy): Configuration {
  return it ?? {}
}
