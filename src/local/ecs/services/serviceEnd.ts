import { nameOf } from '../../world/arn.ts'
import type { Context } from '../../world/operation.ts'
import { recount, serviceTasks } from '../rollout/serviceCounts.ts'
import { scaleIn } from '../rollout/serviceLaunch.ts'
import { deregisterTasks } from '../tasks/targetGroupTasks.ts'
import type { ServiceRecord } from '../../world/world.ts'

/** Deleted services are shown a while: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteService.html */
const remembered = 3_600_000

/** A DRAINING service stops its tasks; with all of them on their way out it is INACTIVE, and its history is gone. */
export function endService(context: Context, record: ServiceRecord): void {
  const { service, rollouts } = record
  const { region } = context
  scaleIn(context, record, serviceTasks(region, record))
  deregisterTasks(context, record)
  service.status = 'INACTIVE'
  service.deployments = []
  for (const id of Object.keys(rollouts)) delete rollouts[id]
  for (const [arn, { serviceDeployment }] of Object.entries(region.serviceDeployments)) {
    if (serviceDeployment.serviceArn === service.serviceArn) delete region.serviceDeployments[arn]
  }
  for (const [arn, revision] of Object.entries(region.serviceRevisions)) {
    if (revision.serviceArn === service.serviceArn) delete region.serviceRevisions[arn]
  }
  delete service.currentServiceDeployment
  recount(region, record)
  record.nextAt = context.now + remembered
}

/** Forgets an INACTIVE service; one that was created under its name since has taken its place before. */
export function forgetService({ region }: Context, { service }: ServiceRecord): void {
  delete region.services[`${nameOf(service.clusterArn)}/${service.serviceName}`]
  delete region.tags[service.serviceArn]
}
