/** Has ECS itself roll back a deployment, and waits for it. */
import type { Service } from '@aws-sdk/client-ecs'
import type { StepContext } from '../engine/stepHandler.ts'
import { deploymentEnd } from './followRollback.ts'
import { unlessDenied } from './missingPermission.ts'
import { findServiceDeployment, judgeServiceDeployment, seenServiceDeployment } from './serviceDeployment.ts'

/**
 * Tells a deployment that is still going to go back by itself; answers with the service once it
 * has, and with undefined where there was none or it could not.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stop-service-deployment.html
 */
export async function rolledBackByEcs(service: Service, context: StepContext): Promise<Service | undefined> {
  const { aws, signal } = context
  const { taskDefinition, clusterArn: cluster, serviceName = '' } = service
  const arn = await findServiceDeployment(aws, { service, taskDefinition, since: undefined }, signal)
  const record = arn === undefined ? undefined : await seenServiceDeployment(aws, arn, signal)
  if (!arn || !record || judgeServiceDeployment(record).state === 'completed') return undefined
  if (judgeServiceDeployment(record).state === 'inProgress') {
    await aws.call('stopServiceDeployment', { serviceDeploymentArn: arn, stopType: 'ROLLBACK' }, signal)
  }
  const end = await deploymentEnd(arn, context).catch(unlessDenied(() => undefined))
  if (end?.status !== 'ROLLBACK_SUCCESSFUL') return undefined
  const { services = [] } = await aws.call('describeServices', { cluster, services: [serviceName] }, signal)
  return services[0]
}
