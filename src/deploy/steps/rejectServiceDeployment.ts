/** ContinueServiceDeployment with ROLLBACK: a deployment that waits at a PAUSE hook goes back. */
import { answerHook } from '../../rollout/answerHook.ts'
import { followRollback, goesOnBack } from '../../rollout/followRollback.ts'
import { nameOf } from '../../ground/names.ts'
import type { OngoingDeployment } from '../world.ts'
import type { Step, StepKind } from '../../engine/step.ts'
import type { StepHandler } from '../../engine/stepHandler.ts'

export interface RejectServiceDeployment extends StepKind {
  readonly name: 'rejectServiceDeployment'
  readonly method: 'continueServiceDeployment'
  readonly subject: 'service'
  readonly params: { readonly serviceDeploymentArn: string }
}

/** Rejects a deployment at the first PAUSE hook at which it waits. It has no way back: it is one. */
export function rejectServiceDeployment(
  { cluster, service, serviceDeploymentArn, hooks: [hook] }: OngoingDeployment,
  wait: boolean,
): Step<RejectServiceDeployment> {
  const { hookId = '', lifecycleStage } = hook ?? {}
  return {
    kind: 'rejectServiceDeployment',
    id: `rejectServiceDeployment ${nameOf(cluster)}/${service}`,
    title: `Reject the deployment of ${service}, which is paused at ${lifecycleStage}`,
    subject: { type: 'service', cluster: nameOf(cluster), service },
    call: { method: 'continueServiceDeployment', input: { serviceDeploymentArn, hookId, action: 'ROLLBACK' } },
    ...(wait && { follow: 'rollback' as const }),
    params: { serviceDeploymentArn },
  }
}

export const rejectServiceDeploymentHandler: StepHandler<RejectServiceDeployment> = {
  perform: async (_step, input, context) => ({ answer: await answerHook(input, context) }),
  follow: ({ id, subject, params }, _answer, context) => followRollback({ step: id, ...subject, ...params }, context),
  goesOn: ({ subject }, context) => goesOnBack(subject, context),
}
