// ListTasks: lists the ARNs of a cluster's tasks.
import type { ListTasksRequest, ListTasksResponse } from '@aws-sdk/client-ecs'
import { page } from '../../wire/page.ts'
import { nameOf } from '../../world/arn.ts'
import { AwsFault } from '../../world/fault.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import type { TaskRecord } from '../../world/world.ts'
import { findCluster, findService } from '../find.ts'
import { invalid } from '../invalid.ts'

/** `desiredStatus` PENDING is accepted and matches nothing: ECS never wishes a task to be pending. */
const desiredStatuses = ['RUNNING', 'PENDING', 'STOPPED']

/** What is named by its name or its ARN. */
const byName = ['serviceName', 'containerInstance']

/** What cannot stand beside `startedBy`. */
const otherFilters = [
  'serviceName',
  'family',
  'containerInstance',
  'launchType',
  'desiredStatus',
  'daemonName',
] as const

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTasks.html */
export const listTasks: Operation<ListTasksRequest, ListTasksResponse> = (
  input,
  { region },
): Wire<ListTasksResponse> => {
  const { clusterName } = findCluster(region, input.cluster).cluster
  const { serviceName, desiredStatus = 'RUNNING' } = input
  if (!desiredStatuses.includes(desiredStatus)) {
    throw invalid(`desiredStatus should be one of ${desiredStatuses.join(', ')}.`)
  }
  if (input.startedBy !== undefined && otherFilters.some((filter) => input[filter] !== undefined)) {
    throw invalid('When you specify startedBy, it must be the only filter.')
  }
  if (serviceName !== undefined && !findService(region, clusterName, serviceName)) {
    throw new AwsFault('ServiceNotFoundException', 'Service not found.')
  }
  const found = Object.values(region.tasks).filter(
    (record) => record.cluster === clusterName && matches(record, { ...input, desiredStatus }),
  )
  const { items, nextToken } = page(found, input, { default: 100, max: 100 })
  return { taskArns: items.map(({ task }) => task.taskArn), ...(nextToken && { nextToken }) }
}

function matches({ task, service }: TaskRecord, filters: Wire<ListTasksRequest>): boolean {
  const has = {
    desiredStatus: task.desiredStatus,
    serviceName: service,
    family: nameOf(task.taskDefinitionArn).split(':')[0],
    launchType: task.launchType,
    startedBy: task.startedBy,
    containerInstance: task.containerInstanceArn && nameOf(task.containerInstanceArn),
    // No daemon of ECS's own starts tasks here.
    daemonName: undefined,
  }
  return [...otherFilters, 'startedBy' as const].every((filter) => {
    const wanted = filters[filter]
    return wanted === undefined || has[filter] === (byName.includes(filter) ? nameOf(wanted) : wanted)
  })
}
