/** Plans the stages that replace one batch of instances: new capacity first, then draining, then termination. */
import type { Attribute } from '@aws-sdk/client-ecs'
import type { Stage } from '../engine/plan.ts'
import type { Step } from '../engine/step.ts'
import { attachInstances } from './steps/attachInstances.ts'
import { type CopyAttributes, copyAttributes } from './steps/copyAttributes.ts'
import { unmarkInstances } from './steps/deleteAttributes.ts'
import { awaitCapacity } from './steps/describeAutoScalingGroups.ts'
import { detachInstances } from './steps/detachInstances.ts'
import { type PutAttributes, markInstances } from './steps/putAttributes.ts'
import { removeCopies } from './steps/removeCopies.ts'
import { restoreDesiredCapacity } from './steps/restoreDesiredCapacity.ts'
import { raiseDesiredCapacity } from './steps/setDesiredCapacity.ts'
import { terminateInstanceInAutoScalingGroup } from './steps/terminateInstanceInAutoScalingGroup.ts'
import { type TerminateInstances, terminateInstances } from './steps/terminateInstances.ts'
import {
  type UpdateContainerInstancesState,
  updateContainerInstancesState,
} from './steps/updateContainerInstancesState.ts'
import type { Uncounted } from './followCapacity.ts'
import { inCalls } from './fleet.ts'

/** An instance that is to be replaced. */
interface LeavingInstance {
  /** Of the EC2 instance. */
  readonly id: string
  /** Of the container instance; undefined if it never joined the cluster. */
  readonly arn: string | undefined
  /** Whether a run that was cut off has marked it. */
  readonly isMarked: boolean
  /** Whether somebody else has set it DRAINING: a rollback leaves it so. */
  readonly isDrainedByOthers: boolean
  /** What somebody has set on it and is to be set on its replacement. */
  readonly attributes: readonly Attribute[]
}

/** Instances that are replaced together. */
export interface Batch {
  readonly cluster: string
  readonly group: string
  /** Tells its steps from those of other batches: `2`. */
  readonly name: string
  /** `Batch 2 of 5`. */
  readonly title: string
  /** Whether an earlier batch goes the same way. */
  readonly isLikeOthers: boolean
  readonly leaving: readonly LeavingInstance[]
  /** The desired capacity before and after. */
  readonly desired: number
  /** By how many the desired capacity is raised meanwhile; 0 if the group has more than it wants already. */
  readonly by: number
  /** Instances that serve the cluster neither before nor after, by id. */
  readonly absent: readonly string[]
  /** Instances that a rollback does not terminate, by id: the outdated ones. */
  readonly keep: readonly string[]
  /** Whether not to wait for tasks that belong to no service. */
  readonly onlyServices: boolean
}

/** Raises the desired capacity for a while: instances leave the group only to be terminated. */
export function raisingStages(batch: Batch): Stage[] {
  const { name, group, leaving, desired, by } = batch
  const uncounted = uncountedOf(batch)
  const raise = { ...batch, ...uncounted, batch: name, from: desired }
  const raised = (): Step => raiseDesiredCapacity(raise, (restores) => [restoreDesiredCapacity({ ...raise, restores })])
  return stagesOf(batch, {
    replace: [...markSteps(batch), by > 0 ? raised() : awaitCapacity(raise)],
    terminate: leaving.map(({ id }) => terminateInstanceInAutoScalingGroup({ group, instance: id, isReplaced: true })),
  })
}

/** Detaches instances, for which the group starts others: if it has no room for more. */
export function detachingStages(batch: Batch): Stage[] {
  const { name, keep } = batch
  const uncounted = uncountedOf(batch)
  const detaches = inCalls(batch.leaving).map((part, index) => {
    const of = { ...batch, ...uncounted, batch: partName(name, index), ...idsOf(part) }
    return detachInstances(of, (restores) => [attachInstances({ ...of, keep, restores })])
  })
  return stagesOf(batch, { replace: [...markSteps(batch), ...detaches], terminate: terminations(batch) })
}

