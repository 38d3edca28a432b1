// GetCallerIdentity: whoever calls is the account's user `local`.
import { callerArn } from '../../world/arn.ts'
import type { Operation } from '../../world/operation.ts'

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
export const getCallerIdentity: Operation = (_, { region }) => {
  return { UserId: 'AIDALOCALLOCALLOCALLO', Account: region.account, Arn: callerArn(region) }
}
