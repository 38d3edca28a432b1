// Describes the status of instances: of those that are running, or with IncludeAllInstances of all. Checks of a running one
// pass. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceStatus.html
import type {
  DescribeInstanceStatusRequest,
  DescribeInstanceStatusResult,
  InstanceStatus,
  InstanceStatusSummary,
} from '@aws-sdk/client-ec2'
import { filtered } from '../../wire/filtered.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import type { Ec2Instance } from '../../world/world.ts'
import { findInstances } from '../instance.ts'
import { checkPagesOrNames, pageOf } from '../page.ts'

export const describeInstanceStatus: Operation<DescribeInstanceStatusRequest, DescribeInstanceStatusResult> = (
  input,
  { region },
): Wire<DescribeInstanceStatusResult> => {
  const { InstanceIds = [], Filters = [], IncludeAllInstances = false } = input
  checkPagesOrNames(InstanceIds, 'instancesSet', input)
  const records = InstanceIds.length > 0 ? findInstances(region, InstanceIds) : Object.values(region.instances)
  const all = records
    .map(({ instance }) => statusOf(instance))
    .filter(({ InstanceState }) => IncludeAllInstances || InstanceState.Name === 'running')
  const found = filtered(all, Filters, {
    'instance-state-name': ({ InstanceState }) => InstanceState.Name,
    'instance-state-code': ({ InstanceState }) => InstanceState.Code,
    'availability-zone': ({ AvailabilityZone }) => AvailabilityZone,
    'instance-status.status': ({ InstanceStatus }) => InstanceStatus.Status,
    'system-status.status': ({ SystemStatus }) => SystemStatus.Status,
  })
  const { items, nextToken } = pageOf(found, input)
  return { InstanceStatuses: items, NextToken: nextToken }
}

function statusOf({ InstanceId, State, Placement }: Ec2Instance) {
  const isRunning = State.Name === 'running'
  const summary: Wire<InstanceStatusSummary> = {
    Status: isRunning ? 'ok' : 'not-applicable',
    Details: isRunning ? [{ Name: 'reachability', Status: 'passed' }] : [],
  }
  return {
    AvailabilityZone: Placement.AvailabilityZone,
    Events: [],
    InstanceId,
    InstanceState: State,
    InstanceStatus: summary,
    SystemStatus: summary,
  } satisfies Wire<InstanceStatus>
}
