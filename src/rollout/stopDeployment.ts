/** Stops what a step has set going: `--on-failure stop`. */
import type { Step, StepKind } from '../engine/step.ts'
import type { StepContext } from '../engine/stepHandler.ts'
import { findServiceDeployment, judgeServiceDeployment, seenServiceDeployment } from './serviceDeployment.ts'

/** A kind of step that is about a service. */
interface OfService extends StepKind {
  readonly subject: 'service'
}

/**
 * Tells ECS to stop the deployment of a step's service where it still goes on, which takes the service back to what it
 * last ran successfully; what has completed stays. What cannot be stopped is a warning. Answers whether ECS was told.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stop-service-deployment.html
 */
export async function stopDeployment(
  { title, subject: { cluster, service: name } }: Step<OfService>,
  { aws, emit }: StepContext,
): Promise<boolean> {
  try {
    const { services = [] } = await aws.call('describeServices', { cluster, services: [name] })
    const service = services[0]
    if (!service) return false
    const { taskDefinition } = service
    const arn = await findServiceDeployment(aws, { service, taskDefinition, since: undefined })
    const record = arn === undefined ? undefined : await seenServiceDeployment(aws, arn)
    if (!arn || !record || judgeServiceDeployment(record).state !== 'inProgress') return false
    await aws.call('stopServiceDeployment', { serviceDeploymentArn: arn, stopType: 'ROLLBACK' })
    return true
  } catch (error) {
    emit({ type: 'warning.raised', text: `${title}: its deployment could not be stopped: ${String(error)}` })
    return false
  }
}
