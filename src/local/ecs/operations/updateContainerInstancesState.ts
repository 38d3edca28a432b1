import { wakeServices } from '../clusterServices.ts'
import { shownContainerInstance } from '../containerInstances/containerInstanceTasks.ts'
import { AwsFault } from '../../world/fault.ts'
import { findCluster } from '../find.ts'
import { checkContainerInstances, findContainerInstances } from '../containerInstances/findContainerInstance.ts'
import type { Operation } from '../../world/operation.ts'

/**
 * Drains up to 10 container instances, or takes them back. What that means for their tasks is for the services to see.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateContainerInstancesState.html
 */
export const updateContainerInstancesState: Operation = (input, context) => {
  const { region } = context
  const { clusterName } = findCluster(region, input.cluster).cluster
  const { status, containerInstances: named } = input
  if (status !== 'ACTIVE' && status !== 'DRAINING') {
    const message = 'Container instance status should be one of [ACTIVE, DRAINING]'
    throw new AwsFault('InvalidParameterException', message)
  }
  checkContainerInstances(named, 10)
  const { records, failures } = findContainerInstances(region, clusterName, named)
  const isInactive = ({ containerInstance }: (typeof records)[number]): boolean =>
    containerInstance.status === 'INACTIVE'
  const changed = records.filter((record) => !isInactive(record))
  for (const { containerInstance } of changed) {
    if (containerInstance.status === status) continue
    Object.assign(containerInstance, { status, version: containerInstance.version + 1 })
  }
  wakeServices(context, clusterName)
  const inactive = records
    .filter(isInactive)
    .map(({ containerInstance }) => ({ arn: containerInstance.containerInstanceArn, reason: 'INACTIVE' }))
  return {
    containerInstances: changed.map((record) => shownContainerInstance(region, record)),
    failures: [...failures, ...inactive],
  }
}
