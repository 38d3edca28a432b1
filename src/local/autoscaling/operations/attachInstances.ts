// Adds running instances to a group; its desired capacity grows with them.
// https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_AttachInstances.html
import type { AttachInstancesQuery } from '@aws-sdk/client-auto-scaling'
import { changeInstances } from '../changeInstances.ts'
import { addInstance, findGroup } from '../group.ts'
import { checkRoom } from '../rules.ts'
import { putTagsOfAws } from '../../ec2/resource.ts'
import { AwsFault } from '../../world/fault.ts'
import type { Nothing, Operation } from '../../world/operation.ts'
import { own } from '../../world/own.ts'
import type { AutoScalingGroup, AutoScalingInstance, InstanceRecord, Region } from '../../world/world.ts'

export const attachInstances: Operation<AttachInstancesQuery, Nothing> = (
  { AutoScalingGroupName: name, InstanceIds = [] },
  context,
): Nothing => {
  const { region } = context
  const record = findGroup(region, name)
  const { group } = record
  const records = [...new Set(InstanceIds)].map((id) => attachable(region, group, id))
  if (records.length === 0) throw new AwsFault('ValidationError', 'At least one instance ID must be specified.')
  checkRoom(record, records.length, 'attach')
  const instances = records.map((each) => joined(region, group, each))
  changeInstances(context, record, instances, {
    task: 'attach',
    state: 'Pending',
    to: 'InService',
    change: instances.length,
    description: (id) => `Attaching an existing EC2 instance: ${id}`,
    cause: (id) => `instance ${id} was attached in response to a user request`,
  })
  return {}
}

/** A running instance that is in no group, in one of the group's zones. */
function attachable(region: Region, group: AutoScalingGroup, id: string): InstanceRecord {
  const record = own(region.instances, id)
  if (!record) throw new AwsFault('ValidationError', `Invalid Instance ID(s): [${id}] specified.`)
  const { instance, autoScalingGroup } = record
  const zone = instance.Placement.AvailabilityZone
  if (autoScalingGroup !== undefined) {
    throw new AwsFault('ValidationError', `Instance ${id} is already part of AutoScalingGroup:${autoScalingGroup}`)
  }
  if (instance.State.Name !== 'running') {
    throw new AwsFault(
      'ValidationError',
      `Instance ${id} is not in correct state. Instance(s) must be in 'running' state.`,
    )
  }
  if (!group.AvailabilityZones.includes(zone)) {
    throw new AwsFault(
      'ValidationError',
      `Instance ${id} is in ${zone}, which is none of the group's Availability Zones.`,
    )
  }
  return record
}

function joined(region: Region, group: AutoScalingGroup, record: InstanceRecord): AutoScalingInstance {
  const name = group.AutoScalingGroupName
  record.autoScalingGroup = name
  putTagsOfAws(region, record.instance.InstanceId, [{ Key: 'aws:autoscaling:groupName', Value: name }])
  return addInstance(group, record.instance)
}
