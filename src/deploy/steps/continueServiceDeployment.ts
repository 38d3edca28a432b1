import { followDeployment } from '../../rollout/followDeployment.ts'
import { identityOf } from '../../rollout/verdict.ts'
import type { Paused } from '../../engine/plan.ts'
import type { Step } from '../../engine/step.ts'
import { type StepKind, sends } from '../../engine/stepHandler.ts'

/** Lets a deployment go on that waits at a PAUSE hook. */
export function continueServiceDeployment(paused: Paused, wait: boolean): Step<'continueServiceDeployment'> {
  const { cluster, service, serviceDeploymentArn, hookId, lifecycleStage } = paused
  return {
    id: `continueServiceDeployment ${service} ${hookId}`,
    title: `Continue the deployment of ${service}, which waits at ${lifecycleStage}`,
    call: { method: 'continueServiceDeployment', input: { serviceDeploymentArn, hookId } },
    ...(wait && { follow: 'deployment' as const }),
    facts: { cluster, service },
  }
}

export const continueServiceDeploymentKind: StepKind<'continueServiceDeployment'> = {
  perform: sends('continueServiceDeployment'),
  async follow(step, _answer, context) {
    const { cluster, service: name } = step.facts as { cluster: string; service: string }
    const { services = [] } = await context.aws.call('describeServices', { cluster, services: [name] }, context.signal)
    const service = services[0]
    if (service) await followDeployment({ step: step.id, identity: identityOf(service), service }, context)
  },
}
