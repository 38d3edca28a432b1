// What EventBridge asks of a caller's policies.
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html
import type * as events from '@aws-sdk/client-eventbridge'
import { ruleArn } from '../world/arn.ts'
import { type Authorization, type Authorizations, onEach, passing } from '../world/authorization.ts'
import { busOf } from './rule.ts'

const ofRule: Authorization<{ Name: string; EventBusName?: string }> = ({ Name, EventBusName }, { region }) =>
  onEach([ruleArn(region, busOf(EventBusName), Name)])

const ofTargets: Authorization<{ Rule: string; EventBusName?: string }> = ({ Rule, EventBusName }, { region }) =>
  onEach([ruleArn(region, busOf(EventBusName), Rule)])

const ofResource: Authorization<{ ResourceARN: string }> = ({ ResourceARN }) => onEach([ResourceARN])

const putRule: Authorization<events.PutRuleRequest> = (input, context) => [
  ...ofRule(input, context),
  ...passing([input.RoleArn], 'events.amazonaws.com', context),
]

const putTargets: Authorization<events.PutTargetsRequest> = ({ Rule, EventBusName, Targets }, context) => [
  ...onEach([ruleArn(context.region, busOf(EventBusName), Rule)], {
    'events:TargetArn': Targets.map(({ Arn }) => Arn),
  }),
  ...passing(
    Targets.map(({ RoleArn }) => RoleArn),
    'events.amazonaws.com',
    context,
  ),
]

export const eventbridgeAuthorizations: Authorizations = {
  deleteRule: ofRule,
  describeRule: ofRule,
  disableRule: ofRule,
  enableRule: ofRule,
  listTagsForResource: ofResource,
  listTargetsByRule: ofTargets,
  putRule,
  putTargets,
  removeTargets: ofTargets,
  tagResource: ofResource,
  untagResource: ofResource,
}
