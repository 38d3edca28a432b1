import type { Service } from '@aws-sdk/client-ecs'
import type { Aws } from '../aws.ts'
import type { Forensics } from '../events.ts'
import { stoppedTasksOf } from './stoppedTasks.ts'

/** What can be found out about one deployment of a service that has failed. Never throws. */
export async function forensicsOf(
  aws: Aws,
  of: {
    cluster: string
    service: Service
    deploymentId: string
    unmet: readonly string[]
    next?: string | undefined
  },
  _signal?: AbortSignal,
): Promise<Forensics> {
  const { cluster, service, deploymentId, unmet, next } = of
  const stoppedTasks = await stoppedTasksOf(aws, { cluster, service: service.serviceName ?? '', deploymentId })
  return { stoppedTasks, logs: [], targets: [], unmet, ...(next !== undefined && { next }) }
}
