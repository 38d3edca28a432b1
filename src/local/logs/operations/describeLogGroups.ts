// Lists the log groups by name, 50 at a time; by prefix, or by a pattern anywhere in the name, whatever its case.
// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html
import type { DescribeLogGroupsRequest, DescribeLogGroupsResponse, LogGroup } from '@aws-sdk/client-cloudwatch-logs'
import { AwsFault } from '../../world/fault.ts'
import { logGroupArn, logGroupNameOf } from '../logGroup.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import { page } from '../../wire/page.ts'
import type { Region } from '../../world/world.ts'

export const describeLogGroups: Operation<DescribeLogGroupsRequest, DescribeLogGroupsResponse> = (
  input,
  { region },
): Wire<DescribeLogGroupsResponse> => {
  const { logGroupNamePrefix, logGroupNamePattern, logGroupIdentifiers, logGroupClass = 'STANDARD' } = input
  if (logGroupNamePrefix !== undefined && logGroupNamePattern !== undefined) {
    throw new AwsFault(
      'InvalidParameterException',
      'LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.',
    )
  }
  const identified = logGroupIdentifiers?.map((logGroupIdentifier) => logGroupNameOf({ logGroupIdentifier }))
  const groups = Object.keys(region.logs)
    .filter((name) => logGroupClass === 'STANDARD' && name.startsWith(logGroupNamePrefix ?? ''))
    .filter((name) => name.toLowerCase().includes((logGroupNamePattern ?? '').toLowerCase()))
    .filter((name) => identified?.includes(name) ?? true)
    .toSorted()
    .map((name) => describedGroup(region, name))
  const asked = { maxResults: input.limit, nextToken: input.nextToken }
  const { items, nextToken } = page(groups, asked, { default: 50, max: 50 })
  return { logGroups: items, nextToken }
}

function describedGroup(region: Region, logGroupName: string): Wire<LogGroup> {
  const arn = logGroupArn(region, logGroupName)
  const events = Object.values(region.logs[logGroupName] ?? {}).flat()
  return {
    logGroupName,
    creationTime: region.logCreationTimes[logGroupName],
    metricFilterCount: 0,
    arn: `${arn}:*`,
    storedBytes: events.reduce((sum, { message }) => sum + Buffer.byteLength(message), 0),
    logGroupClass: 'STANDARD',
    logGroupArn: arn,
  }
}
