// Answers credentials of a role that exists and trusts the account or its user `local`. Roles of other accounts are taken on
// trust. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
import type { AssumeRoleRequest, AssumeRoleResponse } from '@aws-sdk/client-sts'
import { roleOfArn, trusts } from '../../iam/role.ts'
import { callerArn } from '../../world/arn.ts'
import { AwsFault } from '../../world/fault.ts'
import type { Context, Operation, Wire } from '../../world/operation.ts'
import { violation } from '../../wire/violation.ts'

export const assumeRole: Operation<AssumeRoleRequest, AssumeRoleResponse> = (
  input,
  context,
): Wire<AssumeRoleResponse> => {
  const { global, now, ids } = context
  const { RoleArn, RoleSessionName, DurationSeconds = 3600 } = input
  const [, account, name] = /^arn:[\w-]+:iam::(\d{12}):role\/(?:.*\/)?([\w+=,.@-]+)$/.exec(RoleArn) ?? []
  if (account === undefined || name === undefined) throw invalid(`${RoleArn} is invalid`)
  if (!/^[\w+=,.@-]{2,64}$/.test(RoleSessionName)) {
    throw invalid(violation('roleSessionName', RoleSessionName, 'satisfy regular expression pattern: [\\w+=,.@-]*'))
  }
  const { RoleId, MaxSessionDuration } = assumable(context, RoleArn, account)
  if (DurationSeconds > MaxSessionDuration) {
    throw invalid('The requested DurationSeconds exceeds the MaxSessionDuration set for this role.')
  }
  for (const [key, { expiration }] of Object.entries(global.sessions)) {
    if (expiration <= now / 1000) delete global.sessions[key]
  }
  const AccessKeyId = `ASIA${ids.hex(16).toUpperCase()}`
  const Arn = `arn:aws:sts::${account}:assumed-role/${name}/${RoleSessionName}`
  const AssumedRoleId = `${RoleId}:${RoleSessionName}`
  const Expiration = now / 1000 + DurationSeconds
  global.sessions[AccessKeyId] = { arn: Arn, userId: AssumedRoleId, expiration: Expiration }
  return {
    Credentials: { AccessKeyId, SecretAccessKey: ids.text(40), SessionToken: ids.text(64), Expiration },
    AssumedRoleUser: { AssumedRoleId, Arn },
    PackedPolicySize: 0,
  }
}

/** What is to be known of a role that the caller may assume. */
function assumable({ region, global }: Context, arn: string, account: string) {
  if (account !== region.account) return { RoleId: 'AROALOCALLOCALLOCALLO', MaxSessionDuration: 43_200 }
  const record = roleOfArn(global, arn)
  const caller = callerArn(region)
  if (record && trusts(record, [account, `arn:aws:iam::${account}:root`, caller])) return record.role
  const message = `User: ${caller} is not authorized to perform: sts:AssumeRole on resource: ${arn}`
  throw new AwsFault('AccessDenied', message, 403)
}

const invalid = (message: string): AwsFault => new AwsFault('ValidationError', message)
