/** PutAttributes: gives replacements the attributes of the instances that go, before tasks are moved. */
import type { Attribute } from '@aws-sdk/client-ecs'
import { type AttributesOf, copiedFrom, copiedFromAttribute } from '../attributes.ts'
import { instancesOf } from '../fleet.ts'
import { unlessGone } from '../gone.ts'
import { readContainers, readGroup } from '../observeInstances.ts'
import type { Step, StepKind, UndoSteps } from '../../engine/step.ts'
import type { StepHandler } from '../../engine/stepHandler.ts'

export interface CopyAttributes extends StepKind {
  readonly name: 'copyAttributes'
  readonly method: 'putAttributes'
  readonly subject: 'instances'
  readonly params: {
    readonly cluster: string
    readonly copies: readonly AttributesOf[]
    /** The EC2 instances that are no replacements, by id: the outdated ones. */
    readonly outdated: readonly string[]
  }
  readonly undo: 'removeCopies'
}

/** Which instance each is put on is known once the replacements are there. */
export function copyAttributes(
  of: CopyAttributes['params'] & { readonly group: string; readonly batch: string; readonly names: string },
  undo: UndoSteps<CopyAttributes>,
): Step<CopyAttributes> {
  const { cluster, group, batch, names, copies, outdated } = of
  return {
    kind: 'copyAttributes',
    id: `copyAttributes ${group}/${batch}`,
    title: `Set the attributes of ${names} on what replaces it`,
    subject: { type: 'instances', group, instances: copies.map(({ instance }) => instance) },
    call: {
      method: 'putAttributes',
      input: {
        cluster,
        attributes: copies.flatMap(({ attributes }) => attributes.map(({ name, value }) => ({ name, value }))),
      },
    },
    params: { cluster, copies, outdated },
    undo,
  }
}

export const copyAttributesHandler: StepHandler<CopyAttributes> = {
  async perform(step, _input, { aws, signal }) {
    const { cluster, copies, outdated } = step.params
    const [group, containers] = await Promise.all([
      readGroup(aws, step.subject.group, signal),
      readContainers(aws, cluster, signal),
    ])
    const replacements = instancesOf(group).flatMap(({ InstanceId = '' }) =>
      outdated.includes(InstanceId) ? [] : (containers.get(InstanceId) ?? []),
    )
    const done = new Set(replacements.map(copiedFrom))
    const free = replacements.filter((one) => copiedFrom(one) === undefined)
    let put = 0
    for (const { instance, attributes } of copies.filter((copy) => !done.has(copy.instance))) {
      const lackedBy = ({ attributes: own = [] }: (typeof free)[number]): Attribute[] =>
        attributes.filter(({ name }) => !own.some((one) => one.name === name))
      const at = free.findIndex((one) => lackedBy(one).length > 0)
      const [target] = at < 0 ? [] : free.splice(at, 1)
      if (!target) continue
      const marked = [...lackedBy(target), { name: copiedFromAttribute, value: instance }]
      const targetId = target.containerInstanceArn
      const input = { cluster, attributes: marked.map(({ name, value }) => ({ name, value, targetId })) }
      if (await aws.call('putAttributes', input, signal).catch(unlessGone)) put++
    }
    return { answer: { $metadata: {} }, notNeeded: put > 0 ? undefined : 'the replacements have them' }
  },
}
