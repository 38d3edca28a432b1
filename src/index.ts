export { EcsTask, type RunSettings } from './EcsTask.ts'
export type {
  Definition,
  EventTarget,
  RuleTarget,
  ServiceUpdate,
  TaskDefinition,
  TaskRun,
} from './definition/definition.ts'
export { EcsTaskError, type ErrorCode } from './ground/errors.ts'
export type { Listener, Outcome, Problem, RunEvent, ToldEvent } from './engine/events.ts'
export type { Result } from './deploy/definitionCommand.ts'
export type { Plan, Stage } from './engine/plan.ts'
export type { Clock } from './ground/clock.ts'
export { json } from './output/listeners/json.ts'
export { plain } from './output/listeners/plain.ts'
export type { GroupStatus, InstancesStatus, InstanceStatus } from './instances/status.ts'
export { readInstances, refreshInstances, type RefreshInstancesOptions } from './instances/refreshInstances.ts'
export { updateService, type UpdateServiceOptions } from './deploy/updateService.ts'
export type { Settings } from './engine/settings.ts'
