/** Sets what scales a service as it was, once the service is deleted and created again: AWS forgets it with the service. */
import { targetNameOf } from '../../deploy/scaling/scalableTargets.ts'
import type { Step } from '../../engine/step.ts'
import type { Found } from '../found.ts'
import { type PutScalingPolicy, putScalingPolicy } from '../steps/putScalingPolicy.ts'
import { type PutScheduledAction, putScheduledAction } from '../steps/putScheduledAction.ts'
import { type RegisterScalableTarget, registerScalableTarget } from '../steps/registerScalableTarget.ts'
import { type ScaleAgain, scaleAgain } from '../steps/scaleAgain.ts'
import { ofNewService } from '../work.ts'
import { actionInput } from './actionWork.ts'
import { runIn } from '../standing.ts'
import type { FoundScaling } from './findScaling.ts'
import { policyInput } from './policyWork.ts'

type Scaling = Step<RegisterScalableTarget> | Step<PutScalingPolicy> | Step<PutScheduledAction>

/**
 * The range and what is suspended, then policies, each `asNew` has it, and scheduled actions. Their way back is that of the
 * service.
 */
export function scalingAgain(
  { cluster }: Found,
  service: string,
  { target, policies, actions }: FoundScaling,
  asNew: (input: ReturnType<typeof policyInput>) => ReturnType<typeof policyInput> = (input) => input,
): [target: Step<RegisterScalableTarget>, ...rest: Scaling[]] {
  const of = targetNameOf({ cluster, service })
  const { MinCapacity, MaxCapacity, SuspendedState } = target
  const range = { before: undefined, after: { MinCapacity, MaxCapacity, SuspendedState } }
  const how = { changes: [ofNewService], undo: [] }
  return [
    registerScalableTarget(of, range, how),
    ...policies.map((one) => putScalingPolicy(asNew(policyInput(of, one)), how)),
    ...actions.map((one) => putScheduledAction(actionInput(of, one), how)),
  ]
}

/** All of it as part of the way back of a service that was deleted: it follows the service. */
export function scalingBack(found: Found, service: string): Step<ScaleAgain>[] {
  const existing = found.scaling.get(service)
  const of = { cluster: found.cluster, service, run: runIn(found.services.get(service)?.tags) }
  return existing ? scalingAgain(found, service, existing).map((step) => scaleAgain(step, of)) : []
}
