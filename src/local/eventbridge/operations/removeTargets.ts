// Removes targets from a rule by id, and skips unknown ids.
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_RemoveTargets.html
import type { RemoveTargetsRequest, RemoveTargetsResponse } from '@aws-sdk/client-eventbridge'
import { AwsFault } from '../../world/fault.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import { findRule } from '../rule.ts'

export const removeTargets: Operation<RemoveTargetsRequest, RemoveTargetsResponse> = (
  { Rule, EventBusName, Ids },
  { region },
): Wire<RemoveTargetsResponse> => {
  const found = findRule(region, Rule, EventBusName)
  if (Ids.length === 0) throw new AwsFault('ValidationException', 'Ids cannot be empty.')
  const left = found.targets.filter((target) => !Ids.includes(target.Id))
  found.targets.splice(0, Infinity, ...left)
  return { FailedEntryCount: 0, FailedEntries: [] }
}
