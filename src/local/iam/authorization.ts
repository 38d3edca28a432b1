// What IAM asks of a caller's policies.
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
import { type Authorization, type Authorizations, onEach } from '../world/authorization.ts'
import { own } from '../world/own.ts'

const ofRole: Authorization<{ RoleName: string }> = ({ RoleName }, { region, global }) =>
  onEach([own(global.roles, RoleName)?.role.Arn ?? `arn:aws:iam::${region.account}:role/${RoleName}`])

const ofUser: Authorization<{ UserName: string }> = ({ UserName }, { region }) =>
  onEach([`arn:aws:iam::${region.account}:user/${UserName}`])

const ofPrincipal: Authorization<{ PolicySourceArn: string }> = ({ PolicySourceArn }) => onEach([PolicySourceArn])

export const iamAuthorizations: Authorizations = {
  createRole: ofRole,
  deleteRole: ofRole,
  deleteRolePolicy: ofRole,
  deleteUserPolicy: ofUser,
  getRole: ofRole,
  putRolePolicy: ofRole,
  putUserPolicy: ofUser,
  simulatePrincipalPolicy: ofPrincipal,
}
