// Lists scheduled actions. https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DescribeScheduledActions.html
import type {
  DescribeScheduledActionsRequest,
  DescribeScheduledActionsResponse,
} from '@aws-sdk/client-application-auto-scaling'
import type { Operation, Wire } from '../../world/operation.ts'
import { belongsTo, checkNamed, pageOf } from '../scalableTarget.ts'

export const describeScheduledActions: Operation<DescribeScheduledActionsRequest, DescribeScheduledActionsResponse> = (
  input,
  { region },
): Wire<DescribeScheduledActionsResponse> => {
  checkNamed(input)
  const actions = Object.values(region.scheduledActions)
    .filter(belongsTo(input))
    .filter(({ ScheduledActionName }) => input.ScheduledActionNames?.includes(ScheduledActionName) ?? true)
  const { items, nextToken } = pageOf(actions, input)
  return { ScheduledActions: items.map(({ nextAt, ...action }) => action), NextToken: nextToken }
}
