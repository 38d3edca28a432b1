// Adds an inline policy to the user `local`, or replaces it: from then on it may do only what its policies allow, where
// somebody asks SimulatePrincipalPolicy. https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPolicy.html
import type { PutUserPolicyRequest } from '@aws-sdk/client-iam'
import type { Nothing, Operation } from '../../world/operation.ts'
import { checkDocument } from '../policy.ts'
import { checkUser } from '../user.ts'

export const putUserPolicy: Operation<PutUserPolicyRequest, Nothing> = (
  { UserName, PolicyName, PolicyDocument },
  { global },
): Nothing => {
  checkUser(UserName)
  checkDocument(PolicyDocument)
  global.userPolicies[PolicyName] = PolicyDocument
  return {}
}
