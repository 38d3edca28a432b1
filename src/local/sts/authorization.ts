// What STS asks of a caller's policies. Anybody may ask who they are.
// https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
import type * as sts from '@aws-sdk/client-sts'
import { type Authorization, type Authorizations, onEach } from '../world/authorization.ts'

const assumeRole: Authorization<sts.AssumeRoleRequest> = ({ RoleArn }) => onEach([RoleArn])

export const stsAuthorizations: Authorizations = { assumeRole, getCallerIdentity: () => [] }
