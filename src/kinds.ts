import type { Method } from './aws.ts'
import type { StepKind } from './stepKind.ts'
import { deregisterTaskDefinitionKind } from './steps/deregisterTaskDefinition.ts'
import { putTargetsKind } from './steps/putTargets.ts'
import { registerTaskDefinitionKind } from './steps/registerTaskDefinition.ts'
import { removeTargetsKind } from './steps/removeTargets.ts'
import { runTaskKind } from './steps/runTask.ts'
import { updateServiceKind } from './steps/updateService.ts'

const kinds: { readonly [M in Method]?: StepKind<M> } = {
  registerTaskDefinition: registerTaskDefinitionKind,
  runTask: runTaskKind,
  updateService: updateServiceKind,
  putTargets: putTargetsKind,
  removeTargets: removeTargetsKind,
  deregisterTaskDefinition: deregisterTaskDefinitionKind,
}

/** How the steps of an AWS call are performed. */
export function kindOf<M extends Method>(method: M): StepKind<M> {
  const kind = kinds[method]
  if (!kind) throw new Error(`there is no step for ${method}`)
  return kind
}
