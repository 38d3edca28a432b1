// Changes the health checks of a target group, for targets that are registered later.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ModifyTargetGroup.html
import type { ModifyTargetGroupInput, ModifyTargetGroupOutput } from '@aws-sdk/client-elastic-load-balancing-v2'
import type { Operation, Wire } from '../../world/operation.ts'
import { present } from '../../world/members.ts'
import { findTargetGroup, shownTargetGroup } from '../targetGroup.ts'
import { checkTargetGroup } from '../targetGroupSettings.ts'
import { copyOf } from '../../world/copy.ts'

export const modifyTargetGroup: Operation<ModifyTargetGroupInput, ModifyTargetGroupOutput> = (
  { TargetGroupArn, ...given },
  { region },
): Wire<ModifyTargetGroupOutput> => {
  const settings = present(given)
  const record = findTargetGroup(region, TargetGroupArn)
  checkTargetGroup({ ...record.targetGroup, ...settings })
  Object.assign(record.targetGroup, copyOf(settings))
  return { TargetGroups: [shownTargetGroup(region, record)] }
}
