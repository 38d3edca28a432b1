// Lists instances, each in a reservation of its own.
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html
import type { DescribeInstancesRequest, DescribeInstancesResult, Reservation } from '@aws-sdk/client-ec2'
import { findInstances } from '../instance.ts'
import { filtered } from '../../wire/filtered.ts'
import { checkPagesOrNames, pageOf } from '../page.ts'
import { withTags } from '../resource.ts'
import type { Operation, Wire } from '../../world/operation.ts'

export const describeInstances: Operation<DescribeInstancesRequest, DescribeInstancesResult> = (
  input,
  { region },
): Wire<DescribeInstancesResult> => {
  const { InstanceIds = [], Filters } = input
  checkPagesOrNames(InstanceIds, 'instancesSet', input)
  const records = InstanceIds.length > 0 ? findInstances(region, InstanceIds) : Object.values(region.instances)
  const all = records.map(({ instance }) => withTags(region, instance.InstanceId, instance))
  const found = filtered(all, Filters, {
    'instance-id': ({ InstanceId }) => InstanceId,
    'image-id': ({ ImageId }) => ImageId,
    'instance-type': ({ InstanceType }) => InstanceType,
    'instance-state-name': ({ State }) => State.Name,
    'instance-state-code': ({ State }) => State.Code,
    'availability-zone': ({ Placement }) => Placement.AvailabilityZone,
    'subnet-id': ({ SubnetId }) => SubnetId,
    'vpc-id': ({ VpcId }) => VpcId,
    'instance.group-id': ({ SecurityGroups }) => SecurityGroups.map(({ GroupId }) => GroupId),
    'private-ip-address': ({ PrivateIpAddress }) => PrivateIpAddress,
    'private-dns-name': ({ PrivateDnsName }) => PrivateDnsName,
    'key-name': ({ KeyName }) => KeyName,
    architecture: ({ Architecture }) => Architecture,
  })
  const Reservations = found.map((instance): Wire<Reservation> => ({
    ReservationId: region.instances[instance.InstanceId]!.reservationId,
    OwnerId: region.account,
    Groups: [],
    Instances: [instance],
  }))
  const { items, nextToken } = pageOf(Reservations, input)
  return { Reservations: items, NextToken: nextToken }
}
