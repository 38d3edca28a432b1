// Starts shutting down instances. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_TerminateInstances.html
import type { TerminateInstancesRequest, TerminateInstancesResult } from '@aws-sdk/client-ec2'
import { terminateInstance, findInstances } from '../instance.ts'
import type { Operation, Wire } from '../../world/operation.ts'

export const terminateInstances: Operation<TerminateInstancesRequest, TerminateInstancesResult> = (
  { InstanceIds },
  context,
): Wire<TerminateInstancesResult> => {
  const records = findInstances(context.region, InstanceIds)
  const TerminatingInstances = records.map((record) => {
    const { InstanceId, State: PreviousState } = record.instance
    terminateInstance(context, record)
    return { InstanceId, PreviousState, CurrentState: record.instance.State }
  })
  return { TerminatingInstances }
}
