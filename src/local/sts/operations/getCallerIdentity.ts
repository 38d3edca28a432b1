import type { Operation } from '../../world/operation.ts'
import { callerArn } from '../../world/arn.ts'

/** Who calls: always the account's user `local`. https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
export const getCallerIdentity: Operation = (_, { region }) => {
  return { UserId: 'AIDALOCALLOCALLOCALLO', Account: region.account, Arn: callerArn(region) }
}
