// What Application Auto Scaling asks of a caller's policies.
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsapplicationautoscaling.html
import { type Authorization, type Authorizations, onEach } from '../world/authorization.ts'
import { own } from '../world/own.ts'
import { keyOf } from './scalableTarget.ts'

type OfTarget = Parameters<typeof keyOf>[0]

/** A target that is yet to be registered has an id that nobody can name. */
const ofTarget: Authorization<OfTarget> = (input, { region }) => {
  const place = `arn:aws:application-autoscaling:${region.name}:${region.account}:scalable-target`
  return onEach([own(region.scalableTargets, keyOf(input))?.ScalableTargetARN ?? `${place}/new`], {
    'application-autoscaling:service-namespace': input.ServiceNamespace,
    'application-autoscaling:scalable-dimension': input.ScalableDimension,
  })
}

export const applicationautoscalingAuthorizations: Authorizations = {
  deleteScalingPolicy: ofTarget,
  deleteScheduledAction: ofTarget,
  deregisterScalableTarget: ofTarget,
  putScalingPolicy: ofTarget,
  putScheduledAction: ofTarget,
  registerScalableTarget: ofTarget,
}
