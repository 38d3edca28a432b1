// Creates a log group. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html
import type { CreateLogGroupRequest } from '@aws-sdk/client-cloudwatch-logs'
import { AwsFault } from '../../world/fault.ts'
import { logGroupArn, makeLogGroup } from '../logGroup.ts'
import { violation } from '../../wire/violation.ts'
import type { Nothing, Operation } from '../../world/operation.ts'

export const createLogGroup: Operation<CreateLogGroupRequest, Nothing> = ({ logGroupName, tags }, context): Nothing => {
  const { region } = context
  if (!/^[.\-_/#A-Za-z0-9]{1,512}$/.test(logGroupName)) {
    const must = 'satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+'
    throw new AwsFault('InvalidParameterException', violation('logGroupName', logGroupName, must))
  }
  if (region.logs[logGroupName]) {
    throw new AwsFault('ResourceAlreadyExistsException', 'The specified log group already exists')
  }
  makeLogGroup(context, logGroupName)
  if (tags) {
    region.tags[logGroupArn(region, logGroupName)] = Object.entries(tags).map(([key, value]) => ({ key, value }))
  }
  return {}
}
