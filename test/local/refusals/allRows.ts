// Every row, and the operations whose members are all accounted for.
import type { Row } from './row.ts'
import { createListenerRows, createTargetGroupRows } from './rows/balancing.ts'
import { putRuleRows, putTargetsRows } from './rows/events.ts'
import { createAutoScalingGroupRows } from './rows/groups.ts'
import { fargateRows, registerTaskDefinitionRows } from './rows/registerTaskDefinition.ts'
import { createServiceRows, updateServiceRows } from './rows/services.ts'
import { createClusterRows, readRows, runTaskRows } from './rows/tasksAndClusters.ts'

export const allRows: readonly Row[] = [
  ...registerTaskDefinitionRows,
  ...fargateRows,
  ...createServiceRows,
  ...updateServiceRows,
  ...runTaskRows,
  ...createClusterRows,
  ...readRows,
  ...putRuleRows,
  ...putTargetsRows,
  ...createTargetGroupRows,
  ...createListenerRows,
  ...createAutoScalingGroupRows,
]

/** The operations of which every member is enforced, or listed as not. */
export const walked = [
  'ecs RegisterTaskDefinition',
  'ecs CreateService',
  'ecs UpdateService',
  'ecs RunTask',
  'ecs CreateCluster',
  'events PutRule',
  'events PutTargets',
  'elbv2 CreateTargetGroup',
  'elbv2 CreateListener',
  'autoscaling CreateAutoScalingGroup',
] as const
