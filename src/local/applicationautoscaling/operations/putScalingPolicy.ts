// Creates or replaces a scaling policy of a scalable target. Nothing scales by it here.
// https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScalingPolicy.html
import type { PutScalingPolicyRequest, PutScalingPolicyResponse } from '@aws-sdk/client-application-auto-scaling'
import type { Context, Operation, Wire } from '../../world/operation.ts'
import { own } from '../../world/own.ts'
import { findTarget, invalid, keyOf } from '../scalableTarget.ts'

const configurations = {
  StepScaling: 'StepScalingPolicyConfiguration',
  TargetTrackingScaling: 'TargetTrackingScalingPolicyConfiguration',
  PredictiveScaling: 'PredictiveScalingPolicyConfiguration',
} as const

export const putScalingPolicy: Operation<PutScalingPolicyRequest, PutScalingPolicyResponse> = (
  input,
  context,
): Wire<PutScalingPolicyResponse> => {
  const { region, now, ids } = context
  const { ServiceNamespace, ResourceId, ScalableDimension } = findTarget(region, input)
  const { PolicyName, PolicyType = 'StepScaling' } = input
  checkConfiguration(input, PolicyType)
  const key = keyOf(input, PolicyName)
  const existing = own(region.scalingPolicies, key)
  const place = `arn:aws:autoscaling:${region.name}:${region.account}:scalingPolicy:${ids.uuid()}`
  const PolicyARN =
    existing?.PolicyARN ?? `${place}:resource/${ServiceNamespace}/${ResourceId}:policyName/${PolicyName}`
  const Alarms = PolicyType === 'TargetTrackingScaling' ? (existing?.Alarms ?? alarmsOf(context, ResourceId)) : []
  region.scalingPolicies[key] = {
    PolicyARN,
    PolicyName,
    PolicyType,
    ServiceNamespace,
    ResourceId,
    ScalableDimension,
    [configurations[PolicyType]]: input[configurations[PolicyType]],
    Alarms,
    CreationTime: existing?.CreationTime ?? now / 1000,
  }
  return { PolicyARN, Alarms }
}

function checkConfiguration(input: Wire<PutScalingPolicyRequest>, type: keyof typeof configurations): void {
  const needed = Object.hasOwn(configurations, type) ? configurations[type] : undefined
  if (needed === undefined) throw invalid(`PolicyType must be one of ${Object.keys(configurations).join(', ')}.`)
  const other = Object.values(configurations).find((each) => each !== needed && input[each] !== undefined)
  if (input[needed] === undefined || other !== undefined) {
    throw invalid(`A policy of type ${type} needs ${needed}, and no other configuration.`)
  }
}

/** Target tracking makes an alarm for each direction. */
function alarmsOf({ region, ids }: Context, resource: string): { AlarmName: string; AlarmARN: string }[] {
  return ['AlarmHigh', 'AlarmLow'].map((which) => {
    const AlarmName = `TargetTracking-${resource}-${which}-${ids.uuid()}`
    return { AlarmName, AlarmARN: `arn:aws:cloudwatch:${region.name}:${region.account}:alarm:${AlarmName}` }
  })
}
