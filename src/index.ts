/** Everything that `ecs-task` exports; test/types/api.txt has the signatures. `ecs-task/local` is in local/index.ts. */

// A class that deploys itself, and what it declares.
export { EcsTask, type RunSettings } from './EcsTask.ts'
export type { Declared, Definition, TaskDefinition } from './definition/definition.ts'
export type { EventTarget, RuleTarget, ServiceUpdate, TaskRun } from './definition/definition.ts'
export type { ScheduleTarget, ScheduleUpdate } from './definition/definition.ts'
export type { NotificationEvent, Webhook, WebhookNotification } from './definition/definition.ts'
export type { AfterDeploy, BeforeDeploy, DeployHooks } from './deploy/hooks/deployHooks.ts'

// Without a class: running services, one-off tasks, clusters from YAML files, and the EC2 instances under a cluster.
export { updateService, type UpdateServiceOptions } from './deploy/updateService.ts'
export type { EditWords } from './definition/edits/parseEdits.ts'
export { runOnce, type RunOnceOptions } from './deploy/runOnce.ts'
export { deployCluster, diffCluster, type DeployClusterOptions } from './cluster/deployCluster.ts'
export { describeCluster } from './cluster/describeCluster.ts'
export { destroyCluster, type DestroyOptions } from './cluster/destroyCluster.ts'
export type { StackFile } from './cluster/file/readStack.ts'
export type { Elb, Network, NetworkMode, PublicAndPrivate, Stack, StackService, Vpc } from './cluster/stack.ts'
export type {
  AutoScaling,
  Healthcheck,
  Port,
  ScheduledScaling,
  StackContainer,
  TaskSchedule,
  Volume,
} from './cluster/stack.ts'
export { readInstances, refreshInstances, type RefreshInstancesOptions } from './instances/refreshInstances.ts'
export type { GroupStatus, InstancesStatus, InstanceStatus } from './instances/status.ts'

// How to run it, and how it ended.
export type { Settings } from './engine/settings.ts'
export type { AwsSettings } from './aws/awsSettings.ts'
export type { Calls, ClientName, Input, Method, Output, Transport } from './aws/aws.ts'
export type { Clock } from './ground/clock.ts'
export type { IfInProgress, OnFailure, Result } from './engine/result.ts'
export type { Outcome } from './ground/exitCode.ts'
export { EcsTaskError, type ErrorCode } from './ground/errors.ts'

// What a run will do, as data.
export type { Fleet, Part, Plan, Stage, Unit } from './engine/plan.ts'
export type { Planned, PlannedInput, Reference, Step, StepKind, UndoSteps } from './engine/step.ts'
export type { Difference } from './engine/difference.ts'
export type { Change } from './definition/changesBetween.ts'
export type { Subject, SubjectOf } from './engine/subject.ts'

// What happens in a run, and who listens.
export type { Listener, OfStep, Problem, RunEvent, ToldEvent } from './engine/events.ts'
export type { ContainerLog, ContainerProgress, Forensics, StoppedTasks, UnhealthyTarget } from './engine/events.ts'
export { json } from './output/listeners/json.ts'
export { plain } from './output/listeners/plain.ts'
export { tty, type Doors, type Screen } from './output/listeners/tty.ts'
export type { Zone } from './output/time.ts'
