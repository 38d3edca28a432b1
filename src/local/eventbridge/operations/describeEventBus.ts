// Returns an event bus, `default` unless named. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeEventBus.html
import type { DescribeEventBusRequest, DescribeEventBusResponse } from '@aws-sdk/client-eventbridge'
import type { Operation, Wire } from '../../world/operation.ts'
import { busesOf } from '../bus.ts'
import { busOf, checkBus } from '../rule.ts'

export const describeEventBus: Operation<DescribeEventBusRequest, DescribeEventBusResponse> = (
  { Name },
  { region },
): Wire<DescribeEventBusResponse> => {
  checkBus(region, Name)
  return busesOf(region).find((bus) => bus.Name === busOf(Name)) ?? {}
}
