// Lists the ARNs of all topics, 100 at a time. https://docs.aws.amazon.com/sns/latest/api/API_ListTopics.html
import type { ListTopicsInput, ListTopicsResponse } from '@aws-sdk/client-sns'
import type { Operation, Wire } from '../../world/operation.ts'
import { page } from '../../wire/page.ts'
import { refuseAs } from '../../wire/refuseAs.ts'

export const listTopics: Operation<ListTopicsInput, ListTopicsResponse> = (
  { NextToken },
  { region },
): Wire<ListTopicsResponse> => {
  const topics = Object.keys(region.topics).map((TopicArn) => ({ TopicArn }))
  const { items, nextToken } = refuseAs('InvalidParameter', () =>
    page(topics, { nextToken: NextToken }, { default: 100, max: 100 }),
  )
  return { Topics: items, NextToken: nextToken }
}
