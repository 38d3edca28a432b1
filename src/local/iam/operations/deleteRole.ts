// Deletes a role that has no policies. https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRole.html
import type { DeleteRoleRequest } from '@aws-sdk/client-iam'
import { AwsFault } from '../../world/fault.ts'
import type { Nothing, Operation } from '../../world/operation.ts'
import { findRole } from '../role.ts'

export const deleteRole: Operation<DeleteRoleRequest, Nothing> = ({ RoleName }, { global }): Nothing => {
  const { role, policies } = findRole(global, RoleName)
  if (policies.length > 0) {
    throw new AwsFault('DeleteConflict', 'Cannot delete entity, must delete policies first.', 409)
  }
  delete global.roles[RoleName]
  delete global.tags[role.Arn]
  return {}
}
