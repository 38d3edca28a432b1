/** A stack with a service that scales, deployed. */
import { type Keys, fileOf, scaled } from '../stacks.ts'
import { type Stage, worldOf } from '../support.ts'

export { type Stage, denying, operations } from '../support.ts'

export const file = fileOf({ edge: scaled })
export const world = await worldOf(file)
export const of = {
  ServiceNamespace: 'ecs',
  ResourceId: 'service/my-cluster/edge',
  ScalableDimension: 'ecs:service:DesiredCount',
}
export const tracking = (TargetValue: number) => ({
  PolicyType: 'TargetTrackingScaling',
  TargetTrackingScalingPolicyConfiguration: {
    TargetValue,
    PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' },
  },
})

export const scaling = (stage: Stage, operation: string, input: object = {}) =>
  stage.call('applicationautoscaling', operation, { ...of, ...input })
export const count = (stage: Stage): number => stage.region().services['my-cluster/edge']!.service.desiredCount
export const setCount = (stage: Stage, desiredCount: number) =>
  stage.call('ecs', 'UpdateService', { cluster: 'my-cluster', service: 'edge', desiredCount })
export const names = (stage: Stage): string[] => [
  ...Object.keys(stage.standing()['scalableTargets']!),
  ...Object.keys(stage.standing()['scalingPolicies']!),
  ...Object.keys(stage.standing()['scheduledActions']!),
]
export const withKeys = (keys: object, more: Keys = {}): string =>
  fileOf({ edge: { ...scaled, ...more, auto_scaling: { ...scaled.auto_scaling, ...keys } } })
export const without = ({ auto_scaling: _, ...rest }: Keys): Keys => rest
