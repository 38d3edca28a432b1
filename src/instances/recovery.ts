/** Plans the stages around the batches: they finish what a run that was cut off has begun, and note the desired capacity. */
import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling'
import type { Stage } from '../engine/plan.ts'
import type { Step } from '../engine/step.ts'
import { noteDesiredCapacity } from './steps/createOrUpdateTags.ts'
import { unmarkInstances } from './steps/deleteAttributes.ts'
import { forgetDesiredCapacity } from './steps/deleteTags.ts'
import { lookAgain } from './steps/lookAgain.ts'
import { removeCopies } from './steps/removeCopies.ts'
import { restoreDesiredCapacity } from './steps/restoreDesiredCapacity.ts'
import { raiseDesiredCapacity } from './steps/setDesiredCapacity.ts'
import { setMaximum } from './steps/updateAutoScalingGroup.ts'
import { updateContainerInstancesState } from './steps/updateContainerInstancesState.ts'
import type { Assessment } from './assess.ts'
import { shownIds } from './batchStages.ts'
import { type Fleet, inCalls } from './fleet.ts'
import { isNoted, settledMaximum, signatureOf } from './refreshNotes.ts'

/** Instances that a run which was cut off was about to terminate, but are up to date by now: they take tasks again. */
export function takeBackStage({ cluster, group }: Fleet, { takenBack }: Assessment): Stage {
  const steps = inCalls(takenBack).flatMap((part, index): Step[] => {
    const arns = part.flatMap(({ containerInstanceArn }) => containerInstanceArn ?? [])
    const instances = part.map(({ ec2InstanceId = '' }) => ec2InstanceId)
    const names = shownIds(instances)
    const of = { cluster, group: nameOfGroup(group), batch: `reprieved ${index + 1}`, arns, instances, names }
    return [updateContainerInstancesState({ ...of, status: 'ACTIVE' }), unmarkInstances(of)]
  })
  return stage('Undo what an interrupted refresh had started', steps, { isSettled: true })
}

/**
 * Corrects the desired capacity if such a run has left it too high or too low. `surplus` is by how many it is too high, once
 * as many outdated instances as possible are gone.
 */
export function correctCapacityStage({ cluster, group }: Fleet, assessment: Assessment, surplus: number): Stage {
  const { settled, absent, drained, emptied } = assessment
  const of = { cluster, group: nameOfGroup(group), batch: 'left over' }
  const uncounted = {
    without: [],
    absent: [...absent, ...drained, ...emptied].map(({ InstanceId = '' }) => InstanceId),
  }
  const steps: Step[] = []
  if (surplus > 0) steps.push(restoreDesiredCapacity({ ...of, desired: settled, keep: [] }))
  if (surplus < 0)
    steps.push(raiseDesiredCapacity({ ...of, ...uncounted, from: settled + surplus, by: -surplus }, () => []))
  return stage('Restore the desired capacity', steps, { isSettled: true })
}

/** How many instances the group may have while it is refreshed. */
interface Allowance {
  readonly allowed: number
}

/** Allows the group one instance more for a while, where it has no room and that was agreed to. */
export function allowMoreStage({ cluster, group }: Fleet, { allowed: to }: Allowance): Stage {
  const { MaxSize: from = 0 } = group
  const name = nameOfGroup(group)
  const back = [setMaximum({ cluster, group: name, from: to, to: settledMaximum(group) })]
  return stage('Raise the maximum', to > from ? [setMaximum({ cluster, group: name, from, to }, back)] : [])
}

/** Lowers the maximum again, also where a run that was cut off has raised it. */
export function restoreMaximumStage({ cluster, group }: Fleet, { allowed }: Allowance): Stage {
  const from = Math.max(allowed, group.MaxSize ?? 0)
  const to = settledMaximum(group)
  return stage('Restore the maximum', from > to ? [setMaximum({ cluster, group: nameOfGroup(group), from, to })] : [])
}

/** Notes who refreshes the group, its desired capacity, and by how much the run may change it for a while. */
export function noteStage(
  { cluster, group }: Fleet,
  { settled: desired }: Assessment,
  { by, owner, allowed }: Allowance & { readonly by: number; readonly owner: string },
): Stage {
  const name = nameOfGroup(group)
  const cutOff = signatureOf(group)?.run
  // A note that an earlier run left stays when this one is rolled back.
  const undo = isNoted(group) ? [] : [forgetDesiredCapacity({ cluster, group: name, onlyWhenSettled: true, cutOff })]
  const noted = settledMaximum(group)
  const maximum = allowed > noted || noted !== group.MaxSize ? noted : undefined
  const of = { cluster, group: name, desired, by, maximum, owner, cutOff }
  return stage('Record the desired capacity', [noteDesiredCapacity(of, undo)])
}

/** If somebody else terminates an outdated instance meanwhile, the group starts one too many for it. */
export function restoreSizeStage({ cluster, group }: Fleet, { settled }: Assessment, stages: readonly Stage[]): Stage {
  const steps = stages.flatMap((one) => one.steps)
  const onlyAfter = steps.filter(({ kind }) => kind === 'terminateInstanceInAutoScalingGroup').map(({ id }) => id)
  const of = { cluster, group: nameOfGroup(group), batch: 'settled', desired: settled, keep: [], onlyAfter }
  return stage('Restore the size of the group', onlyAfter.length > 0 ? [restoreDesiredCapacity(of)] : [])
}

/** Replacements that were given the attributes of instances that went keep them, and only them. */
export function forgetCopiesStage({ cluster, group }: Fleet): Stage {
  const step = removeCopies({ cluster, group: nameOfGroup(group), batch: 'done' })
  return stage('Remove the marks of copied attributes', [step])
}

/** Looks whether the new instances are what the group would start by now. */
export function lookAgainStage(
  { cluster, group }: Fleet,
  { absent, standby }: Assessment,
  stages: readonly Stage[],
): Stage {
  const after = stages
    .flatMap((one) => one.steps)
    .filter(({ kind }) => kind === 'setDesiredCapacity' || kind === 'detachInstances')
    .map(({ id }) => id)
  const leftAlone = [...absent, ...standby].map(({ InstanceId = '' }) => InstanceId)
  const step = lookAgain({ cluster, group: nameOfGroup(group), leftAlone, after })
  return { ...stage('Look again', [step]), onFailure: 'warn' }
}

/** Deletes the note at the very end. */
export function deleteNoteStage({ cluster, group }: Fleet): Stage {
  const cutOff = signatureOf(group)?.run
  const steps = [forgetDesiredCapacity({ cluster, group: nameOfGroup(group), onlyWhenSettled: false, cutOff })]
  return { ...stage('Remove the record', steps), onFailure: 'warn' }
}

function nameOfGroup({ AutoScalingGroupName = '' }: AutoScalingGroup): string {
  return AutoScalingGroupName
}

function stage(title: string, steps: readonly Step[], { isSettled = false } = {}): Stage {
  const settles = isSettled ? { settles: steps.map(({ id }) => id) } : {}
  return { title, steps, together: false, onFailure: 'undo', ...settles }
}
