// Deletes an inline policy of the user `local`. https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUserPolicy.html
import type { DeleteUserPolicyRequest } from '@aws-sdk/client-iam'
import { AwsFault } from '../../world/fault.ts'
import type { Nothing, Operation } from '../../world/operation.ts'
import { own } from '../../world/own.ts'
import { checkUser } from '../user.ts'

export const deleteUserPolicy: Operation<DeleteUserPolicyRequest, Nothing> = (
  { UserName, PolicyName },
  { global },
): Nothing => {
  checkUser(UserName)
  if (own(global.userPolicies, PolicyName) === undefined) {
    throw new AwsFault('NoSuchEntity', `The user policy with name ${PolicyName} cannot be found.`, 404)
  }
  delete global.userPolicies[PolicyName]
  return {}
}
