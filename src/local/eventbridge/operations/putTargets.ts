// Adds targets to a rule, or replaces those of the same id **whole**: members left out of a later call are gone.
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html
import { AwsFault } from '../../world/fault.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import { parseJson } from '../../world/parseJson.ts'
import { checkName, findRule } from '../rule.ts'

/** "Amazon EventBridge quotas": entries of one PutTargets request, and targets of one rule. */
const entriesPerRequest = 10
const targetsPerRule = 5

export const putTargets: Operation = ({ Rule, EventBusName, Targets }, { region }) => {
  const found = findRule(region, Rule, EventBusName)
  if (Targets.length === 0) refuse('Targets cannot be empty.')
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

/**
 * Refuses a target that EventBridge would refuse. Whether the cluster and the task definition of an ECS target exist is
 * not looked at: AWS finds out when the rule fires.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html
 */
function checkTarget(target: Wire): void {
  const { Id, Arn, RoleArn, EcsParameters, Input, InputPath, InputTransformer } = target
  checkName('targets.member.id', Id)
  if (!/^arn:[\w-]+:[\w-]+:/.test(Arn)) {
    refuse(`Parameter ${Arn} is not valid. Reason: Provided Arn is not in correct format.`)
  }
  if (/:ecs:.*:cluster\//.test(Arn) && !EcsParameters) {
    refuse(`Parameter(s) EcsParameters must be specified for target: ${Id}.`)
  }
  if (EcsParameters && !RoleArn) refuse(`RoleArn is required for target ${Arn}.`)
  if (EcsParameters?.TaskCount < 1) refuse(`TaskCount must be at least 1 for target ${Id}.`)
  if ([Input, InputPath, InputTransformer].filter((given) => given !== undefined).length > 1) {
    refuse(`Only one of Input, InputPath, or InputTransformer must be provided for target ${Id}.`)
  }
  if (Input?.length > 8192) refuse(`Input is longer than 8192 characters for target ${Id}.`)
  if (Input !== undefined && parseJson(Input) === undefined) refuse(`JSON syntax error in input for target ${Id}`)
}

function refuse(message: string): never {
  throw new AwsFault('ValidationException', message)
}
