/** Which ways back of an update ECS goes by itself. */
import type { Input } from '../aws/aws.ts'
import type { Step } from '../engine/step.ts'
import type { GoingBack, StepContext } from '../engine/stepHandler.ts'
import { EcsTaskError } from '../ground/errors.ts'
import { goesOnBack } from '../rollout/followRollback.ts'
import { stopDeployment } from '../rollout/stopDeployment.ts'
import { besideRevision } from './settingsBefore.ts'
import type { RestoreService } from './steps/restoreService.ts'

/** Stops the deployment that a step has begun and that still goes on; answers what ECS then puts back by itself. */
export async function stopAndGoBack(
  step: Parameters<typeof stopDeployment>[0],
  context: StepContext,
): Promise<GoingBack | undefined> {
  const isStopped = await stopDeployment(step, context)
  return isStopped ? { left: goesOnBack(step.subject, context), steps: withRevision(step) } : undefined
}

/** What ECS had put back by itself when a step's deployment failed. */
export function goneBack(step: Step, error: unknown): readonly Step[] {
  const evidence = error instanceof EcsTaskError ? error.evidence : undefined
  if (!evidence || !('rolledBackTo' in evidence)) return []
  return withRevision(step).filter(({ params }) => params.deploymentId === evidence.rolledBackTo)
}

/** The ways back that change nothing beside what belongs to a service revision, which ECS itself puts back. */
function withRevision({ undo = [] }: Step): Step<RestoreService>[] {
  return undo.filter(isRestoreService).filter(({ call }) => !besideRevision(call.input as Input<'updateService'>))
}

function isRestoreService(step: Step): step is Step<RestoreService> {
  return step.kind === 'restoreService'
}
