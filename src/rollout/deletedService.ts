/** A service that somebody else has deleted since this run has read it. */
import type { Service } from '@aws-sdk/client-ecs'
import type { Input, Output } from '../aws/aws.ts'
import { refusalOf } from '../aws/retry.ts'
import { EcsTaskError } from '../ground/errors.ts'
import { nameOf } from '../ground/names.ts'
import type { StepContext, TakenOver } from '../engine/stepHandler.ts'
import { type StartedDeployment, hasTakenOver } from './verdict.ts'

/** What is thrown then: they have decided what becomes of it, as whoever deploys it after us does. */
export function deletedService(
  name: string,
  more: { readonly why?: string; readonly evidence?: object; readonly cause?: unknown },
): EcsTaskError {
  return new EcsTaskError('DeploymentSuperseded', `Somebody else deleted service ${name}.`, {
    fix: `It is left to them. Once there is a service ${name} again, deploy again.`,
    ...more,
  })
}

/** UpdateService of a service that was there when this run read it. Throws `DeploymentSuperseded` where it no longer is. */
export async function updateExisting(
  input: Input<'updateService'>,
  { aws, signal }: Pick<StepContext, 'aws' | 'signal'>,
): Promise<Output<'updateService'>> {
  return aws.call('updateService', input, signal).catch((cause: unknown) => {
    const { name, message } = refusalOf(cause)
    if (name !== 'ServiceNotActiveException' && name !== 'ServiceNotFoundException') throw cause
    throw deletedService(nameOf(input.service ?? ''), { why: `AWS answered: ${message}`, cause })
  })
}

/** The service that an update is about, as it is now. */
export async function serviceNow(
  { cluster, service = '' }: Input<'updateService'>,
  { aws, signal }: Pick<StepContext, 'aws' | 'signal'>,
): Promise<Service | undefined> {
  return (await aws.call('describeServices', { cluster, services: [service] }, signal)).services?.[0]
}

/** Whether somebody else has deleted the service that a way back is about. */
export function deletedSince(service: Service | undefined): TakenOver | undefined {
  return service?.status === 'ACTIVE' ? undefined : { skipped: 'somebody else has deleted it since', theirs: [] }
}

/** Whether somebody else has deployed a service since this run has started a deployment of it. */
export function deployedSince(service: Service | undefined, started: StartedDeployment): TakenOver | undefined {
  if (!service || !hasTakenOver(service, started)) return undefined
  return { skipped: 'somebody else has deployed it since', theirs: [service.taskDefinition ?? ''] }
}
