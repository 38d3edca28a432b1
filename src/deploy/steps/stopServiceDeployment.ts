/** StopServiceDeployment: a deployment that is in progress goes back to the last one that was successful. */
import type { Service, StopServiceDeploymentCommandOutput } from '@aws-sdk/client-ecs'
import { refusalOf } from '../../aws/retry.ts'
import { followDeployment } from '../../rollout/followDeployment.ts'
import { followRollback, goesOnBack } from '../../rollout/followRollback.ts'
import { isAtWork, isTakenBack, readServiceDeployment } from '../../rollout/serviceDeployment.ts'
import { identityOf, primaryOf } from '../../rollout/verdict.ts'
import { EcsTaskError } from '../../ground/errors.ts'
import { nameOf } from '../../ground/names.ts'
import type { OngoingDeployment } from '../world.ts'
import type { Step, StepKind } from '../../engine/step.ts'
import type { StepContext, StepHandler } from '../../engine/stepHandler.ts'

export interface StopServiceDeployment extends StepKind {
  readonly name: 'stopServiceDeployment'
  readonly method: 'stopServiceDeployment'
  readonly subject: 'service'
  /** `to` is the revision that ECS goes back to, as an ARN. */
  readonly params: { readonly serviceDeploymentArn: string; readonly to: string }
}

/** The answer; with the service where its deployment had just completed, so that it was updated to the revision instead. */
type Stopped = StopServiceDeploymentCommandOutput & { readonly service?: Service | undefined }

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
    params: { serviceDeploymentArn, to },
  }
}

export const stopServiceDeploymentHandler: StepHandler<StopServiceDeployment> = {
  async perform(step, input, context) {
    const { aws, signal } = context
    const { subject, params } = step
    try {
      return { answer: await aws.call('stopServiceDeployment', input, signal) }
    } catch (error) {
      if (signal.aborted) throw error
      // The answer was lost, or it came to an end after it was observed; where that was the way back, all is well.
      const record = await readServiceDeployment(aws, params.serviceDeploymentArn, signal).catch(() => undefined)
      if (isTakenBack(record)) return { answer: { $metadata: {} } }
      if (refusalOf(error).name !== 'ConflictException') throw error
      const service = record?.status === 'SUCCESSFUL' ? await updateTo(step, context) : undefined
      const answer: Stopped = { service, $metadata: {} }
      if (service) return { answer }
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
  follow: ({ id, subject, params }, { service }: Stopped, context) =>
    service
      ? followDeployment({ step: id, identity: identityOf(service), service, rest: 'steady' }, context)
      : followRollback({ step: id, ...subject, ...params }, context),
  goesOn: ({ subject }, context) => goesOnBack(subject, context),
}

/**
 * Updates a service to the revision that ECS would have gone back to; undefined where somebody else has begun a deployment
 * since, which is theirs.
 */
async function updateTo(
  { subject: { cluster, service: name }, params: { to } }: Step<StopServiceDeployment>,
  { aws, signal }: StepContext,
): Promise<Service | undefined> {
  const { services = [] } = await aws.call('describeServices', { cluster, services: [name] }, signal)
  const [service] = services
  if (!service || primaryOf(service)?.rolloutState !== 'COMPLETED') return undefined
  if (await isAtWork(aws, service, signal)) return undefined
  return (await aws.call('updateService', { cluster, service: name, taskDefinition: to }, signal)).service
}
