// Returns a role, with its trust policy encoded as in a URL. https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html
import type { GetRoleRequest, GetRoleResponse } from '@aws-sdk/client-iam'
import type { Operation, Wire } from '../../world/operation.ts'
import { findRole, shownRole } from '../role.ts'

export const getRole: Operation<GetRoleRequest, GetRoleResponse> = (
  { RoleName },
  { global },
): Wire<GetRoleResponse> => ({
  Role: shownRole(findRole(global, RoleName), global),
})
