/** StopServiceDeployment: a deployment that is in progress goes back to the last one that was successful. */
import { refusalOf } from '../../aws/retry.ts'
import { followRollback, goesOnBack } from '../../rollout/followRollback.ts'
import { isTakenBack, readServiceDeployment } from '../../rollout/serviceDeployment.ts'
import { EcsTaskError } from '../../ground/errors.ts'
import { nameOf } from '../../ground/names.ts'
import type { OngoingDeployment } from '../world.ts'
import type { Step, StepKind } from '../../engine/step.ts'
import type { StepHandler } from '../../engine/stepHandler.ts'

export interface StopServiceDeployment extends StepKind {
  readonly name: 'stopServiceDeployment'
  readonly method: 'stopServiceDeployment'
  readonly subject: 'service'
  readonly params: { readonly serviceDeploymentArn: string }
}

/** Stops a deployment that is in progress, so that ECS goes back to the revision `to`. It has no way back: what it ends is what was to be undone. */
export function stopServiceDeployment(
  { cluster, service, serviceDeploymentArn }: OngoingDeployment,
  to: string,
  wait: boolean,
): Step<StopServiceDeployment> {
  return {
    kind: 'stopServiceDeployment',
    id: `stopServiceDeployment ${nameOf(cluster)}/${service}`,
    title: `Stop the deployment of ${service}: ECS goes back to ${nameOf(to)}`,
    subject: { type: 'service', cluster: nameOf(cluster), service },
    call: { method: 'stopServiceDeployment', input: { serviceDeploymentArn, stopType: 'ROLLBACK' } },
    ...(wait && { follow: 'rollback' as const }),
    params: { serviceDeploymentArn },
  }
}

export const stopServiceDeploymentHandler: StepHandler<StopServiceDeployment> = {
  async perform({ subject, params: { serviceDeploymentArn } }, input, { aws, signal }) {
    try {
      return { answer: await aws.call('stopServiceDeployment', input, signal) }
    } catch (error) {
      if (signal.aborted) throw error
      // The answer was lost, or it came to an end after it was observed; where that was the way back, all is well.
      const record = await readServiceDeployment(aws, serviceDeploymentArn, signal).catch(() => undefined)
      if (isTakenBack(record)) return { answer: { $metadata: {} } }
      if (refusalOf(error).name !== 'ConflictException') throw error
      throw new EcsTaskError(
        'DeploymentFailed',
        `The deployment of ${subject.service} had ended before it was stopped.`,
        {
          why: `It is ${record?.status ?? 'gone'}.`,
          fix: 'Run the command again: it sees what the service runs by now.',
          cause: error,
        },
      )
    }
  },
  follow: ({ id, subject, params }, _answer, context) => followRollback({ step: id, ...subject, ...params }, context),
  goesOn: ({ subject }, context) => goesOnBack(subject, context),
}
