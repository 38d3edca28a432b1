// DeregisterContainerInstance: takes a container instance out of its cluster.
import type { DeregisterContainerInstanceRequest, DeregisterContainerInstanceResponse } from '@aws-sdk/client-ecs'
import type { Operation, Wire } from '../../world/operation.ts'
import { deactivate } from '../containerInstances/containerInstance.ts'
import { shownContainerInstance } from '../containerInstances/tasksOn.ts'
import { findCluster, findContainerInstance } from '../find.ts'
import { invalid } from '../invalid.ts'

/**
 * With `force` its tasks are given up and services start others.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeregisterContainerInstance.html
 */
export const deregisterContainerInstance: Operation<
  DeregisterContainerInstanceRequest,
  DeregisterContainerInstanceResponse
> = ({ cluster, containerInstance, force = false }, context): Wire<DeregisterContainerInstanceResponse> => {
  const { region } = context
  const { clusterName } = findCluster(region, cluster).cluster
  const record = findContainerInstance(region, clusterName, containerInstance)
  if (!record || record.containerInstance.status === 'INACTIVE') {
    throw invalid('The referenced container instance was not found.')
  }
  const { runningTasksCount, pendingTasksCount } = shownContainerInstance(region, record)
  if (!force && runningTasksCount + pendingTasksCount > 0) {
    throw invalid('Found running tasks on the instance.')
  }
  const stoppedReason = 'Container instance deregistration forced by user'
  deactivate(context, record, { stopCode: 'UserInitiated', stoppedReason })
  return { containerInstance: shownContainerInstance(region, record) }
}
