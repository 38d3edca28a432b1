import { AwsFault } from '../world/fault.ts'
import type { Wire } from '../world/operation.ts'
import { parseJson } from '../world/parseJson.ts'
import { checkName } from './rule.ts'

/**
 * Refuses a target that EventBridge would refuse. Whether the cluster and the task definition of an ECS target exist is
 * not looked at: AWS finds out when the rule fires.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html
 */
export function checkTarget(target: Wire): void {
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
