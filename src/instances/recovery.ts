import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling'
import type { Stage } from '../engine/plan.ts'
import type { Step } from '../engine/step.ts'
import { noteDesiredCapacity } from './steps/createOrUpdateTags.ts'
import { unmarkInstances } from './steps/deleteAttributes.ts'
import { forgetDesiredCapacity } from './steps/deleteTags.ts'
import { restoreDesiredCapacity } from './steps/restoreDesiredCapacity.ts'
import { raiseDesiredCapacity } from './steps/setDesiredCapacity.ts'
import { updateContainerInstancesState } from './steps/updateContainerInstancesState.ts'
import type { Assessment } from './assess.ts'
import { shown, slices } from './batchStages.ts'
import type { Fleet } from './fleet.ts'
import { tagName } from './marks.ts'

/** Instances that a run which was cut off was about to take away, and that are to stay by now: they take tasks again. */
export function reprieveStage({ cluster, group }: Fleet, { reprieved }: Assessment): Stage {
  const steps = slices(reprieved).flatMap((part, index): Step[] => {
    const names = shown(part.map(({ ec2InstanceId: id = '' }) => ({ id })))
    const arns = part.flatMap(({ containerInstanceArn }) => containerInstanceArn ?? [])
    const instances = part.map(({ ec2InstanceId = '' }) => ec2InstanceId)
    const of = { cluster, group: nameOfGroup(group), batch: `reprieved ${index + 1}`, arns, instances, names }
    return [updateContainerInstancesState({ ...of, status: 'ACTIVE' }), unmarkInstances(of)]
  })
  return stage('Take back what an earlier run had begun', steps, { isSettled: true })
}

/**
 * Brings a group that such a run has left with too many or too few to what it wants. `surplus` is how many it wants beyond
 * that, once outdated instances have made up for what they can.
 */
export function rightingStage({ cluster, group }: Fleet, assessment: Assessment, surplus: number): Stage {
  const { settled, absent, drained } = assessment
  const of = { cluster, group: nameOfGroup(group), batch: 'left over' }
  const uncounted = { without: [], absent: [...absent, ...drained].map(({ InstanceId = '' }) => InstanceId) }
  const steps: Step[] = []
  if (surplus > 0) steps.push(restoreDesiredCapacity({ ...of, desired: settled, keep: [] }))
  if (surplus < 0) steps.push(raiseDesiredCapacity({ ...of, ...uncounted, from: settled + surplus, by: -surplus }, []))
  return stage('Bring the group back to what it wanted', steps, { isSettled: true })
}

/** Notes what the group wants, and by how much a run may change that for a while. */
export function noteStage({ group }: Fleet, { settled: desired }: Assessment, by: number): Stage {
  const name = nameOfGroup(group)
  // A note that was there before is not ours to take off.
  const undo = isNoted(group) ? [] : [forgetDesiredCapacity({ group: name, onlyWhenSettled: true })]
  return stage('Note what the group wants', [noteDesiredCapacity({ group: name, desired, by }, undo)])
}

/** Where somebody else has terminated an outdated instance, the group has started one for it that nobody asked for. */
export function settleStage({ cluster, group }: Fleet, { settled }: Assessment, stages: readonly Stage[]): Stage {
  const steps = stages.flatMap((one) => one.steps)
  const onlyAfter = steps.filter(({ kind }) => kind === 'terminateInstanceInAutoScalingGroup').map(({ id }) => id)
  const of = { cluster, group: nameOfGroup(group), batch: 'settled', desired: settled, keep: [], onlyAfter }
  return stage('Leave the group as large as it was', onlyAfter.length > 0 ? [restoreDesiredCapacity(of)] : [])
}

/** Takes off the note, as the last thing. */
export function forgetStage({ group }: Fleet): Stage {
  const steps = [forgetDesiredCapacity({ group: nameOfGroup(group), onlyWhenSettled: false })]
  return { ...stage('Take off the note', steps), onFailure: 'warn' }
}

/** Whether a run has noted what the group wants, and was cut off before it took the note off. */
export function isNoted({ Tags = [] }: AutoScalingGroup): boolean {
  return Tags.some(({ Key }) => Key === tagName)
}

function nameOfGroup({ AutoScalingGroupName = '' }: AutoScalingGroup): string {
  return AutoScalingGroupName
}

function stage(title: string, steps: readonly Step[], { isSettled = false } = {}): Stage {
  const settles = isSettled ? { settles: steps.map(({ id }) => id) } : {}
  return { title, steps, together: false, onFailure: 'undo', ...settles }
}
