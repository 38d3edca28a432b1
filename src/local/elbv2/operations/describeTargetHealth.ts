// Returns the health of the given targets, or of all that are registered or draining.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTargetHealth.html
import type {
  DescribeTargetHealthInput,
  DescribeTargetHealthOutput,
  TargetDescription,
  TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import type { Operation, Wire } from '../../world/operation.ts'
import { findTargetGroup } from '../targetGroup.ts'
import { findTarget, isGone, notRegistered, targetHealth } from '../target.ts'

export const describeTargetHealth: Operation<DescribeTargetHealthInput, DescribeTargetHealthOutput> = (
  { TargetGroupArn, Targets },
  { region, now },
): Wire<DescribeTargetHealthOutput> => {
  const record = findTargetGroup(region, TargetGroupArn)
  const { Port: port, HealthCheckPort } = record.targetGroup
  const all = record.targets.filter((target) => !isGone(target, now)).map(({ id, port: Port }) => ({ Id: id, Port }))
  const wanted: readonly Wire<TargetDescription>[] = Targets ?? all
  const TargetHealthDescriptions = wanted.map(({ Id, Port = port }): Wire<TargetHealthDescription> => {
    const found = findTarget(record, { id: Id, port: Port }, now)
    return {
      Target: { Id, Port },
      HealthCheckPort: HealthCheckPort === 'traffic-port' ? String(Port) : HealthCheckPort,
      TargetHealth: found ? targetHealth(region, record, found, now) : notRegistered,
    }
  })
  return { TargetHealthDescriptions }
}
