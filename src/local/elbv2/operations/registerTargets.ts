// Registers targets, by default on the port of the target group. Targets that the local AWS did not start pass their
// health checks. https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RegisterTargets.html
import type { RegisterTargetsInput, TargetDescription } from '@aws-sdk/client-elastic-load-balancing-v2'
import { isIP } from 'node:net'
import { AwsFault } from '../../world/fault.ts'
import type { Nothing, Operation, Wire } from '../../world/operation.ts'
import { findTargetGroup } from '../targetGroup.ts'
import { registerTarget } from '../target.ts'
import { wakeServicesOf } from '../changeListeners.ts'

export const registerTargets: Operation<RegisterTargetsInput, Nothing> = (
  { TargetGroupArn, Targets },
  context,
): Nothing => {
  const record = findTargetGroup(context.region, TargetGroupArn)
  const { TargetType, Port } = record.targetGroup
  if (Targets.length === 0) throw new AwsFault('ValidationError', 'A target must be specified')
  for (const target of Targets) checkTarget(TargetType, target)
  for (const { Id, Port: port = Port } of Targets) registerTarget(context, record, { id: Id, port })
  wakeServicesOf(context, [TargetGroupArn])
  return {}
}

function checkTarget(type: string, { Id }: Wire<TargetDescription>): void {
  if (type === 'instance' && !/^i-([0-9a-f]{8}|[0-9a-f]{17})$/.test(Id)) {
    throw new AwsFault('ValidationError', `Instance ID '${Id}' is not valid`)
  }
  if (type === 'ip' && isIP(Id) === 0) {
    throw new AwsFault('ValidationError', `The IP address '${Id}' is not a valid IPv4 address`)
  }
}
