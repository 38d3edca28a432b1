import { EcsTaskError } from '../../ground/errors.ts'
import { followDrain } from '../followDrain.ts'
import { nameOf } from '../../ground/names.ts'
import { describeContainers } from '../readGroup.ts'
import type { Step } from '../../engine/step.ts'
import type { StepKind } from '../../engine/stepHandler.ts'

/** Sets container instances, at most 10, DRAINING or ACTIVE. DRAINING ones are followed until they run no more tasks. */
export function updateContainerInstancesState(
  of: {
    readonly cluster: string
    readonly group: string
    readonly batch: string
    readonly arns: readonly string[]
    readonly names: string
    readonly status: 'ACTIVE' | 'DRAINING'
    /** Whether tasks of no service are not waited for. */
    readonly onlyServices?: boolean
  },
  undo: readonly Step[] = [],
): Step<'updateContainerInstancesState'> {
  const { cluster, group, batch, arns, names, status, onlyServices = false } = of
  return {
    id: `updateContainerInstancesState ${group}/${batch} ${status}`,
    title: status === 'DRAINING' ? `Drain ${names}` : `Let ${names} take tasks again`,
    call: { method: 'updateContainerInstancesState', input: { cluster, containerInstances: [...arns], status } },
    ...(status === 'DRAINING' && { follow: 'drain' as const }),
    facts: { group, onlyServices },
    undo,
  }
}

export const updateContainerInstancesStateKind: StepKind<'updateContainerInstancesState'> = {
  async perform(_step, input, { aws, signal }) {
    const { cluster = 'default', containerInstances: arns = [], status } = input
    const there = [...(await describeContainers(aws, { cluster, arns }, signal)).values()]
    const others = there.filter((one) => one.status !== status)
    if (others.length === 0) return { answer: { containerInstances: there, failures: [], $metadata: {} } }
    const containerInstances = others.flatMap(({ containerInstanceArn }) => containerInstanceArn ?? [])
    const answer = await aws.call('updateContainerInstancesState', { ...input, containerInstances }, signal)
    const { failures = [] } = answer
    // One that has gone meanwhile neither drains nor takes tasks.
    const refused = failures.filter(({ reason }) => reason !== 'MISSING' && reason !== 'INACTIVE')
    if (refused.length === 0) return { answer }
    const [{ arn = '', reason = '', detail = '' } = {}] = refused
    throw new EcsTaskError('RefusedByAws', `ECS did not set ${nameOf(arn)} ${status}.`, {
      why: [reason, detail].filter(Boolean).join(': '),
    })
  },

  async follow(step, _answer, context) {
    const { cluster = 'default', containerInstances = [] } = step.call.input
    const { group, onlyServices } = step.facts as { group: string; onlyServices: boolean }
    await followDrain(
      { step: step.id, cluster: String(cluster), group, arns: containerInstances.map(String), onlyServices },
      context,
    )
  },
}
