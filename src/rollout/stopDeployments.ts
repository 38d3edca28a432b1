import type { Step } from '../engine/step.ts'
import type { StepContext } from '../engine/stepHandler.ts'
import { findServiceDeployment, judgeServiceDeployment, readServiceDeployment } from './serviceDeployment.ts'

/**
 * Tells ECS to stop the deployments of these steps that still go on, which takes their services back to what they last
 * ran successfully; what has completed stays. What cannot be stopped is a warning.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stop-service-deployment.html
 */
export async function stopDeployments(steps: readonly Step[], { aws, emit }: StepContext): Promise<void> {
  await Promise.all(
    steps.map(async ({ call, title }) => {
      if (call.method !== 'updateService') return
      const { cluster, service: name = '' } = call.input as { cluster?: string; service?: string }
      try {
        const { services = [] } = await aws.call('describeServices', { cluster, services: [name] })
        const service = services[0]
        if (!service) return
        const { taskDefinition } = service
        const arn = await findServiceDeployment(aws, { service, taskDefinition, since: undefined })
        const record = arn === undefined ? undefined : await readServiceDeployment(aws, arn)
        if (!arn || !record || judgeServiceDeployment(record).state !== 'inProgress') return
        await aws.call('stopServiceDeployment', { serviceDeploymentArn: arn, stopType: 'ROLLBACK' })
      } catch (error) {
        emit({ type: 'warning.raised', text: `${title}: its deployment could not be stopped: ${String(error)}` })
      }
    }),
  )
}
