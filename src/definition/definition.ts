// What a class may declare, and the definition read from it.
import type {
  ContainerDefinition,
  RegisterTaskDefinitionCommandInput,
  RunTaskCommandInput,
  UpdateServiceCommandInput,
} from '@aws-sdk/client-ecs'
import type { EcsParameters, PutTargetsCommandInput, Target } from '@aws-sdk/client-eventbridge'
import type {
  EcsParameters as ScheduledParameters,
  Target as ScheduledTarget,
  UpdateScheduleCommandInput,
} from '@aws-sdk/client-scheduler'
import type { nearMisses } from './misspeltMembers.ts'

/**
 * The input of RegisterTaskDefinition. A deploy replaces `<image_tag>` (or `{image_tag}`) in any string of a container
 * definition by the tag.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
 */
export interface TaskDefinition extends Omit<RegisterTaskDefinitionCommandInput, 'family' | 'containerDefinitions'> {
  family: string
  containerDefinitions: ContainerDefinition[]
}

/**
 * The input of UpdateService, without the task definition: ecs-task fills in the deployed revision.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html
 */
export interface ServiceUpdate extends Omit<UpdateServiceCommandInput, 'service' | 'taskDefinition'> {
  service: string
  taskDefinition?: never
}

/**
 * The input of RunTask, without the task definition: a one-off task, which runs before any service is updated.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html
 */
export interface TaskRun extends Omit<RunTaskCommandInput, 'taskDefinition'> {
  taskDefinition?: never
}

/** One target of a rule; ecs-task fills in the deployed revision if it has `EcsParameters`. */
export interface RuleTarget extends Omit<Target, 'Id' | 'Arn' | 'EcsParameters'> {
  Id: string
  Arn: string
  EcsParameters?: Omit<EcsParameters, 'TaskDefinitionArn'> & { TaskDefinitionArn?: never }
}

/**
 * The input of EventBridge's PutTargets.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html
 */
export interface EventTarget extends Omit<PutTargetsCommandInput, 'Rule' | 'Targets'> {
  Rule: string
  Targets: RuleTarget[]
}

/** What a webhook can be told of: the start and the end of a deploy or rollback, and a deployment paused at a PAUSE hook. */
export type NotificationEvent = 'started' | 'succeeded' | 'failed' | 'paused'

/** A webhook that is told of deploys and rollbacks. */
export interface WebhookNotification {
  /**
   * Its URL: `https`, or `http` to this machine. It is a secret: ecs-task shows only its host. If it is undefined or empty, as of
   * an unset environment variable, ecs-task warns and skips the notification.
   */
  webhook: string | undefined
  /** What it is told of. All four by default. */
  events?: readonly NotificationEvent[] | undefined
  /** `'slack'`: a message that Slack shows. `'json'`: an object for programs. `'json'` by default. */
  format?: 'slack' | 'json' | undefined
}

/** A webhook as it was read: it has a URL, and the defaults are filled in. */
export interface Webhook {
  readonly webhook: string
  readonly events: readonly NotificationEvent[]
  readonly format: 'slack' | 'json'
}

/** What a schedule starts, as far as it is declared; ecs-task fills in the deployed revision. */
export interface ScheduleTarget extends Partial<Omit<ScheduledTarget, 'EcsParameters'>> {
  EcsParameters?: Partial<Omit<ScheduledParameters, 'TaskDefinitionArn'>> & { TaskDefinitionArn?: never }
}

/**
 * The input of EventBridge Scheduler's UpdateSchedule, of which only the name is needed: whatever is left out stays as it is
 * on the schedule that is there.
 * https://docs.aws.amazon.com/scheduler/latest/APIReference/API_UpdateSchedule.html
 */
export interface ScheduleUpdate extends Partial<Omit<UpdateScheduleCommandInput, 'Name' | 'ClientToken' | 'Target'>> {
  Name: string
  ClientToken?: never
  Target?: ScheduleTarget
}

/**
 * What a class may declare, as fields or as getters. Only `taskDefinition` is required. Annotate the fields of a subclass
 * (`taskDefinition: TaskDefinition = …`): TypeScript gives an overriding field no type from its base. An undefined member,
 * such as an unset environment variable, counts as omitted.
 *
 * Misspelled members (`updateService`, `task_definition`) have the type `never`, so that they do not compile.
 */
export interface Declared extends Partial<Record<keyof typeof nearMisses, never>> {
  taskDefinition: TaskDefinition
  /** One UpdateService call each. None by default. */
  updateServices?: readonly ServiceUpdate[] | undefined
  /** One RunTask call each, before any service is updated. None by default. */
  runTasks?: readonly TaskRun[] | undefined
  /** One rule and its targets each. None by default. */
  eventTargets?: readonly EventTarget[] | undefined
  /** One schedule of EventBridge Scheduler each, which starts the deployed revision. None by default. */
  schedules?: readonly ScheduleUpdate[] | undefined
  /**
   * The classes that must be done first when several are deployed together, by name: `['Migrations']`. Names and not classes,
   * because importing another definition's file would run its `main()`. A class that isn't part of the run isn't waited for.
   * None by default: independent classes go side by side.
   */
  after?: readonly string[] | undefined
  /** How many revisions of the family stay ACTIVE after a deploy, at least 1. 10 by default. */
  activeTaskCount?: number | undefined
  /**
   * Where locks are kept: a prefix of an S3 bucket, `s3://bucket/prefix`. One run at a time then writes to a service. No locks by
   * default.
   */
  lock?: string | undefined
  /** The SNS topic that receives a notification of every AWS call that changes something. No notifications by default. */
  snsNotificationTopicArn?: string | undefined
  /**
   * Calls excluded from notifications, by snake_case name, matched at its start.
   * `/^describe_|get_|list_|.*register_task/` by default.
   */
  notificationMethodBlacklistRegex?: RegExp | undefined
  /** Webhooks that are told of deploys and rollbacks: Slack, or a program of your own. None by default. */
  notifications?: readonly WebhookNotification[] | undefined
}

/** A class, a running service or a YAML file as plain data: checked, copied and frozen. */
export interface Definition {
  /** The name for people: that of the class. */
  readonly name: string
  readonly taskDefinition: TaskDefinition
  readonly updateServices: readonly ServiceUpdate[]
  readonly runTasks: readonly TaskRun[]
  readonly eventTargets: readonly EventTarget[]
  readonly schedules: readonly ScheduleUpdate[]
  /** The classes that must be done first, by name. */
  readonly after: readonly string[]
  /** How many revisions stay ACTIVE after a deploy; 10 by default. */
  readonly activeTaskCount: number
  /** `s3://bucket/prefix` */
  readonly lock: string | undefined
  readonly snsNotificationTopicArn: string | undefined
  readonly notificationMethodBlacklistRegex: RegExp
  readonly notifications: readonly Webhook[]
}
