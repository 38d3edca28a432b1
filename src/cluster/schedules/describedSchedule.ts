/** Describes the schedule of a task as a stack file would declare it. */
import { isRate } from '../../ground/schedule.ts'
import type { PlacementConstraint } from '@aws-sdk/client-ecs'
import type { Schedule } from '../../deploy/starters/schedule.ts'
import type { Network, TaskSchedule } from '../stack.ts'

export interface DescribedSchedule {
  readonly schedule: TaskSchedule
  readonly count: number
  readonly network: Network | undefined
  readonly constraints: readonly Partial<PlacementConstraint>[]
}

export function describedSchedule({ Target, ...schedule }: Schedule): DescribedSchedule {
  const { ScheduleExpression = '', ScheduleExpressionTimezone: timezone = 'UTC' } = schedule
  const { TaskCount = 1, NetworkConfiguration, PlacementConstraints = [] } = Target?.EcsParameters ?? {}
  const network = NetworkConfiguration?.awsvpcConfiguration
  return {
    schedule: {
      expression: ScheduleExpression,
      timezone: isRate(ScheduleExpression) ? 'UTC' : timezone,
      roleArn: Target?.RoleArn ?? '',
    },
    count: TaskCount,
    network: network && {
      subnets: network.Subnets ?? [],
      securityGroups: network.SecurityGroups ?? [],
      assignPublicIp: network.AssignPublicIp === 'ENABLED',
    },
    constraints: PlacementConstraints.filter(({ type }) => type === 'distinctInstance'),
  }
}
