/** ContinueServiceDeployment: resumes a deployment that is paused. */
import { answerHook } from '../../rollout/answerHook.ts'
import { followDeployment } from '../../rollout/followDeployment.ts'
import { identityOf } from '../../rollout/verdict.ts'
import { nameOf } from '../../ground/names.ts'
import type { PauseHook } from '../../rollout/pauseHooks.ts'
import type { OngoingDeployment } from '../world.ts'
import type { Step, StepKind } from '../../engine/step.ts'
import type { StepHandler } from '../../engine/stepHandler.ts'

export interface ContinueServiceDeployment extends StepKind {
  readonly name: 'continueServiceDeployment'
  readonly method: 'continueServiceDeployment'
  readonly subject: 'service'
}

/** Lets a deployment go on that waits at a PAUSE hook. */
export function continueServiceDeployment(
  { cluster, service, serviceDeploymentArn }: OngoingDeployment,
  { hookId, lifecycleStage }: PauseHook,
  wait: boolean,
): Step<ContinueServiceDeployment> {
  return {
    kind: 'continueServiceDeployment',
    id: `continueServiceDeployment ${service} ${hookId}`,
    title: `Continue the deployment of ${service}, which is paused at ${lifecycleStage}`,
    subject: { type: 'service', cluster: nameOf(cluster), service },
    call: { method: 'continueServiceDeployment', input: { serviceDeploymentArn, hookId } },
    ...(wait && { follow: 'deployment' as const }),
  }
}

export const continueServiceDeploymentHandler: StepHandler<ContinueServiceDeployment> = {
  perform: async (_step, input, context) => ({ answer: await answerHook(input, context) }),
  async follow(step, _answer, context) {
    const { cluster, service: name } = step.subject
    const { services = [] } = await context.aws.call('describeServices', { cluster, services: [name] }, context.signal)
    const service = services[0]
    if (service)
      await followDeployment({ step: step.id, identity: identityOf(service, 'DescribeServices'), service }, context)
  },
}
