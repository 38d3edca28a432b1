import { markName, markValue } from '../marks.ts'
import type { Step } from '../../engine/step.ts'
import type { StepKind } from '../../engine/stepHandler.ts'

/** Container instances of a batch: at most 10, which is what ECS takes at once. */
export interface Marked {
  readonly cluster: string
  readonly group: string
  /** `1/2`: the batch, and which part of it. */
  readonly batch: string
  readonly arns: readonly string[]
  /** Their EC2 instances' ids, for people. */
  readonly names: string
}

/** Marks container instances as being replaced, so that a run after one that was cut off finds them wherever they are. */
export function markInstances(of: Marked, undo: readonly Step[]): Step<'putAttributes'> {
  const { cluster, group, batch, arns, names } = of
  return {
    id: `putAttributes ${group}/${batch}`,
    title: `Mark ${names} as being replaced`,
    call: {
      method: 'putAttributes',
      input: {
        cluster,
        attributes: arns.map((targetId) => ({
          name: markName,
          value: markValue(group),
          targetId,
        })),
      },
    },
    undo,
  }
}

export const putAttributesKind: StepKind<'putAttributes'> = {
  perform: async (_step, input, { aws, signal }) => ({ answer: await aws.call('putAttributes', input, signal) }),
}
