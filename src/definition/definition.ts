// What a class may declare, and the definition that it is read into.
import type {
  ContainerDefinition,
  RegisterTaskDefinitionCommandInput,
  RunTaskCommandInput,
  UpdateServiceCommandInput,
} from '@aws-sdk/client-ecs'
import type { EcsParameters, PutTargetsCommandInput, Target } from '@aws-sdk/client-eventbridge'
import type { nearMisses } from './misspeltMembers.ts'

/**
 * What RegisterTaskDefinition takes. `<image_tag>` (or `{image_tag}`) in any string of a container definition stands
 * for the tag that is deployed.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
 */
export interface TaskDefinition extends Omit<RegisterTaskDefinitionCommandInput, 'family' | 'containerDefinitions'> {
  family: string
  containerDefinitions: ContainerDefinition[]
}

/**
 * What UpdateService takes, without the task definition: the revision that is deployed is filled in.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html
 */
export interface ServiceUpdate extends Omit<UpdateServiceCommandInput, 'service' | 'taskDefinition'> {
  service: string
  taskDefinition?: never
}

/**
 * What RunTask takes, without the task definition: a task that runs once, before any service is updated.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html
 */
export interface TaskRun extends Omit<RunTaskCommandInput, 'taskDefinition'> {
  taskDefinition?: never
}

/** One target of a rule; the revision that is deployed is filled in where there are `EcsParameters`. */
export interface RuleTarget extends Omit<Target, 'Id' | 'Arn' | 'EcsParameters'> {
  Id: string
  Arn: string
  EcsParameters?: Omit<EcsParameters, 'TaskDefinitionArn'> & { TaskDefinitionArn?: never }
}

/**
 * What EventBridge's PutTargets takes.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html
 */
export interface EventTarget extends Omit<PutTargetsCommandInput, 'Rule' | 'Targets'> {
  Rule: string
  Targets: RuleTarget[]
}

/**
 * What a class may declare, as fields or as getters. Only `taskDefinition` is needed. A subclass annotates each member
 * (`taskDefinition: TaskDefinition = …`), because TypeScript gives an overriding field no type from its base. A member
 * that is undefined, as a variable of the environment may be, is as good as left out.
 *
 * Near misses (`updateService`, `task_definition`) are members of type `never`, so that they do not compile.
 */
export interface Declared extends Partial<Record<keyof typeof nearMisses, never>> {
  taskDefinition: TaskDefinition
  /** One UpdateService call each. None when omitted. */
  updateServices?: readonly ServiceUpdate[] | undefined
  /** One RunTask call each, before any service is updated. None when omitted. */
  runTasks?: readonly TaskRun[] | undefined
  /** One rule and its targets each. None when omitted. */
  eventTargets?: readonly EventTarget[] | undefined
  /** How many revisions of the family stay ACTIVE after a deploy, at least 1. 10 when omitted. */
  activeTaskCount?: number | undefined
  /** The SNS topic that is told of every AWS call that changes something. Nobody is told when omitted. */
  snsNotificationTopicArn?: string | undefined
  /**
   * Calls that are not told, by snake_case name, matched at its start.
   * `/^describe_|get_|list_|.*register_task/` when omitted.
   */
  notificationMethodBlacklistRegex?: RegExp | undefined
}

/** What a class, a running service or a YAML file is read into: checked, copied and frozen plain data. */
export interface Definition {
  /** What a person calls it: the name of the class. */
  readonly name: string
  readonly taskDefinition: TaskDefinition
  readonly updateServices: readonly ServiceUpdate[]
  readonly runTasks: readonly TaskRun[]
  readonly eventTargets: readonly EventTarget[]
  /** How many revisions stay ACTIVE after a deploy; 10 where nothing is declared. */
  readonly activeTaskCount: number
  readonly snsNotificationTopicArn: string | undefined
  readonly notificationMethodBlacklistRegex: RegExp
}
