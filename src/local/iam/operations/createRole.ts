// Creates a role. https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
import type { CreateRoleRequest, CreateRoleResponse } from '@aws-sdk/client-iam'
import { AwsFault } from '../../world/fault.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import { own } from '../../world/own.ts'
import { violation } from '../../wire/violation.ts'
import { checkDocument } from '../policy.ts'
import { shownRole } from '../role.ts'

export const createRole: Operation<CreateRoleRequest, CreateRoleResponse> = (
  input,
  { region, global, now, ids },
): Wire<CreateRoleResponse> => {
  const { RoleName, AssumeRolePolicyDocument, Description, Path = '/', MaxSessionDuration = 3600, Tags } = input
  if (!/^[\w+=,.@-]{1,64}$/.test(RoleName)) {
    throw new AwsFault(
      'ValidationError',
      violation('roleName', RoleName, 'satisfy regular expression pattern: [\\w+=,.@-]+'),
    )
  }
  if (own(global.roles, RoleName)) {
    throw new AwsFault('EntityAlreadyExists', `Role with name ${RoleName} already exists.`, 409)
  }
  checkDocument(AssumeRolePolicyDocument)
  const Arn = `arn:aws:iam::${region.account}:role${Path}${RoleName}`
  const RoleId = `AROA${ids.hex(17).toUpperCase()}`
  const role = { Path, RoleName, RoleId, Arn, CreateDate: now / 1000, Description, MaxSessionDuration }
  const record = { role: { ...role, AssumeRolePolicyDocument }, policies: [] }
  global.roles[RoleName] = record
  if (Tags) global.tags[Arn] = Tags
  return { Role: shownRole(record, global) }
}
