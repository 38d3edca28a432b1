import type { Method } from './aws.ts'
import type { Step } from './step.ts'
import type { StepKind } from './stepKind.ts'
import { continueServiceDeploymentKind } from './steps/continueServiceDeployment.ts'
import { deregisterTaskDefinitionKind } from './steps/deregisterTaskDefinition.ts'
import { describeServicesKind } from './steps/describeServices.ts'
import { putTargetsKind } from './steps/putTargets.ts'
import { registerTaskDefinitionKind } from './steps/registerTaskDefinition.ts'
import { removeTargetsKind } from './steps/removeTargets.ts'
import { restoreServiceKind } from './steps/restoreService.ts'
import { runTaskKind } from './steps/runTask.ts'
import { scaleServiceKind } from './steps/scaleService.ts'
import { updateServiceKind } from './steps/updateService.ts'

const kinds: { readonly [M in Method]?: StepKind<M> } = {
  registerTaskDefinition: registerTaskDefinitionKind,
  runTask: runTaskKind,
  updateService: updateServiceKind,
  putTargets: putTargetsKind,
  removeTargets: removeTargetsKind,
  deregisterTaskDefinition: deregisterTaskDefinitionKind,
  describeServices: describeServicesKind,
  continueServiceDeployment: continueServiceDeploymentKind,
}

const special = { restoreService: restoreServiceKind, scaleService: scaleServiceKind }

/** How a step is performed: as every step of its method, or in a way of its own. */
export function kindOf<M extends Method>(step: Step<M>): StepKind<M>
export function kindOf(step: Step): unknown {
  const kind = step.kind ? special[step.kind] : kinds[step.call.method]
  if (!kind) throw new Error(`there is no step for ${step.call.method}`)
  return kind
}