/** Instances that a run which was cut off has detached: the group has started others for them already. */
export function detachedStages(batch: Batch): Stage[] {
  const wait = awaitCapacity({ ...batch, ...uncountedOf(batch), batch: batch.name })
  return stagesOf(batch, { replace: [wait], terminate: terminations(batch) })
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

/** `i-1, i-2 and i-3`; of more than that, two and the number of the others. */
export function shownIds(ids: readonly string[]): string {
  if (ids.length <= 3) return ids.join(', ').replace(/, ([^,]*)$/, ' and $1')
  return `${ids.slice(0, 2).join(', ')} and ${ids.length - 2} more`
}

function stagesOf(
  batch: Batch,
  { replace, terminate }: { readonly replace: readonly Step[]; readonly terminate: readonly Step[] },
): Stage[] {
  const { title, leaving } = batch
  const drain = drainSteps(batch)
  const ready = [...replace, ...copySteps(batch)]
  const all = [...ready, ...drain, ...terminate].map(({ id }) => id)
  const which = counted(leaving)
  return [
    stage(batch, `${title}: start replacements for ${which}`, ready),
    stage(batch, `${title}: drain ${which}`, drain, { together: true }),
    stage(batch, `${title}: terminate ${which}`, terminate, { together: true, settles: all }),
  ]
}

/** `i-1`, or how many: a title has no room for more. */
function counted(leaving: readonly LeavingInstance[]): string {
  return leaving.length === 1 ? idsOf(leaving).names : `${leaving.length} instances`
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
    batch: batchTitle,
    ...(settles && { settles }),
    ...(isLikeOthers && { repeats: `${batchTitle}: the same with ${idsOf(leaving).names}` }),
  }
}

function markSteps({ cluster, group, name, leaving }: Batch): Step<PutAttributes>[] {
  return inCalls(leaving.filter(({ isMarked }) => !isMarked)).map((part, index) => {
    const of = { cluster, group, batch: partName(name, index), ...idsOf(part) }
    return markInstances(of, [unmarkInstances(of)])
  })
}

function copySteps({ cluster, group, name, leaving, keep }: Batch): Step<CopyAttributes>[] {
  const having = leaving.filter(({ attributes }) => attributes.length > 0)
  if (having.length === 0) return []
  const copies = having.map(({ id, attributes }) => ({ instance: id, attributes }))
  const { names } = idsOf(having)
  const of = { cluster, group, batch: name, copies }
  return [copyAttributes({ ...of, names, outdated: keep }, [removeCopies(of)])]
}

function drainSteps({ cluster, group, name, leaving, onlyServices }: Batch): Step<UpdateContainerInstancesState>[] {
  return inCalls(leaving).map((part, index) => {
    const of = { cluster, group, batch: partName(name, index), onlyServices }
    const back = idsOf(part.filter(({ isDrainedByOthers }) => !isDrainedByOthers))
    const undo = back.arns.length > 0 ? [updateContainerInstancesState({ ...of, ...back, status: 'ACTIVE' })] : []
    return updateContainerInstancesState({ ...of, ...idsOf(part), status: 'DRAINING' }, undo)
  })
}

function terminations({ group, name, leaving }: Batch): Step<TerminateInstances>[] {
  return inCalls(leaving).map((part, index) =>
    terminateInstances({ group, batch: partName(name, index), ...idsOf(part) }),
  )
}

function uncountedOf({ leaving, absent }: Batch): Uncounted {
  return { without: leaving.map(({ id }) => id), absent }
}

/** The ARNs of container instances, the ids of their EC2 instances, and these ids as people read them. */
function idsOf(part: readonly LeavingInstance[]): { arns: string[]; instances: string[]; names: string } {
  const instances = part.map(({ id }) => id)
  return { arns: part.flatMap(({ arn }) => arn ?? []), instances, names: shownIds(instances) }
}

function partName(name: string, index: number): string {
  return index === 0 ? name : `${name}.${index + 1}`
}
