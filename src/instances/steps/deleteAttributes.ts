import { isDetached } from '../fleet.ts'
import { markName } from '../marks.ts'
import { readGroup } from '../readGroup.ts'
import type { Step } from '../../engine/step.ts'
import type { StepKind } from '../../engine/stepHandler.ts'

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
}): Step<'deleteAttributes'> {
  const { cluster, group, batch, arns, instances, names } = of
  return {
    id: `deleteAttributes ${group}/${batch}`,
    title: `Take the mark off ${names}`,
    call: {
      method: 'deleteAttributes',
      input: {
        cluster,
        attributes: arns.map((targetId) => ({ name: markName, targetId })),
      },
    },
    facts: { group, instances },
  }
}

export const deleteAttributesKind: StepKind<'deleteAttributes'> = {
  async perform(step, input, { aws, signal }) {
    const { group: name, instances } = step.facts as { group: string; instances: readonly string[] }
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
}

function unlessGone(error: unknown): void {
  if ((error as Error).name !== 'TargetNotFoundException') throw error
}
