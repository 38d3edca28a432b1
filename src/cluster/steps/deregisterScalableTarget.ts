/** DeregisterScalableTarget: a service scales no more; its policies and scheduled actions go with it. */
import { type TargetName, serviceIn } from '../../deploy/scaling/scalableTargets.ts'
import type { Step, StepKind } from '../../engine/step.ts'
import { type StepHandler, sends } from '../../engine/stepHandler.ts'

export interface DeregisterScalableTarget extends StepKind {
  readonly name: 'deregisterScalableTarget'
  readonly method: 'deregisterScalableTarget'
  readonly subject: 'scalableTarget'
}

export function deregisterScalableTarget(of: TargetName): Step<DeregisterScalableTarget> {
  const service = serviceIn(of)
  return {
    kind: 'deregisterScalableTarget',
    id: `deregisterScalableTarget ${service}`,
    title: `Deregister ${service} from auto scaling`,
    subject: { type: 'scalableTarget', name: service },
    call: { method: 'deregisterScalableTarget', input: of },
  }
}

export const deregisterScalableTargetHandler: StepHandler<DeregisterScalableTarget> = {
  perform: sends('deregisterScalableTarget', ['ObjectNotFoundException']),
  undoPhase: 'reroute',
}
