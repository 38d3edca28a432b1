// The target of a schedule: what is refused of one, and what is started when the schedule is due. Only ECS is started.
import type { RunTaskRequest } from '@aws-sdk/client-ecs'
import { runTask } from '../ecs/operations/runTask.ts'
import { roleOfArn, trusts } from '../iam/role.ts'
import { validate } from '../wire/validate.ts'
import { AwsFault } from '../world/fault.ts'
import type { Context } from '../world/operation.ts'
import { parseJson } from '../world/parseJson.ts'
import type { Schedule } from '../world/world.ts'
import { invalid } from './invalid.ts'
import type { ScheduleInput } from './schedule.ts'

/** Refuses a target that EventBridge Scheduler would refuse. A role that nobody has made here is taken on trust. */
export function checkTarget({ global }: Context, { Target: target }: ScheduleInput): void {
  const { Arn, RoleArn, EcsParameters, Input, RetryPolicy = {} } = target
  if (!/^arn:aws[a-z-]*:[\w-]+:/.test(Arn)) throw invalid(`Provided Arn is not in correct format. ${Arn}`)
  if (!/^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/.test(RoleArn)) {
    throw invalid(`RoleArn is not in correct format. ${RoleArn}`)
  }
  const isCluster = /:ecs:[^:]*:\d*:cluster\//.test(Arn)
  if (isCluster !== (EcsParameters !== undefined)) {
    throw invalid(`EcsParameters must be specified for a target that is an ECS cluster, and only for one: ${Arn}`)
  }
  const { TaskCount = 1 } = EcsParameters ?? {}
  if (TaskCount < 1 || TaskCount > 10) throw invalid('TaskCount must be between 1 and 10.')
  if (Input === '') throw invalid('Input must not be empty.')
  if (isCluster && Input !== undefined && parseJson(Input) === undefined) {
    throw invalid('Invalid request provided: Input is not valid JSON.')
  }
  const { MaximumEventAgeInSeconds: age = 60, MaximumRetryAttempts: attempts = 0 } = RetryPolicy
  if (age < 60 || age > 86_400 || attempts < 0 || attempts > 185) throw invalid('RetryPolicy is out of bounds.')
  const role = roleOfArn(global, RoleArn)
  if (role && !trusts(role, ['scheduler.amazonaws.com'])) {
    throw invalid('The execution role you provide must allow AWS EventBridge Scheduler to assume the role.')
  }
}

/** Starts what a schedule is there for; answers the ARNs of the tasks. What ECS refuses starts nothing, and is not tried again. */
export function invoke(context: Context, { Name, Target }: Schedule): string[] {
  const { Arn, EcsParameters: ecs, Input } = Target
  if (!ecs) return []
  const network = ecs.NetworkConfiguration?.awsvpcConfiguration
  const input = {
    cluster: Arn,
    taskDefinition: ecs.TaskDefinitionArn,
    count: ecs.TaskCount,
    launchType: ecs.LaunchType,
    platformVersion: ecs.PlatformVersion,
    group: ecs.Group,
    capacityProviderStrategy: ecs.CapacityProviderStrategy,
    enableECSManagedTags: ecs.EnableECSManagedTags,
    enableExecuteCommand: ecs.EnableExecuteCommand,
    placementConstraints: ecs.PlacementConstraints,
    placementStrategy: ecs.PlacementStrategy,
    propagateTags: ecs.PropagateTags,
    referenceId: ecs.ReferenceId,
    tags: ecs.Tags,
    startedBy: `chronos-schedule/${Name}`,
    overrides: Input === undefined ? undefined : parseJson(Input),
    networkConfiguration: network && {
      awsvpcConfiguration: {
        subnets: network.Subnets,
        securityGroups: network.SecurityGroups,
        assignPublicIp: network.AssignPublicIp,
      },
    },
  }
  try {
    const { tasks = [] } = runTask(validate<RunTaskRequest>('ecs', 'runTask', input), context)
    return tasks.flatMap(({ taskArn }) => taskArn ?? [])
  } catch (fault) {
    if (fault instanceof AwsFault) return []
    throw fault
  }
}
