/** DeleteAttributes: unmarks container instances. */
import { isDetached } from '../fleet.ts'
import { markName } from '../marks.ts'
import { readGroup } from '../readGroup.ts'
import type { Step, StepKind } from '../../engine/step.ts'
import type { StepHandler } from '../../engine/stepHandler.ts'

export interface DeleteAttributes extends StepKind {
  readonly name: 'deleteAttributes'
  readonly method: 'deleteAttributes'
  readonly subject: 'instances'
}

/**
 * Takes the mark off container instances that are in their group. One that could not be attached again keeps it, so that
 * the next run finds it; those that have gone have taken it with them.
 */
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
    title: `Take the mark off ${names}`,
    subject: { type: 'instances', group, instances },
    call: {
      method: 'deleteAttributes',
      input: {
        cluster,
        attributes: arns.map((targetId) => ({ name: markName, targetId })),
      },
    },
  }
}

export const deleteAttributesHandler: StepHandler<DeleteAttributes> = {
  async perform(step, input, { aws, signal }) {
    const { group: name, instances } = step.subject
    const { Instances = [] } = await readGroup(aws, name, signal)
    const inGroup = new Set(Instances.flatMap((one) => (isDetached(one) ? [] : (one.InstanceId ?? []))))
    const { attributes = [], ...where } = input
    const own = attributes.filter((_, index) => inGroup.has(instances[index] ?? ''))
    // One that has gone would have ECS refuse them all.
    await Promise.all(
      own.map((one) => aws.call('deleteAttributes', { ...where, attributes: [one] }, signal).catch(unlessGone)),
    )
    return { answer: { attributes: own, $metadata: {} } }
  },
  undoPhase: 'forget',
}

function unlessGone(error: unknown): void {
  if ((error as Error).name !== 'TargetNotFoundException') throw error
}
