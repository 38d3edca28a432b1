/** Plans the target group of a service: it is used, changed or created. */
import type { TargetGroup } from '@aws-sdk/client-elastic-load-balancing-v2'
import type { Input } from '../../aws/aws.ts'
import { Reference } from '../../engine/step.ts'
import { createTargetGroup } from '../steps/createTargetGroup.ts'
import { deleteTargetGroup } from '../steps/deleteTargetGroup.ts'
import { modifyTargetGroup } from '../steps/modifyTargetGroup.ts'
import type { LoadBalancing, WantedTargetGroup } from '../desired.ts'
import { type Found, oursIn, standingOf } from '../found.ts'
import { type PlannedLoadBalancer, freeName, nameTaken } from './loadBalancerWork.ts'
import { creationTags, nameTag, nameTags, pascalCaseTags } from '../ownership.ts'
import { changesOf, type Work } from '../work.ts'

/** The work for the target group of a service, and its ARN. AWS lets a target group serve one load balancer only. */
export function targetGroupWork(
  found: Found,
  service: string,
  { targetGroup: wanted, name }: Pick<LoadBalancing, 'targetGroup' | 'name'>,
  balancer: PlannedLoadBalancer,
): Work & { readonly arn: string | Reference } {
  const ours = oursIn(found.targetGroups, found.cluster, service)
  const suitable = ours.filter(
    // The port of a target group only counts for targets that are registered without one: ECS always names one.
    ({ thing: { Protocol, VpcId, TargetType }, tags }) =>
      Protocol === wanted.Protocol &&
      VpcId === wanted.VpcId &&
      TargetType === wanted.TargetType &&
      tags[nameTag] === name,
  )
  // A free one may be left over from a replacement.
  const best =
    suitable.find(({ thing }) => thing.LoadBalancerArns?.includes(String(balancer.arn))) ??
    suitable.find(({ thing }) => !thing.LoadBalancerArns?.length)
  return best ? updateWork(best.thing, wanted) : creationWork(found, service, { targetGroup: wanted, name }, balancer)
}

function updateWork(group: TargetGroup, wanted: WantedTargetGroup): Work & { readonly arn: string } {
  const { TargetGroupArn: arn = '', TargetGroupName: name = '' } = group
  const [before, after] = [healthCheckOf(arn, group), healthCheckOf(arn, wanted)]
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
  return { steps: { targets: steps }, arn }
}

/** The health check of a target group as ModifyTargetGroup takes it. */
function healthCheckOf(
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

function creationWork(
  found: Found,
  service: string,
  { targetGroup: wanted, name }: Pick<LoadBalancing, 'targetGroup' | 'name'>,
  balancer: PlannedLoadBalancer,
): Work & { readonly arn: Reference } {
  const { VpcId, Protocol, TargetType } = wanted
  const what = [balancer.name, VpcId, Protocol, TargetType]
  const { holder, name: Name } = freeName(found, found.named.targetGroups, wanted.Name, what)
  const arnOf = (id: string): Reference => new Reference(id, `the ARN of target group ${Name}`)
  const step = createTargetGroup(
    { ...wanted, Name, Tags: pascalCaseTags([...creationTags(found, service), ...nameTags(name)]) },
    (id) => [deleteTargetGroup(arnOf(id), Name, standingOf(found, service))],
  )
  return {
    steps: { targets: [step] },
    arn: arnOf(step.id),
    problems: holder
      ? [nameTaken('target group', Name, { service, arn: holder.thing.TargetGroupArn, found, name })]
      : [],
  }
}
