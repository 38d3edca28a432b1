// Lists the Availability Zones of the region.
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeAvailabilityZones.html
import type {
  AvailabilityZone,
  DescribeAvailabilityZonesRequest,
  DescribeAvailabilityZonesResult,
} from '@aws-sdk/client-ec2'
import { availabilityZoneId, availabilityZonesOf } from '../availabilityZones.ts'
import { filtered } from '../../wire/filtered.ts'
import { AwsFault } from '../../world/fault.ts'
import type { Operation, Wire } from '../../world/operation.ts'

export const describeAvailabilityZones: Operation<DescribeAvailabilityZonesRequest, DescribeAvailabilityZonesResult> = (
  { ZoneNames = [], ZoneIds = [], Filters },
  { region },
): Wire<DescribeAvailabilityZonesResult> => {
  const all = availabilityZonesOf(region.name).map(
    (ZoneName) =>
      ({
        ZoneName,
        ZoneId: availabilityZoneId(ZoneName),
        RegionName: region.name,
        State: 'available' as const,
        ZoneType: 'availability-zone',
        GroupName: region.name,
        NetworkBorderGroup: region.name,
        OptInStatus: 'opt-in-not-required' as const,
        Messages: [],
      }) satisfies Wire<AvailabilityZone>,
  )
  const missing = [
    ...ZoneNames.filter((name) => !all.some(({ ZoneName }) => ZoneName === name)),
    ...ZoneIds.filter((id) => !all.some(({ ZoneId }) => ZoneId === id)),
  ]
  if (missing.length > 0) {
    throw new AwsFault('InvalidParameterValue', `Invalid availability zones: [${missing.join(', ')}]`)
  }
  const isWanted = ({ ZoneName, ZoneId }: (typeof all)[number]): boolean =>
    ZoneNames.length + ZoneIds.length === 0 || ZoneNames.includes(ZoneName) || ZoneIds.includes(ZoneId)
  const found = filtered(all.filter(isWanted), Filters, {
    'zone-name': ({ ZoneName }) => ZoneName,
    'zone-id': ({ ZoneId }) => ZoneId,
    'zone-type': ({ ZoneType }) => ZoneType,
    'region-name': ({ RegionName }) => RegionName,
    'group-name': ({ GroupName }) => GroupName,
    'opt-in-status': ({ OptInStatus }) => OptInStatus,
    state: ({ State }) => State,
  })
  return { AvailabilityZones: found }
}
