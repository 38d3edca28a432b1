// Adds targets to a rule, or replaces those of the same id **whole**: members left out of a later call are gone.
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html
import type { PutTargetsRequest, PutTargetsResponse } from '@aws-sdk/client-eventbridge'
import { AwsFault } from '../../world/fault.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import type { RuleTarget } from '../../world/world.ts'
import { checkName, findRule } from '../rule.ts'
import { targetProblem } from '../targetRules.ts'

/** "Amazon EventBridge quotas": entries of one PutTargets request, and targets of one rule. */
const entriesPerRequest = 10
const targetsPerRule = 5

export const putTargets: Operation<PutTargetsRequest, PutTargetsResponse> = (
  { Rule, EventBusName, Targets },
  { region },
): Wire<PutTargetsResponse> => {
  const found = findRule(region, Rule, EventBusName)
  const ids = Targets.map(({ Id }) => Id)
  const twice = ids.find((id, index) => ids.indexOf(id) < index)
  if (twice !== undefined) throw refuse(`More than one target with Id '${twice}' is provided.`)
  const targets = new Map(found.targets.map((target) => [target.Id, target]))
  for (const target of Targets) {
    checkName('targets.member.id', target.Id)
    const problem = targetProblem(target)
    if (problem !== undefined) throw refuse(problem)
    targets.set(target.Id, filledOut(target))
  }
  if (Targets.length > entriesPerRequest || targets.size > targetsPerRule) {
    throw new AwsFault('LimitExceededException', 'The requested resource exceeds the maximum number allowed.')
  }
  found.targets.splice(0, Infinity, ...targets.values())
  return { FailedEntryCount: 0, FailedEntries: [] }
}

const refuse = (message: string): AwsFault => new AwsFault('ValidationException', message)

function filledOut(target: RuleTarget): RuleTarget {
  return target.EcsParameters ? { ...target, EcsParameters: { TaskCount: 1, ...target.EcsParameters } } : target
}
