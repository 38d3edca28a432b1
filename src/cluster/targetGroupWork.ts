import type { Input } from '../aws/aws.ts'
import { Reference } from '../engine/step.ts'
import { createTargetGroup } from './steps/createTargetGroup.ts'
import { deleteTargetGroup } from './steps/deleteTargetGroup.ts'
import { modifyTargetGroup } from './steps/modifyTargetGroup.ts'
import { changesOf } from './changes.ts'
import type { Balancing, WantedTargetGroup } from './desired.ts'
import { type Found, isOurs } from './found.ts'
import { type Balancer, takenOver } from './loadBalancerWork.ts'
import { asTags, marksOf, nameMarks, nameTag } from './marks.ts'
import { besides } from './resourceNames.ts'
import type { Work } from './work.ts'

/** What is to be done for the target group of a service, and its ARN. It serves one load balancer, as AWS has it. */
export function targetGroupWork(
  found: Found,
  service: string,
  { targetGroup: wanted, name }: Pick<Balancing, 'targetGroup' | 'name'>,
  balancer: Balancer,
): Work & { readonly arn: string | Reference } {
  const ours = found.targetGroups.filter((one) => isOurs(one, found.cluster, service))
  const fitting = ours.filter(
    // Its port is only where a target is reached that is registered without one: ECS always names one.
    ({ thing: { Protocol, VpcId, TargetType }, tags }) =>
      Protocol === wanted.Protocol &&
      VpcId === wanted.VpcId &&
      TargetType === wanted.TargetType &&
      tags[nameTag] === name,
  )
  // One that is free may be what a replacement has left behind.
  const there =
    fitting.find(({ thing }) => thing.LoadBalancerArns?.includes(String(balancer.arn))) ??
    fitting.find(({ thing }) => !thing.LoadBalancerArns?.length)
  return there ? changed(there.thing, wanted) : made(found, service, { targetGroup: wanted, name }, balancer)
}

function changed(
  there: Found['targetGroups'][number]['thing'],
  wanted: WantedTargetGroup,
): Work & { readonly arn: string } {
  const { TargetGroupArn: arn = '', TargetGroupName: name = '' } = there
  const [before, after] = [checkOf(arn, there), checkOf(arn, wanted)]
  const changes = changesOf({
    'healthcheck.protocol': [before.HealthCheckProtocol, after.HealthCheckProtocol],
    'healthcheck.port': [before.HealthCheckPort, after.HealthCheckPort],
    'healthcheck.path': [before.HealthCheckPath, after.HealthCheckPath],
    'healthcheck.interval_seconds': [before.HealthCheckIntervalSeconds, after.HealthCheckIntervalSeconds],
    'healthcheck.timeout_seconds': [before.HealthCheckTimeoutSeconds, after.HealthCheckTimeoutSeconds],
    'healthcheck.healthy_threshold_count': [before.HealthyThresholdCount, after.HealthyThresholdCount],
    'healthcheck.unhealthy_threshold_count': [before.UnhealthyThresholdCount, after.UnhealthyThresholdCount],
  })
  const steps = changes.length > 0 ? [modifyTargetGroup({ name, before, after }, changes)] : []
  return { steps: { groups: steps }, arn }
}

/** The health check of a target group as ModifyTargetGroup takes it. */
function checkOf(
  TargetGroupArn: string,
  of: Omit<Input<'modifyTargetGroup'>, 'TargetGroupArn'>,
): Input<'modifyTargetGroup'> {
  const { HealthCheckProtocol, HealthCheckPort, HealthCheckPath } = of
  const { HealthCheckIntervalSeconds, HealthCheckTimeoutSeconds, HealthyThresholdCount, UnhealthyThresholdCount } = of
  return {
    TargetGroupArn,
    HealthCheckProtocol,
    HealthCheckPort,
    HealthCheckPath,
    HealthCheckIntervalSeconds,
    HealthCheckTimeoutSeconds,
    HealthyThresholdCount,
    UnhealthyThresholdCount,
  }
}

function made(
  found: Found,
  service: string,
  { targetGroup: wanted, name }: Pick<Balancing, 'targetGroup' | 'name'>,
  balancer: Balancer,
): Work & { readonly arn: Reference } {
  const ofOthers = found.ofOthers.targetGroups.get(wanted.Name)
  const isTaken = found.targetGroups.some(
    (one) => isOurs(one, found.cluster) && one.thing.TargetGroupName === wanted.Name,
  )
  const { VpcId, Protocol, TargetType } = wanted
  const Name = isTaken ? besides(wanted.Name, [balancer.name, VpcId, Protocol, TargetType]) : wanted.Name
  const arnOf = (id: string): Reference => new Reference(id, `the ARN of target group ${Name}`)
  const step = createTargetGroup(
    { ...wanted, Name, Tags: asTags([...marksOf(found.cluster, service), ...nameMarks(name)]) },
    (id) => [deleteTargetGroup(arnOf(id), Name)],
  )
  return {
    steps: { groups: [step] },
    arn: arnOf(step.id),
    problems: ofOthers === undefined ? [] : [takenOver('target group', Name, { service, arn: ofOthers, found })],
  }
}
