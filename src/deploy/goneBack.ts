/** Which ways back of an update ECS goes by itself. */
import type { Input } from '../aws/aws.ts'
import type { Step } from '../engine/step.ts'
import type { GoingBack, StepContext } from '../engine/stepHandler.ts'
import { EcsTaskError } from '../ground/errors.ts'
import { goesOnBack } from '../rollout/followRollback.ts'
import { primaryOf } from '../rollout/verdict.ts'
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

/** What ECS puts back by itself since a step's deployment failed; nothing is left of it once the service is back. */
export async function goneBack(
  step: Parameters<typeof stopDeployment>[0],
  error: unknown,
  context: StepContext,
): Promise<GoingBack | undefined> {
  const evidence = error instanceof EcsTaskError ? error.evidence : undefined
  if (!evidence || !('rolledBackTo' in evidence)) return undefined
  const steps = withRevision(step).filter(({ params }) => params.deploymentId === evidence.rolledBackTo)
  if (steps.length === 0) return undefined
  return { steps, ...(!(await isBack(step.subject, context)) && { left: goesOnBack(step.subject, context) }) }
}

/** Whether a service is where ECS takes it back to, as far as AWS says. */
async function isBack(
  { cluster, service }: { readonly cluster: string; readonly service: string },
  { aws }: StepContext,
): Promise<boolean> {
  const { services: [seen] = [] } = await aws
    .call('describeServices', { cluster, services: [service] })
    .catch(() => ({ services: [] }))
  return seen !== undefined && primaryOf(seen)?.rolloutState === 'COMPLETED'
}

/** The ways back that change nothing beside what belongs to a service revision, which ECS itself puts back. */
function withRevision({ undo = [] }: Step): Step<RestoreService>[] {
  return undo.filter(isRestoreService).filter(({ call }) => !besideRevision(call.input as Input<'updateService'>))
}

function isRestoreService(step: Step): step is Step<RestoreService> {
  return step.kind === 'restoreService'
}
