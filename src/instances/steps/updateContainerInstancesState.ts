/** UpdateContainerInstancesState: drains container instances, at most 10, or makes them ACTIVE again. */
import { EcsTaskError } from '../../ground/errors.ts'
import { followDrain } from '../followDrain.ts'
import { nameOf } from '../../ground/names.ts'
import { gone } from '../gone.ts'
import type { Step, StepKind, UndoSteps } from '../../engine/step.ts'
import type { StepHandler } from '../../engine/stepHandler.ts'

export interface UpdateContainerInstancesState extends StepKind {
  readonly name: 'updateContainerInstancesState'
  readonly method: 'updateContainerInstancesState'
  readonly subject: 'group'
  readonly params: { readonly onlyServices: boolean }
  readonly undo: 'updateContainerInstancesState'
}

/** DRAINING instances are followed until they run no more tasks. */
export function updateContainerInstancesState(
  of: {
    readonly cluster: string
    readonly group: string
    readonly batch: string
    readonly arns: readonly string[]
    readonly names: string
    readonly status: 'ACTIVE' | 'DRAINING'
    /** Whether not to wait for tasks that belong to no service. */
    readonly onlyServices?: boolean
  },
  undo: UndoSteps<UpdateContainerInstancesState> = [],
): Step<UpdateContainerInstancesState> {
  const { cluster, group, batch, arns, names, status, onlyServices = false } = of
  return {
    kind: 'updateContainerInstancesState',
    id: `updateContainerInstancesState ${group}/${batch} ${status}`,
    title: status === 'DRAINING' ? `Drain ${names}` : `Let ${names} accept tasks again`,
    subject: { type: 'group', group },
    call: { method: 'updateContainerInstancesState', input: { cluster, containerInstances: [...arns], status } },
    ...(status === 'DRAINING' && { follow: 'drain' as const }),
    params: { onlyServices },
    undo,
  }
}

export const updateContainerInstancesStateHandler: StepHandler<UpdateContainerInstancesState> = {
  async perform(_step, input, { aws, signal }) {
    const answer = await aws.call('updateContainerInstancesState', input, signal)
    const { containerInstances = [], failures = [] } = answer
    // An instance that no longer exists neither drains nor takes tasks.
    const refused = failures.filter(({ reason }) => reason !== 'MISSING' && reason !== 'INACTIVE')
    if (refused.length === 0) return { answer, notNeeded: containerInstances.length > 0 ? undefined : gone }
    const { status } = input
    const [{ arn = '', reason = '', detail = '' } = {}] = refused
    throw new EcsTaskError('RefusedByAws', `ECS did not set ${nameOf(arn)} ${status}.`, {
      why: [reason, detail].filter(Boolean).join(': '),
    })
  },

  async follow(step, _answer, context) {
    const { cluster = 'default', containerInstances = [] } = step.call.input
    const { group } = step.subject
    const { onlyServices } = step.params
    await followDrain(
      { step: step.id, cluster: String(cluster), group, arns: containerInstances.map(String), onlyServices },
      context,
    )
  },
}
