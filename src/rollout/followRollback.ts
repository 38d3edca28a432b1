/** Waits for a deployment that was told to go back. */
import type { Service, ServiceDeployment } from '@aws-sdk/client-ecs'
import { awsCommand, ownCommand } from '../ground/command.ts'
import { EcsTaskError } from '../ground/errors.ts'
import { nameOf } from '../ground/names.ts'
import type { StepContext } from '../engine/stepHandler.ts'
import { progress } from './progress.ts'
import { readServiceDeployment } from './serviceDeployment.ts'
import { primaryOf } from './verdict.ts'

/** Milliseconds between two looks. */
const interval = 5_000

/** Whether a service deployment stays as it is. */
export const hasEnded = (record: ServiceDeployment | undefined): boolean => ends.includes(record?.status)

const ends: readonly (string | undefined)[] = ['SUCCESSFUL', 'STOPPED', 'ROLLBACK_SUCCESSFUL', 'ROLLBACK_FAILED']

/** Waits until a service deployment has come to an end; answers it as it then is, or as it was when the time was up. */
export async function deploymentEnd(
  arn: string,
  { aws, clock, signal, timeout }: Pick<StepContext, 'aws' | 'clock' | 'signal' | 'timeout'>,
  tell: () => Promise<void> = async () => {},
): Promise<ServiceDeployment | undefined> {
  for (const end = clock.now() + timeout; ; await clock.sleep(interval, signal)) {
    const record = await readServiceDeployment(aws, arn, signal)
    await tell()
    if (hasEnded(record) || clock.now() >= end) return record
  }
}

/**
 * Follows a deployment that was told to go back until the service is back. Throws where it does not come to that:
 * `TimedOut`, `DeploymentSuperseded` or `DeploymentFailed`. What ECS then goes on with by itself is noted as left.
 */
export async function followRollback(
  of: {
    readonly step: string
    readonly cluster: string
    readonly service: string
    readonly serviceDeploymentArn: string
  },
  context: StepContext,
): Promise<void> {
  const { serviceDeploymentArn, service: name } = of
  const watch = watchService(of, context)
  const record = await deploymentEnd(serviceDeploymentArn, context, watch.look).catch((error: unknown) => {
    context.noteLeftover(goesOnBack(of, context))
    throw error
  })
  const { status, statusReason, createdAt } = record ?? {}
  if (status === 'ROLLBACK_SUCCESSFUL') return
  if (!hasEnded(record)) {
    context.noteLeftover(goesOnBack(of, context))
    throw new EcsTaskError('TimedOut', `${name} had not rolled back after ${Math.round(context.timeout / 1000)} s.`, {
      why: status && `Its service deployment is ${status}.`,
      fix: follow(of, context),
    })
  }
  const primary = watch.last() && primaryOf(watch.last() as Service)
  if (status === 'STOPPED' && createdAt && primary?.createdAt && primary.createdAt > createdAt) {
    throw new EcsTaskError('DeploymentSuperseded', `Another deployment of ${name} took over during the rollback.`, {
      why: `Deployment ${primary.id} runs ${nameOf(primary.taskDefinition ?? '')}.`,
    })
  }
  const why = `Its service deployment is ${status}${statusReason ? `: ${statusReason}` : ''}`
  context.noteLeftover(`${name} did not roll back. ${why}. Deploy a tag that works.`)
  throw new EcsTaskError('DeploymentFailed', `ECS did not roll ${name} back.`, { why, fix: 'Deploy a tag that works.' })
}

/** What is left where ECS rolls a service back and nobody follows it. */
export function goesOnBack(
  of: { readonly cluster: string; readonly service: string },
  context: Pick<StepContext, 'program' | 'only'>,
): string {
  return `ECS is still rolling ${of.service} back. ${follow(of, context)}`
}

function follow(
  { cluster, service }: { cluster: string; service: string },
  { program, only }: Pick<StepContext, 'program' | 'only'>,
): string {
  return `Follow it with: ${
    program === undefined
      ? awsCommand('ecs describe-services', { cluster: nameOf(cluster), services: service })
      : ownCommand(program, 'wait', { only })
  }`
}

/** Tells of the deployment that is PRIMARY, which is another one as soon as ECS goes back. */
function watchService(
  { step, cluster, service: name }: { readonly step: string; readonly cluster: string; readonly service: string },
  { aws, emit, signal }: StepContext,
): { readonly look: () => Promise<void>; readonly last: () => Service | undefined } {
  let last: Service | undefined
  let id: string | undefined
  let tell: ReturnType<typeof progress> | undefined
  return {
    async look() {
      const { services = [] } = await aws.call('describeServices', { cluster, services: [name] }, signal)
      const service = services[0]
      const primary = service && primaryOf(service)?.id
      if (!service || primary === undefined) return
      if (primary !== id) tell = progress({ step, id: primary, before: last ?? service, emit })
      id = primary
      last = service
      tell?.(service)
    },
    last: () => last,
  }
}
