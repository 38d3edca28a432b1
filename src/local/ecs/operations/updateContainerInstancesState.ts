// UpdateContainerInstancesState: drains up to 10 container instances, or makes them ACTIVE again.
import type { UpdateContainerInstancesStateRequest, UpdateContainerInstancesStateResponse } from '@aws-sdk/client-ecs'
import type { Operation, Wire } from '../../world/operation.ts'
import { wakeServices } from '../cluster.ts'
import { shownContainerInstance } from '../containerInstances/tasksOn.ts'
import { checkContainerInstances, findCluster, findContainerInstances } from '../find.ts'
import { invalid } from '../invalid.ts'
import { change } from '../../world/members.ts'

/**
 * What that means for their tasks is for the services to see.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateContainerInstancesState.html
 */
export const updateContainerInstancesState: Operation<
  UpdateContainerInstancesStateRequest,
  UpdateContainerInstancesStateResponse
> = (input, context): Wire<UpdateContainerInstancesStateResponse> => {
  const { region } = context
  const { clusterName } = findCluster(region, input.cluster).cluster
  const { status, containerInstances: named } = input
  if (status !== 'ACTIVE' && status !== 'DRAINING') {
    const message = 'Container instance status should be one of [ACTIVE, DRAINING]'
    throw invalid(message)
  }
  checkContainerInstances(named, 10)
  const { records, failures } = findContainerInstances(region, clusterName, named)
  const isInactive = ({ containerInstance }: (typeof records)[number]): boolean =>
    containerInstance.status === 'INACTIVE'
  const changed = records.filter((record) => !isInactive(record))
  for (const { containerInstance } of changed) {
    if (containerInstance.status === status) continue
    change(containerInstance, { status, version: containerInstance.version + 1 })
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
