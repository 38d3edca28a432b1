// Returns what a topic was created with. Nobody can subscribe here, so the counts are 0.
// https://docs.aws.amazon.com/sns/latest/api/API_GetTopicAttributes.html
import type { GetTopicAttributesInput, GetTopicAttributesResponse } from '@aws-sdk/client-sns'
import type { Operation, Wire } from '../../world/operation.ts'
import { findTopic } from '../topic.ts'

export const getTopicAttributes: Operation<GetTopicAttributesInput, GetTopicAttributesResponse> = (
  { TopicArn },
  { region },
): Wire<GetTopicAttributesResponse> => {
  const { attributes } = findTopic(region, TopicArn)
  return {
    Attributes: {
      DisplayName: '',
      ...attributes,
      TopicArn,
      Owner: region.account,
      SubscriptionsConfirmed: '0',
      SubscriptionsPending: '0',
      SubscriptionsDeleted: '0',
    },
  }
}
