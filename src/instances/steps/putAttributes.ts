/** PutAttributes: marks container instances as being replaced, so that a run after one that was cut off finds them. */
import { gone, isGone, unlessGone } from '../gone.ts'
import { replacedInAttribute, replacedInValue } from '../refreshNotes.ts'
import type { Step, StepKind, UndoSteps } from '../../engine/step.ts'
import type { StepHandler } from '../../engine/stepHandler.ts'

export interface PutAttributes extends StepKind {
  readonly name: 'putAttributes'
  readonly method: 'putAttributes'
  readonly subject: 'instances'
  readonly undo: 'deleteAttributes'
}

/** Container instances of a batch: at most 10, which is what ECS takes at once. */
interface Marked {
  readonly cluster: string
  readonly group: string
  /** The batch, or a part of it: `1`, `1.2`. */
  readonly batch: string
  readonly arns: readonly string[]
  /** The EC2 instances, by id, in the same order. */
  readonly instances: readonly string[]
  /** Their EC2 instances' ids, for people. */
  readonly names: string
}

export function markInstances(of: Marked, undo: UndoSteps<PutAttributes>): Step<PutAttributes> {
  const { cluster, group, batch, arns, instances, names } = of
  return {
    kind: 'putAttributes',
    id: `putAttributes ${group}/${batch}`,
    title: `Mark ${names} for replacement`,
    subject: { type: 'instances', group, instances },
    call: {
      method: 'putAttributes',
      input: {
        cluster,
        attributes: arns.map((targetId) => ({
          name: replacedInAttribute,
          value: replacedInValue(group),
          targetId,
        })),
      },
    },
    undo,
  }
}

export const putAttributesHandler: StepHandler<PutAttributes> = {
  async perform(_step, input, { aws, signal }) {
    try {
      return { answer: await aws.call('putAttributes', input, signal) }
    } catch (error) {
      if (!isGone(error)) throw error
    }
    // ECS refuses the whole call if one of them no longer exists.
    const { cluster, attributes = [] } = input
    const each = await Promise.all(
      attributes.map((one) => aws.call('putAttributes', { cluster, attributes: [one] }, signal).catch(unlessGone)),
    )
    const marked = each.flatMap((answer) => answer?.attributes ?? [])
    const answer = { attributes: marked, $metadata: {} }
    return { answer, notNeeded: marked.length > 0 ? undefined : gone }
  },
}
