/** DescribeAutoScalingGroups at the end: whether the group would start something else by now; changes nothing. */
import { ownCommand } from '../../ground/command.ts'
import { instancesOf } from '../fleet.ts'
import { readGroup, readTemplates } from '../observeInstances.ts'
import { launchChoicesOf, outdatedBecause, shownLaunchChoices } from '../outdated.ts'
import type { Step, StepKind } from '../../engine/step.ts'
import type { StepHandler } from '../../engine/stepHandler.ts'

export interface LookAgain extends StepKind {
  readonly name: 'lookAgain'
  readonly method: 'describeAutoScalingGroups'
  readonly subject: 'group'
  readonly params: {
    readonly cluster: string
    /** Outdated instances that were left as they are, by id. */
    readonly leftAlone: readonly string[]
    /** The steps that yield how many of their instances were gone, by id. */
    readonly after: readonly string[]
  }
}

/** The last line of the run then says no more than was seen. */
export function lookAgain(of: LookAgain['params'] & { readonly group: string }): Step<LookAgain> {
  const { group, ...params } = of
  return {
    kind: 'lookAgain',
    id: `lookAgain ${group}`,
    title: `Check whether ${group} now starts something newer`,
    subject: { type: 'group', group },
    call: { method: 'describeAutoScalingGroups', input: { AutoScalingGroupNames: [group] } },
    params,
  }
}

export const lookAgainHandler: StepHandler<LookAgain> = {
  async perform(step, _input, { aws, emit, remarks, signal, values }) {
    const { cluster, leftAlone, after } = step.params
    const { group: name } = step.subject
    const missing = after.reduce((sum, id) => {
      const yielded = values.get(id)
      return sum + (typeof yielded === 'object' ? Number(yielded['missing'] ?? 0) : 0)
    }, 0)
    if (missing > 0) remarks.push(`${missing} of them ${missing === 1 ? 'was' : 'were'} gone already`)
    const group = await readGroup(aws, name, signal)
    const choices = launchChoicesOf(group, await readTemplates(aws, [group], signal))
    const all = instancesOf(group).filter(({ InstanceId = '' }) => !leftAlone.includes(InstanceId))
    const outdated = all.filter((instance) => outdatedBecause(instance, choices) !== undefined)
    if (outdated.length > 0) {
      const what = `${outdated.length} of ${all.length} ${outdated.length === 1 ? 'is' : 'are'} outdated again`
      remarks.push(what)
      const text = `${name} now starts ${shownLaunchChoices(choices)}: ${what}. Replace them with: ${ownCommand('ecs-task', 'instances refresh', { cluster, asg: name })}`
      emit({ type: 'warning.raised', text })
    }
    return { answer: { AutoScalingGroups: [group], $metadata: {} } }
  },
}
