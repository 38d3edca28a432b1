/** What a target of a rule or of a schedule starts when its time comes, in one line for a dry run. */
import type { EcsParameters as RuleParameters } from '@aws-sdk/client-eventbridge'
import type { EcsParameters } from '@aws-sdk/client-scheduler'
import { nameOf } from '../../ground/names.ts'
import type { Schedule } from './schedule.ts'

/** What starts tasks of ECS: a target of EventBridge or of EventBridge Scheduler. */
interface Starter {
  readonly Arn?: string | undefined
  readonly RoleArn?: string | undefined
  readonly EcsParameters?: Partial<RuleParameters> | Partial<EcsParameters> | undefined
}

/** `1 task in my_cluster on FARGATE; subnets subnet-1; security groups sg-1; role nightly`; undefined where it starts none. */
export function startsOf({ Arn = '', RoleArn, EcsParameters: parameters }: Starter): string | undefined {
  if (!parameters) return undefined
  const { TaskCount = 1, LaunchType, CapacityProviderStrategy = [], NetworkConfiguration, Group } = parameters
  const providers = CapacityProviderStrategy.map(({ capacityProvider }) => String(capacityProvider))
  const capacity = providers.length > 0 ? providers.join(', ') : (LaunchType ?? 'the default capacity of the cluster')
  const { Subnets = [], SecurityGroups = [], AssignPublicIp } = NetworkConfiguration?.awsvpcConfiguration ?? {}
  return [
    `${TaskCount} ${TaskCount === 1 ? 'task' : 'tasks'} in ${nameOf(Arn)} on ${capacity}`,
    Subnets.length > 0 ? `subnets ${Subnets.join(', ')}` : 'no network of its own',
    SecurityGroups.length > 0 && `security groups ${SecurityGroups.join(', ')}`,
    AssignPublicIp === 'ENABLED' && 'with a public IP address',
    Group !== undefined && `group ${Group}`,
    RoleArn === undefined ? 'no role' : `role ${nameOf(RoleArn)}`,
  ]
    .filter((part) => part !== false)
    .join('; ')
}

/** The same of a schedule, with when it does so: `cron(0 3 * * ? *) Europe/Paris, DISABLED: 1 task in …`. */
export function startsAtTimes({
  Target,
  ScheduleExpression,
  ScheduleExpressionTimezone: zone,
  State,
}: Schedule): string[] {
  const what = Target && startsOf(Target)
  if (what === undefined) return []
  const when = [ScheduleExpression, zone].filter((part) => part !== undefined).join(' ')
  return [`${when}${State === 'DISABLED' ? ', DISABLED' : ''}: ${what}`]
}
