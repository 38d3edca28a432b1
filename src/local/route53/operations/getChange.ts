// Returns whether a change has reached all name servers.
// https://docs.aws.amazon.com/Route53/latest/APIReference/API_GetChange.html
import type { GetChangeRequest, GetChangeResponse } from '@aws-sdk/client-route-53'
import { shownChange } from '../change.ts'
import type { Operation, Wire } from '../../world/operation.ts'

export const getChange: Operation<GetChangeRequest, GetChangeResponse> = (
  { Id },
  context,
): Wire<GetChangeResponse> => ({
  ChangeInfo: shownChange(context, Id),
})
