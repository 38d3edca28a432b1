/** How each kind of step that a deploy, a rollback, an update or a one-off run plans is performed. */
import type { StepHandlers } from '../engine/stepHandler.ts'
import { type ContinueServiceDeployment, continueServiceDeploymentHandler } from './steps/continueServiceDeployment.ts'
import { type DeregisterTaskDefinition, deregisterTaskDefinitionHandler } from './steps/deregisterTaskDefinition.ts'
import { type DescribeServices, describeServicesHandler } from './steps/describeServices.ts'
import { type PutTargets, putTargetsHandler } from './steps/putTargets.ts'
import { type RejectServiceDeployment, rejectServiceDeploymentHandler } from './steps/rejectServiceDeployment.ts'
import { type RegisterTaskDefinition, registerTaskDefinitionHandler } from './steps/registerTaskDefinition.ts'
import { type RemoveTargets, removeTargetsHandler } from './steps/removeTargets.ts'
import { type RestoreService, restoreServiceHandler } from './steps/restoreService.ts'
import { type RunTask, runTaskHandler } from './steps/runTask.ts'
import { type ScaleService, scaleServiceHandler } from './steps/scaleService.ts'
import { type StopServiceDeployment, stopServiceDeploymentHandler } from './steps/stopServiceDeployment.ts'
import { type UpdateSchedule, updateScheduleHandler } from './steps/updateSchedule.ts'
import { type UpdateService, updateServiceHandler } from './steps/updateService.ts'

export const deployHandlers = {
  continueServiceDeployment: continueServiceDeploymentHandler,
  deregisterTaskDefinition: deregisterTaskDefinitionHandler,
  describeServices: describeServicesHandler,
  putTargets: putTargetsHandler,
  registerTaskDefinition: registerTaskDefinitionHandler,
  rejectServiceDeployment: rejectServiceDeploymentHandler,
  removeTargets: removeTargetsHandler,
  restoreService: restoreServiceHandler,
  runTask: runTaskHandler,
  scaleService: scaleServiceHandler,
  stopServiceDeployment: stopServiceDeploymentHandler,
  updateSchedule: updateScheduleHandler,
  updateService: updateServiceHandler,
} satisfies StepHandlers<
  | ContinueServiceDeployment
  | DeregisterTaskDefinition
  | DescribeServices
  | PutTargets
  | RegisterTaskDefinition
  | RejectServiceDeployment
  | RemoveTargets
  | RestoreService
  | RunTask
  | ScaleService
  | StopServiceDeployment
  | UpdateSchedule
  | UpdateService
>
