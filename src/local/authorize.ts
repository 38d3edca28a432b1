// Asks a policy that was handed to the local AWS before an operation does anything.
import { ecrAuthorizations } from './ecr/authorization.ts'
import { ecsAuthorizations } from './ecs/authorization.ts'
import { eventbridgeAuthorizations } from './eventbridge/authorization.ts'
import { iamAuthorizations } from './iam/authorization.ts'
import { type Decision, decide, statementsOf } from './iam/policy.ts'
import { callerOf } from './iam/user.ts'
import { logsAuthorizations } from './logs/authorization.ts'
import { s3Authorizations } from './s3/authorization.ts'
import { schedulerAuthorizations } from './scheduler/authorization.ts'
import { secretsmanagerAuthorizations } from './secretsmanager/authorization.ts'
import { snsAuthorizations } from './sns/authorization.ts'
import { ssmAuthorizations } from './ssm/authorization.ts'
import { stsAuthorizations } from './sts/authorization.ts'
import type { Authorize } from './wire/dispatch.ts'
import type { Authorizations } from './world/authorization.ts'
import { AwsFault } from './world/fault.ts'
import type { Context } from './world/operation.ts'

const tables: Readonly<Record<string, Authorizations>> = {
  ecr: ecrAuthorizations,
  ecs: ecsAuthorizations,
  events: eventbridgeAuthorizations,
  iam: iamAuthorizations,
  logs: logsAuthorizations,
  s3: s3Authorizations,
  scheduler: schedulerAuthorizations,
  secretsmanager: secretsmanagerAuthorizations,
  sns: snsAuthorizations,
  ssm: ssmAuthorizations,
  sts: stsAuthorizations,
}

/** The prefix of a service's actions, where it is not the service's name. */
const prefixes: Readonly<Record<string, string>> = {
  elbv2: 'elasticloadbalancing',
  applicationautoscaling: 'application-autoscaling',
}

/** One answer of the policy. */
export interface Decided {
  readonly action: string
  readonly resource: string
  readonly context: ReadonlyMap<string, readonly string[]>
  readonly decision: Decision
}

/** Everything that AWS checks for a call has to be allowed by `policy`; `told` hears of each answer. */
export function authorizer(policy: string, told: (decided: Decided) => void = () => {}): Authorize {
  const statements = statementsOf(policy)
  return (call, name, input, context) => {
    const { service, operation } = call
    const own = `${prefixes[service] ?? service}:${operation}`
    const caller = callerOf(context)
    const needed = tables[service]?.[name]?.(input, context) ?? [{ resource: '*' }]
    for (const { action = own, resource, context: keys = {} } of needed) {
      const asked = { action, resource, context: contextOf({ ...keys, ...ofRequest(context, caller) }) }
      const decision = decide(statements, asked)
      told({ ...asked, decision })
      if (decision !== 'allowed') throw denied(service, caller, { ...asked, decision })
    }
  }
}

/** The context keys that every request has. */
const ofRequest = ({ region }: Context, caller: string): Record<string, string> => ({
  'aws:RequestedRegion': region.name,
  'aws:PrincipalArn': caller,
  'aws:PrincipalAccount': region.account,
})

function contextOf(keys: Readonly<Record<string, string | readonly string[] | undefined>>): Decided['context'] {
  return new Map(
    Object.entries(keys).flatMap(([key, value]) =>
      value === undefined ? [] : [[key.toLowerCase(), typeof value === 'string' ? [value] : value] as const],
    ),
  )
}

/** What a service calls it, where that is not AccessDeniedException with HTTP status 400. */
const faults: Readonly<Record<string, readonly [code: string, status: number]>> = {
  autoscaling: ['AccessDenied', 403],
  ec2: ['UnauthorizedOperation', 403],
  elbv2: ['AccessDenied', 403],
  iam: ['AccessDenied', 403],
  route53: ['AccessDenied', 403],
  s3: ['AccessDenied', 403],
  scheduler: ['AccessDeniedException', 403],
  sns: ['AuthorizationError', 403],
  sts: ['AccessDenied', 403],
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
function denied(service: string, caller: string, { action, resource, decision }: Decided): AwsFault {
  const [code, status] = faults[service] ?? ['AccessDeniedException', 400]
  const because =
    decision === 'explicitDeny'
      ? 'with an explicit deny in an identity-based policy'
      : `because no identity-based policy allows the ${action} action`
  const before = service === 'ec2' ? 'You are not authorized to perform this operation. ' : ''
  // EC2 names no resource where there is none, and S3 quotes it.
  const on =
    service === 'ec2' && resource === '*' ? '' : ` on resource: ${service === 's3' ? `"${resource}"` : resource}`
  return new AwsFault(code, `${before}User: ${caller} is not authorized to perform: ${action}${on} ${because}`, status)
}
