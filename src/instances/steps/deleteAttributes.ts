/** DeleteAttributes: removes the mark from container instances that are in their group. */
import { isDetached } from '../fleet.ts'
import { unlessGone } from '../gone.ts'
import { goOn } from '../goOn.ts'
import { replacedInAttribute } from '../refreshNotes.ts'
import { describeContainers, readGroup } from '../observeInstances.ts'
import type { Step, StepKind } from '../../engine/step.ts'
import type { StepHandler } from '../../engine/stepHandler.ts'

export interface DeleteAttributes extends StepKind {
  readonly name: 'deleteAttributes'
  readonly method: 'deleteAttributes'
  readonly subject: 'instances'
}

/** An instance that could not be attached again keeps its mark, so that the next run finds it. */
export function unmarkInstances(of: {
  readonly cluster: string
  readonly group: string
  readonly batch: string
  readonly arns: readonly string[]
  /** The EC2 instances, by id, in the same order. */
  readonly instances: readonly string[]
  readonly names: string
}): Step<DeleteAttributes> {
  const { cluster, group, batch, arns, instances, names } = of
  return {
    kind: 'deleteAttributes',
    id: `deleteAttributes ${group}/${batch}`,
    title: `Remove the mark of ${names}`,
    subject: { type: 'instances', group, instances },
    call: {
      method: 'deleteAttributes',
      input: {
        cluster,
        attributes: arns.map((targetId) => ({ name: replacedInAttribute, targetId })),
      },
    },
    // Without its mark a detached instance is found by nobody.
    mend: goOn(cluster, group),
  }
}

export const deleteAttributesHandler: StepHandler<DeleteAttributes> = {
  async perform(step, input, { aws, signal }) {
    const { group: name, instances } = step.subject
    const { cluster = 'default', attributes = [] } = input
    const arns = attributes.flatMap(({ targetId }) => targetId ?? [])
    const [{ Instances = [] }, there] = await Promise.all([
      readGroup(aws, name, signal),
      describeContainers(aws, { cluster, arns }, signal),
    ])
    const inGroup = new Set(Instances.flatMap((one) => (isDetached(one) ? [] : (one.InstanceId ?? []))))
    const own = attributes.filter(
      (_, index) => inGroup.has(instances[index] ?? '') && there.has(instances[index] ?? ''),
    )
    // ECS refuses the whole call if one of them no longer exists.
    await Promise.all(
      own.map((one) => aws.call('deleteAttributes', { cluster, attributes: [one] }, signal).catch(unlessGone)),
    )
    const outside = instances.filter((id) => there.has(id) && !inGroup.has(id))
    if (outside.length > 0) {
      const [are, them, their] = outside.length === 1 ? ['is', 'it', 'its'] : ['are', 'them', 'their']
      return {
        skipped: `${outside.join(', ')} ${are} not in ${name}, and the next refresh, which replaces ${them}, finds ${them} by ${their} mark`,
      }
    }
    const answer = { attributes: own, $metadata: {} }
    return { answer, notNeeded: own.length > 0 ? undefined : 'gone, and its mark with it' }
  },
  undoPhase: 'forget',
}
