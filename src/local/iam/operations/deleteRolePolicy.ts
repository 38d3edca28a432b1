// Deletes an inline policy of a role. https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRolePolicy.html
import type { DeleteRolePolicyRequest } from '@aws-sdk/client-iam'
import { AwsFault } from '../../world/fault.ts'
import type { Nothing, Operation } from '../../world/operation.ts'
import { findRole } from '../role.ts'

export const deleteRolePolicy: Operation<DeleteRolePolicyRequest, Nothing> = (
  { RoleName, PolicyName },
  { global },
): Nothing => {
  const { policies } = findRole(global, RoleName)
  const index = policies.findIndex(([name]) => name === PolicyName)
  if (index === -1) {
    throw new AwsFault('NoSuchEntity', `The role policy with name ${PolicyName} cannot be found.`, 404)
  }
  policies.splice(index, 1)
  return {}
}
