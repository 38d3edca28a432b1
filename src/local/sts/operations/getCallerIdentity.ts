// GetCallerIdentity: whoever calls is the account's user `local`, or the role that they have assumed.
import type { GetCallerIdentityRequest, GetCallerIdentityResponse } from '@aws-sdk/client-sts'
import { callerArn } from '../../world/arn.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import { own } from '../../world/own.ts'

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
export const getCallerIdentity: Operation<GetCallerIdentityRequest, GetCallerIdentityResponse> = (
  _,
  context,
): Wire<GetCallerIdentityResponse> => {
  const { region, global, accessKeyId = '' } = context
  const session = own(global.sessions, accessKeyId)
  const [UserId, Arn] = session ? [session.userId, session.arn] : ['AIDALOCALLOCALLOCALLO', callerArn(region)]
  return { UserId, Account: Arn.split(':')[4], Arn }
}
