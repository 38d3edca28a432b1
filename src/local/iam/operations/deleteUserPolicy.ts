// Deletes an inline policy of the user `local`. https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUserPolicy.html
import type { DeleteUserPolicyRequest } from '@aws-sdk/client-iam'
import { AwsFault } from '../../world/fault.ts'
import type { Operation } from '../../world/operation.ts'
import { own } from '../../world/own.ts'
import { checkUser } from '../user.ts'

export const deleteUserPolicy: Operation<DeleteUserPolicyRequest> = ({ UserName, PolicyName }, { global }) => {
  checkUser(UserName)
  if (own(global.userPolicies, PolicyName) === undefined) {
    throw new AwsFault('NoSuchEntity', `The user policy with name ${PolicyName} cannot be found.`, 404)
  }
  delete global.userPolicies[PolicyName]
  return {}
}
