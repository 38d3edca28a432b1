import { AwsFault } from '../../world/fault.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import { findRule } from '../rule.ts'
import { checkTarget } from '../checkTarget.ts'

/** "Amazon EventBridge quotas": entries of one PutTargets request, and targets of one rule. */
const entriesPerRequest = 10
const targetsPerRule = 5

/**
 * Adds targets to a rule, or replaces those of the same id **whole**: what a later call leaves out is gone.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html
 */
export const putTargets: Operation = ({ Rule, EventBusName, Targets }, { region }) => {
  const found = findRule(region, Rule, EventBusName)
  if (Targets.length === 0) throw new AwsFault('ValidationException', 'Targets cannot be empty.')
  const targets = new Map<string, Wire>(found.targets.map((target) => [target.Id, target]))
  for (const target of Targets) {
    checkTarget(target)
    targets.set(target.Id, filledOut(target))
  }
  if (Targets.length > entriesPerRequest || targets.size > targetsPerRule) {
    throw new AwsFault('LimitExceededException', 'The requested resource exceeds the maximum number allowed.')
  }
  found.targets.splice(0, Infinity, ...targets.values())
  return { FailedEntryCount: 0, FailedEntries: [] }
}

function filledOut(target: Wire): Wire {
  return target.EcsParameters ? { ...target, EcsParameters: { TaskCount: 1, ...target.EcsParameters } } : target
}
