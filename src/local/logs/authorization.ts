// What CloudWatch Logs asks of a caller's policies.
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html
import type * as logs from '@aws-sdk/client-cloudwatch-logs'
import { type Authorization, type Authorizations, onEach } from '../world/authorization.ts'
import { logGroupArn, logGroupNameOf } from './logGroup.ts'

type Group = { readonly logGroupName?: string; readonly logGroupIdentifier?: string }

const ofGroup: Authorization<Group> = (input, { region }) => onEach([`${logGroupArn(region, logGroupNameOf(input))}:*`])

const ofStream: Authorization<Group & { readonly logStreamName: string }> = (input, { region }) =>
  onEach([`${logGroupArn(region, logGroupNameOf(input))}:log-stream:${input.logStreamName}`])

const startLiveTail: Authorization<logs.StartLiveTailRequest> = ({ logGroupIdentifiers }) =>
  onEach(logGroupIdentifiers.map((arn) => `${arn}:*`))

export const logsAuthorizations: Authorizations = {
  createLogGroup: ofGroup,
  createLogStream: ofStream,
  describeLogStreams: ofGroup,
  filterLogEvents: ofGroup,
  getLogEvents: ofStream,
  putLogEvents: ofStream,
  startLiveTail,
}
