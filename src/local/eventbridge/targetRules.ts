// What EventBridge refuses in a target. Whether the cluster and the task definition of an ECS target exist is not looked at:
// AWS finds out when the rule fires. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Target.html
import type { EcsParameters, InputTransformer } from '@aws-sdk/client-eventbridge'
import type { Wire } from '../world/operation.ts'
import { parseJson } from '../world/parseJson.ts'
import type { RuleTarget } from '../world/world.ts'

/** What is wrong with a target, in AWS's words. */
export function targetProblem(target: RuleTarget): string | undefined {
  for (const rule of rules) {
    const problem = rule(target)
    if (problem !== undefined) return problem
  }
  return undefined
}

/** By member: the services whose targets have it. */
const ofService = {
  KinesisParameters: 'kinesis',
  EcsParameters: 'ecs',
  BatchParameters: 'batch',
  SqsParameters: 'sqs',
  HttpParameters: 'execute-api events',
  RedshiftDataParameters: 'redshift redshift-serverless',
  SageMakerPipelineParameters: 'sagemaker',
  AppSyncParameters: 'appsync',
} as const satisfies { readonly [Member in keyof RuleTarget]?: string }

const parametersOf = Object.keys(ofService) as (keyof typeof ofService)[]

const roleForm = /^arn:aws[\w-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/

const rules: readonly ((target: RuleTarget) => string | undefined)[] = [
  ({ Arn }) =>
    /^arn:[\w-]+:[\w-]+:/.test(Arn)
      ? undefined
      : `Parameter ${Arn} is not valid. Reason: Provided Arn is not in correct format.`,
  ({ Id, Arn, EcsParameters }) =>
    /:ecs:.*:cluster\//.test(Arn) && !EcsParameters
      ? `Parameter(s) EcsParameters must be specified for target: ${Id}.`
      : undefined,
  (target) => {
    const [, , service = ''] = target.Arn.split(':')
    const stray = parametersOf.find((member) => target[member] && !ofService[member].split(' ').includes(service))
    return stray && `Parameter(s) ${stray} not supported for target: ${target.Id}.`
  },
  ({ Arn, RoleArn, EcsParameters }) =>
    EcsParameters && !RoleArn ? `RoleArn is required for target ${Arn}.` : undefined,
  ({ RoleArn }) =>
    RoleArn === undefined || roleForm.test(RoleArn)
      ? undefined
      : `Parameter ${RoleArn} is not valid. Reason: Provided role is not in correct format.`,
  ({ Id, EcsParameters }) => EcsParameters && ecsProblem(Id, EcsParameters),
  ({ Arn, EcsParameters: ecs }) => {
    const [cluster, taskDefinition] = [Arn, ecs?.TaskDefinitionArn].map((arn) => arn?.split(':')[3])
    return taskDefinition !== undefined && cluster !== taskDefinition
      ? `Region of ${Arn} does not match region of ${ecs?.TaskDefinitionArn}.`
      : undefined
  },
  ({ Id, Input, InputPath, InputTransformer }) =>
    [Input, InputPath, InputTransformer].filter((given) => given !== undefined).length > 1
      ? `Only one of Input, InputPath, or InputTransformer must be provided for target ${Id}.`
      : undefined,
  ({ Id, Input }) =>
    Input !== undefined && parseJson(Input) === undefined ? `JSON syntax error in input for target ${Id}` : undefined,
  ({ Id, InputPath }) =>
    InputPath === undefined || isPath(InputPath) ? undefined : `InputPath for target ${Id} is invalid.`,
  ({ Id, InputTransformer }) => InputTransformer && transformerProblem(Id, InputTransformer),
  ({ DeadLetterConfig: { Arn } = { Arn: undefined } }) =>
    Arn === undefined || /^arn:aws[\w-]*:sqs:[\w-]+:\d{12}:[\w-]+$/.test(Arn)
      ? undefined
      : `Parameter DeadLetterConfig is not valid. Reason: ${Arn} is not the ARN of a standard queue.`,
]

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_EcsParameters.html */
function ecsProblem(id: string, parameters: Wire<EcsParameters>): string | undefined {
  const {
    TaskCount = 1,
    TaskDefinitionArn,
    LaunchType,
    CapacityProviderStrategy = [],
    NetworkConfiguration,
  } = parameters
  if (TaskCount < 1) return `TaskCount must be at least 1 for target ${id}.`
  if (!/^arn:aws[\w-]*:ecs:[\w-]+:\d{12}:task-definition\/[\w-]+(:\d+)?$/.test(TaskDefinitionArn)) {
    return `Parameter ${TaskDefinitionArn} is not valid. Reason: Provided Arn is not in correct format.`
  }
  if (LaunchType !== undefined && CapacityProviderStrategy.length > 0) {
    return `Only one of LaunchType or CapacityProviderStrategy can be specified for target ${id}.`
  }
  if (LaunchType === 'FARGATE' && NetworkConfiguration?.awsvpcConfiguration === undefined) {
    return `NetworkConfiguration must be specified for target ${id} with LaunchType FARGATE.`
  }
  if (LaunchType !== 'FARGATE' && LaunchType !== undefined && parameters.PlatformVersion !== undefined) {
    return `PlatformVersion is only supported for target ${id} with LaunchType FARGATE.`
  }
  const isPublic = NetworkConfiguration?.awsvpcConfiguration?.AssignPublicIp === 'ENABLED'
  return isPublic && LaunchType === 'EC2'
    ? `AssignPublicIp is only supported for target ${id} with LaunchType FARGATE.`
    : undefined
}

/** A path begins at the event and goes on with dots and indexes. */
const isPath = (path: string): boolean => /^\$(\.[\w-]+(\[(\d+|\*)\])*)*$/.test(path)

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html */
function transformerProblem(
  id: string,
  { InputPathsMap = {}, InputTemplate }: Wire<InputTransformer>,
): string | undefined {
  const names = Object.keys(InputPathsMap)
  if (names.length > 100) return `InputPathsMap for target ${id} has more than 100 entries.`
  const strange = names.find((name) => /^aws/i.test(name) || !isPath(InputPathsMap[name] ?? ''))
  if (strange !== undefined) return `InputPathsMap for target ${id} has an invalid entry ${strange}.`
  const used = [...InputTemplate.matchAll(/<([\w.-]+)>/g)].map(([, name = '']) => name)
  const unknown = used.find((name) => !names.includes(name) && !name.startsWith('aws.events.'))
  return unknown && `InputTemplate for target ${id} contains invalid placeholder ${unknown}.`
}
