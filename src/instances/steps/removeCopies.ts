/** DeleteAttributes: takes from replacements what they were given, or only the note from whom they have it. */
import { type AttributesOf, copiedFrom, copiedFromAttribute } from '../attributes.ts'
import { unlessGone } from '../gone.ts'
import { readContainers } from '../observeInstances.ts'
import type { Step, StepKind } from '../../engine/step.ts'
import type { StepHandler } from '../../engine/stepHandler.ts'

export interface RemoveCopies extends StepKind {
  readonly name: 'removeCopies'
  readonly method: 'deleteAttributes'
  readonly subject: 'group'
  readonly params: {
    readonly cluster: string
    /** What is taken back; absent: only every note. */
    readonly copies?: readonly AttributesOf[]
  }
}

export function removeCopies(
  of: RemoveCopies['params'] & { readonly group: string; readonly batch: string },
): Step<RemoveCopies> {
  const { cluster, group, batch, copies } = of
  return {
    kind: 'removeCopies',
    id: `removeCopies ${group}/${batch}`,
    title: copies ? `Remove the attributes of the replacements` : `Remove the marks of copied attributes`,
    subject: { type: 'group', group },
    call: { method: 'deleteAttributes', input: { cluster, attributes: [{ name: copiedFromAttribute }] } },
    params: { cluster, ...(copies && { copies }) },
  }
}

export const removeCopiesHandler: StepHandler<RemoveCopies> = {
  async perform(step, _input, { aws, signal }) {
    const { cluster, copies } = step.params
    const containers = await readContainers(aws, cluster, signal)
    const given = [...containers.values()].flatMap((container) => {
      const instance = copiedFrom(container)
      const copy = copies?.find((one) => one.instance === instance)
      if (instance === undefined || (copies && !copy)) return []
      const names = [copiedFromAttribute, ...(copy?.attributes ?? []).flatMap(({ name }) => name ?? [])]
      return [names.map((name) => ({ name, targetId: container.containerInstanceArn }))]
    })
    await Promise.all(
      given.map((attributes) => aws.call('deleteAttributes', { cluster, attributes }, signal).catch(unlessGone)),
    )
    return { answer: { $metadata: {} }, notNeeded: given.length > 0 ? undefined : 'no replacement has any' }
  },
  undoPhase: 'forget',
}
