import type { Stage } from '../engine/plan.ts'
import type { Step } from '../engine/step.ts'
import { attachInstances } from './steps/attachInstances.ts'
import { unmarkInstances } from './steps/deleteAttributes.ts'
import { awaitCapacity } from './steps/describeAutoScalingGroups.ts'
import { detachInstances } from './steps/detachInstances.ts'
import { markInstances } from './steps/putAttributes.ts'
import { restoreDesiredCapacity } from './steps/restoreDesiredCapacity.ts'
import { raiseDesiredCapacity } from './steps/setDesiredCapacity.ts'
import { terminateInstanceInAutoScalingGroup } from './steps/terminateInstanceInAutoScalingGroup.ts'
import { terminateInstances } from './steps/terminateInstances.ts'
import { updateContainerInstancesState } from './steps/updateContainerInstancesState.ts'
import { mostAtOnce } from './marks.ts'

/** An instance that is to go. */
export interface Leaving {
  /** Of the EC2 instance. */
  readonly id: string
  /** Of the container instance; undefined where it never joined the cluster. */
  readonly arn: string | undefined
  /** Whether a run that was cut off has marked it. */
  readonly isMarked: boolean
  /** Whether somebody else has set it DRAINING: the way back leaves it so. */
  readonly isDrainedByOthers: boolean
}

/** Instances that go together. */
export interface Batch {
  readonly cluster: string
  readonly group: string
  /** What tells its steps from those of other batches: `2`. */
  readonly name: string
  /** `Batch 2 of 5`. */
  readonly title: string
  /** Whether a batch before it goes the same way. */
  readonly isLikeOthers: boolean
  readonly leaving: readonly Leaving[]
  /** What the group wants before and after. */
  readonly desired: number
  /** How many more it wants for them meanwhile; 0: it has more than it wants already. */
  readonly by: number
  /** Instances that serve the cluster neither before nor after, by id. */
  readonly absent: readonly string[]
  /** Instances that are not to go on the way back, by id: the outdated ones. */
  readonly keep: readonly string[]
  /** Whether tasks of no service are not waited for. */
  readonly onlyServices: boolean
}

/** New capacity by wanting more for a while: nothing ever leaves the group but to be terminated. */
export function raisingStages(batch: Batch): Stage[] {
  const { name, group, leaving, desired, by } = batch
  const uncounted = uncountedOf(batch)
  const raise = { ...batch, ...uncounted, batch: name, from: desired }
  const back = restoreDesiredCapacity({ ...batch, batch: name, restores: `setDesiredCapacity ${group}/${name}` })
  return staged(batch, {
    replace: [...markSteps(batch), by > 0 ? raiseDesiredCapacity(raise, [back]) : awaitCapacity({ ...raise })],
    takeAway: leaving.map(({ id }) => terminateInstanceInAutoScalingGroup({ group, instance: id, isReplaced: true })),
  })
}

/** New capacity by detaching, for which the group starts others: where it has no room for more. */
export function detachingStages(batch: Batch): Stage[] {
  const { name, group, keep } = batch
  const uncounted = uncountedOf(batch)
  const detaches = slices(batch.leaving).map((part, index) => {
    const of = { ...batch, ...uncounted, batch: partName(name, index), ...namesOf(part) }
    const restores = `detachInstances ${group}/${of.batch}`
    return detachInstances(of, [attachInstances({ ...of, keep, restores })])
  })
  return staged(batch, { replace: [...markSteps(batch), ...detaches], takeAway: terminations(batch) })
}

/** What a run that was cut off has detached: the group has started others for it already. */
export function detachedStages(batch: Batch): Stage[] {
  const wait = awaitCapacity({ ...batch, ...uncountedOf(batch), batch: batch.name })
  return staged(batch, { replace: [wait], takeAway: terminations(batch) })
}

/** Instances that are not in the cluster: there is nothing to drain, and the group starts others for them. */
export function absentStages(batch: Batch): Stage[] {
  const { group, name, leaving } = batch
  const steps = [
    ...leaving.map(({ id }) => terminateInstanceInAutoScalingGroup({ group, instance: id, isReplaced: false })),
    awaitCapacity({ ...batch, ...uncountedOf(batch), batch: name }),
  ]
  const title = `${batch.title}: replace ${counted(leaving)}`
  return [stage(batch, title, steps, { settles: steps.map(({ id }) => id) })]
}

/** `i-1, i-2 and i-3`; of more than that, how many more. */
export function shown(leaving: readonly { readonly id: string }[]): string {
  const names = leaving.map(({ id }) => id)
  if (names.length <= 3) return names.join(', ').replace(/, ([^,]*)$/, ' and $1')
  return `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`
}

/** Parts of a list that ECS takes in one call each. */
export function slices<T>(all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / mostAtOnce) }, (_, index) =>
    all.slice(index * mostAtOnce, (index + 1) * mostAtOnce),
  )
}

function staged(batch: Batch, { replace, takeAway }: { replace: readonly Step[]; takeAway: readonly Step[] }): Stage[] {
  const { title, leaving } = batch
  const drain = drainSteps(batch)
  const all = [...replace, ...drain, ...takeAway].map(({ id }) => id)
  const which = counted(leaving)
  return [
    stage(batch, `${title}: bring up what replaces ${which}`, replace),
    stage(batch, `${title}: drain ${which}`, drain, { together: true }),
    stage(batch, `${title}: take away ${which}`, takeAway, { together: true, settles: all }),
  ]
}

/** `i-1`, or how many: a title has no room for more. */
function counted(leaving: readonly Leaving[]): string {
  return leaving.length === 1 ? shown(leaving) : `${leaving.length} instances`
}

function stage(
  { title: batchTitle, isLikeOthers, leaving }: Batch,
  title: string,
  steps: readonly Step[],
  { together = false, settles }: { together?: boolean; settles?: readonly string[] } = {},
): Stage {
  return {
    title,
    steps,
    together,
    onFailure: 'undo',
    ...(settles && { settles }),
    ...(isLikeOthers && { repeats: `${batchTitle}: the same with ${shown(leaving)}` }),
  }
}

function markSteps({ cluster, group, name, leaving }: Batch): Step[] {
  return slices(leaving.filter(({ isMarked }) => !isMarked)).map((part, index) => {
    const of = { cluster, group, batch: partName(name, index), ...namesOf(part) }
    return markInstances(of, [unmarkInstances(of)])
  })
}

function drainSteps({ cluster, group, name, leaving, onlyServices }: Batch): Step[] {
  return slices(leaving).map((part, index) => {
    const of = { cluster, group, batch: partName(name, index), onlyServices }
    const back = namesOf(part.filter(({ isDrainedByOthers }) => !isDrainedByOthers))
    const undo = back.arns.length > 0 ? [updateContainerInstancesState({ ...of, ...back, status: 'ACTIVE' })] : []
    return updateContainerInstancesState({ ...of, ...namesOf(part), status: 'DRAINING' }, undo)
  })
}

function terminations({ group, name, leaving }: Batch): Step[] {
  return slices(leaving).map((part, index) =>
    terminateInstances({ group, batch: partName(name, index), ...namesOf(part) }),
  )
}

function uncountedOf({ leaving, absent }: Batch): { without: string[]; absent: readonly string[] } {
  return { without: leaving.map(({ id }) => id), absent }
}

function namesOf(part: readonly Leaving[]): { arns: string[]; instances: string[]; names: string } {
  return { arns: part.flatMap(({ arn }) => arn ?? []), instances: part.map(({ id }) => id), names: shown(part) }
}

function partName(name: string, index: number): string {
  return index === 0 ? name : `${name}.${index + 1}`
}
