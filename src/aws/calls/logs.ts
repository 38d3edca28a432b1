/** The calls to CloudWatch Logs. */
import type * as logs from '@aws-sdk/client-cloudwatch-logs'
import { type CallFacts, tableOf } from '../callFacts.ts'

/** What goes in and what comes out of each call to CloudWatch Logs. */
export interface LogsCalls {
  describeLogGroups: [logs.DescribeLogGroupsCommandInput, logs.DescribeLogGroupsCommandOutput]
  getLogEvents: [logs.GetLogEventsCommandInput, logs.GetLogEventsCommandOutput]
  filterLogEvents: [logs.FilterLogEventsCommandInput, logs.FilterLogEventsCommandOutput]
}

const { read } = tableOf('logs')

export const logsCalls: Readonly<Record<keyof LogsCalls, CallFacts>> = {
  describeLogGroups: read('describeLogGroups', {
    page: { items: 'logGroups', size: 'limit', most: 50, token: 'nextToken' },
  }),
  getLogEvents: read('getLogEvents'),
  filterLogEvents: read('filterLogEvents'),
}
