// Registers an ECS service as a scalable target, or changes what was registered: members left out stay as they are, and
// the service gets as many tasks as it may have.
// https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html
import type {
  RegisterScalableTargetRequest,
  RegisterScalableTargetResponse,
} from '@aws-sdk/client-application-auto-scaling'
import type { Context, Operation, Wire } from '../../world/operation.ts'
import { own } from '../../world/own.ts'
import { putTags } from '../../world/tags.ts'
import type { ScalableTargetRecord } from '../../world/world.ts'
import { keepInRange } from '../capacity.ts'
import { checkNamed, desiredCount, invalid, keyOf } from '../scalableTarget.ts'

export const registerScalableTarget: Operation<RegisterScalableTargetRequest, RegisterScalableTargetResponse> = (
  input,
  context,
): Wire<RegisterScalableTargetResponse> => {
  const { region } = context
  checkNamed(input)
  const existing = own(region.scalableTargets, keyOf(input))
  const { MinCapacity = existing?.MinCapacity, MaxCapacity = existing?.MaxCapacity } = input
  if (MinCapacity === undefined || MaxCapacity === undefined) {
    throw invalid('Min capacity and max capacity must be specified when registering a new scalable target.')
  }
  if (MaxCapacity < MinCapacity) throw invalid('Maximum capacity cannot be less than minimum capacity')
  const service = own(region.services, input.ResourceId.slice('service/'.length))?.service
  if (!service || service['status'] === 'INACTIVE') throw invalid(`ECS service doesn't exist: ${input.ResourceId}`)
  const target = existing ?? newTarget(context, input.ResourceId)
  Object.assign(target, { MinCapacity, MaxCapacity })
  Object.assign(target.SuspendedState, input.SuspendedState)
  region.scalableTargets[keyOf(input)] = target
  keepInRange(context, target)
  const tags = Object.entries(input.Tags ?? {}).map(([key, value]) => ({ key, value }))
  if (tags.length > 0) putTags(region, target.ScalableTargetARN, tags)
  return { ScalableTargetARN: target.ScalableTargetARN }
}

function newTarget({ region, now, ids }: Context, ResourceId: string): ScalableTargetRecord {
  const linked = 'aws-service-role/ecs.application-autoscaling.amazonaws.com'
  return {
    ServiceNamespace: 'ecs',
    ResourceId,
    ScalableDimension: desiredCount,
    ScalableTargetARN: `arn:aws:application-autoscaling:${region.name}:${region.account}:scalable-target/${ids.hex(36)}`,
    RoleARN: `arn:aws:iam::${region.account}:role/${linked}/AWSServiceRoleForApplicationAutoScaling_ECSService`,
    CreationTime: now / 1000,
    MinCapacity: 0,
    MaxCapacity: 0,
    SuspendedState: {
      DynamicScalingInSuspended: false,
      DynamicScalingOutSuspended: false,
      ScheduledScalingSuspended: false,
    },
  }
}
