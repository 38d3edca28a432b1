// Creates a log stream. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogStream.html
import type { CreateLogStreamRequest } from '@aws-sdk/client-cloudwatch-logs'
import { AwsFault } from '../../world/fault.ts'
import { findLogGroup, makeLogStream } from '../logGroup.ts'
import { violation } from '../../wire/violation.ts'
import type { Nothing, Operation } from '../../world/operation.ts'

export const createLogStream: Operation<CreateLogStreamRequest, Nothing> = (
  { logGroupName, logStreamName },
  context,
): Nothing => {
  const streams = findLogGroup(context.region, logGroupName)
  if (!/^[^:*]{1,512}$/.test(logStreamName)) {
    const must = 'satisfy regular expression pattern: [^:*]*'
    throw new AwsFault('InvalidParameterException', violation('logStreamName', logStreamName, must))
  }
  if (Object.hasOwn(streams, logStreamName)) {
    throw new AwsFault('ResourceAlreadyExistsException', 'The specified log stream already exists')
  }
  makeLogStream(context, logGroupName, logStreamName)
  return {}
}
