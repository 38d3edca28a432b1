import { findGroup, wakeGroup } from '../group.ts'
import { processesIn } from '../rules.ts'
import type { Operation, Wire } from '../../world/operation.ts'

/** All processes where none is named. https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_ResumeProcesses.html */
export const resumeProcesses: Operation = (input, context) => {
  const record = findGroup(context.region, input.AutoScalingGroupName)
  const { group } = record
  const resumed = processesIn(input)
  group.SuspendedProcesses = group.SuspendedProcesses.filter(({ ProcessName }: Wire) => !resumed.includes(ProcessName))
  wakeGroup(context, record)
  return {}
}
