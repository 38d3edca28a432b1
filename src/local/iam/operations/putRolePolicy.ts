// Adds an inline policy to a role, or replaces it. https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html
import type { PutRolePolicyRequest } from '@aws-sdk/client-iam'
import type { Nothing, Operation } from '../../world/operation.ts'
import { checkDocument } from '../policy.ts'
import { findRole } from '../role.ts'

export const putRolePolicy: Operation<PutRolePolicyRequest, Nothing> = (
  { RoleName, PolicyName, PolicyDocument },
  { global },
): Nothing => {
  const { policies } = findRole(global, RoleName)
  checkDocument(PolicyDocument)
  const others = policies.filter(([name]) => name !== PolicyName)
  policies.splice(0, Infinity, ...others, [PolicyName, PolicyDocument])
  return {}
}
