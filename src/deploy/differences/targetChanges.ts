/** What a request changes in the targets of a rule, member by member. */
import type { Target } from '@aws-sdk/client-eventbridge'
import { type Change, changesBetween } from '../../definition/changesBetween.ts'
import type { Planned } from '../../engine/step.ts'
import { inOneForm } from './inOneForm.ts'

/** The revision is none of them: what two revisions differ in is told by itself. */
export function targetChanges(wanted: readonly Planned<Target>[], there: readonly Target[]): Change[] {
  const ids = new Set(wanted.map(({ Id }) => Id))
  const before = there.filter(({ Id }) => ids.has(Id))
  const known = new Set(before.map(({ Id }) => Id))
  // A new one is shown as it is declared.
  const after = wanted.map((target) => shownTarget(target, typeof target.Id === 'string' && known.has(target.Id)))
  return changesBetween({ Targets: before.map((target) => shownTarget(target, true)) }, { Targets: after })
}

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_EcsParameters.html */
const forms = {
  unordered: new Set(['CapacityProviderStrategy', 'PlacementConstraints', 'SecurityGroups', 'Subnets', 'Tags']),
  defaults: { EcsParameters: { TaskCount: 1, EnableECSManagedTags: false, EnableExecuteCommand: false } },
}

function shownTarget(target: Target | Planned<Target>, isCompared: boolean): object {
  if (!target.EcsParameters) return target
  const { TaskDefinitionArn, ...parameters } = target.EcsParameters
  return { ...target, EcsParameters: isCompared ? inOneForm('EcsParameters', parameters, forms) : parameters }
}
