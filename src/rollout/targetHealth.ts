/** The targets of a service that are not healthy. */
import type { Service } from '@aws-sdk/client-ecs'
import type { TargetHealthDescription } from '@aws-sdk/client-elastic-load-balancing-v2'
import type { Aws } from '../aws/aws.ts'
import type { UnhealthyTarget } from '../engine/events.ts'
import { nameOfTargetGroup } from '../ground/names.ts'
import { whyUnreadable } from './missingPermission.ts'

/**
 * The targets of a service's target groups that are not healthy; those that are only being registered (`initial`) or
 * drained count as such. Also the groups that could not be read, and why. Never throws.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetHealth.html
 */
export async function unhealthyTargetsOf(
  aws: Pick<Aws, 'call'>,
  service: Service,
): Promise<{ targets: UnhealthyTarget[]; unread: string[] }> {
  const answers = await Promise.all(
    targetGroupsOf(service).map(async (targetGroupArn) => {
      try {
        const { TargetHealthDescriptions = [] } = await aws.call('describeTargetHealth', {
          TargetGroupArn: targetGroupArn,
        })
        return { targets: TargetHealthDescriptions.flatMap((one) => unhealthy(targetGroupArn, one)), unread: [] }
      } catch (error) {
        const why = whyUnreadable(error, 'elasticloadbalancing:DescribeTargetHealth')
        return {
          targets: [],
          unread: [`the target health of ${nameOfTargetGroup(targetGroupArn)} could not be read: ${why}`],
        }
      }
    }),
  )
  return {
    targets: answers.flatMap(({ targets }) => targets),
    unread: [...new Set(answers.flatMap(({ unread }) => unread))],
  }
}

/** Blue/green, linear and canary deployments have a second group, in which the new tasks are at first. */
function targetGroupsOf({ loadBalancers = [] }: Service): string[] {
  const groups = loadBalancers.flatMap(({ targetGroupArn, advancedConfiguration }) => [
    targetGroupArn,
    advancedConfiguration?.alternateTargetGroupArn,
  ])
  return [...new Set(groups)].filter((group) => group !== undefined)
}

function unhealthy(
  targetGroupArn: string,
  { Target, TargetHealth }: TargetHealthDescription,
): UnhealthyTarget | readonly [] {
  const { State = 'unknown', Reason, Description } = TargetHealth ?? {}
  if (State === 'healthy') return []
  return {
    targetGroupArn,
    target: [Target?.Id, Target?.Port].filter((part) => part !== undefined).join(':'),
    state: State,
    ...(Reason !== undefined && { reason: Reason }),
    ...(Description !== undefined && { description: Description }),
  }
}
