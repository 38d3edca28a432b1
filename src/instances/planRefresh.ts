import type { Instance } from '@aws-sdk/client-auto-scaling'
import { EcsTaskError } from '../ground/errors.ts'
import type { Plan, Stage } from '../engine/plan.ts'
import { wording } from '../engine/summary.ts'
import { type Assessment, assess } from './assess.ts'
import { type Batch, absentStages, detachedStages, detachingStages, raisingStages, slices } from './batchStages.ts'
import { batchSize, batchesOf } from './batches.ts'
import { type Fleet, instancesOf, isWeighted, weightOfAll } from './fleet.ts'
import { hazardsOf } from './hazards.ts'
import { isMarked, mostAtOnce } from './marks.ts'
import { forgetStage, isNoted, noteStage, reprieveStage, rightingStage, settleStage } from './recovery.ts'
import { shownWanted } from './wanted.ts'

/** How a group is to be refreshed. */
export interface RefreshOptions {
  /** How many instances at once: `2`, or `20%` of the group. */
  readonly batch: string
  /** Replace also what is otherwise left alone, or keeps the refresh from beginning. */
  readonly forceAll: boolean
}

/**
 * Plans the replacement of a group's outdated instances, batch by batch: new capacity first, then draining, then taking
 * away. What a run that was cut off has begun comes first. Throws `Hazard`, with everything that stands in the way.
 */
export function planRefresh(fleet: Fleet, options: RefreshOptions): Plan {
  const { cluster, group } = fleet
  const name = group.AutoScalingGroupName ?? ''
  const assessment = assess(fleet)
  const division = divide(fleet, assessment, options)
  const { refusals, warnings } = hazardsOf(fleet, assessment, { ...options, ...division })
  if (refusals.length > 0) {
    throw new EcsTaskError('Hazard', `The instances of ${name} cannot be replaced as they are.`, { problems: refusals })
  }
  const stages = batchStages(fleet, assessment, division, options).filter(({ steps }) => steps.length > 0)
  const count = [division.absent, division.leftOver, ...division.batches, assessment.detached].flat().length
  const what = `${count} ${count === 1 ? 'instance' : 'instances'} of ${name} in ${cluster}`
  const isIdle = stages.length === 0
  return {
    ...wording({
      command: 'instances refresh',
      what,
      idle: count === 0 ? `Nothing of ${name} in ${cluster} is to be replaced` : undefined,
    }),
    title: count === 0 ? `Refresh ${name} in ${cluster}` : `Replace ${what}, by ${shownWanted(assessment.wanted)}`,
    stages: [
      reprieveStage(fleet, assessment),
      ...(isIdle ? [] : [noteStage(fleet, assessment, division.by), ...stages]),
      settleStage(fleet, assessment, stages),
      ...(isIdle && !isNoted(group) ? [] : [forgetStage(fleet)]),
    ],
    warnings,
  }
}

/** Who goes when. */
interface Division {
  /** They are not in service yet, or never joined the cluster. */
  readonly absent: readonly Instance[]
  /** They make up for what a run that was cut off has raised: the group has their replacements already. */
  readonly leftOver: readonly Instance[]
  /** What is too many in the group after that; negative: too few. */
  readonly surplus: number
  readonly batches: readonly (readonly Instance[])[]
  /** Whether the group has no room for a batch more than it wants, or it cannot be said how much more that is. */
  readonly detaches: boolean
  /** The maximum with which it has that room. */
  readonly roomyMaximum: number
  /** How far from what it wants the group is at most, now or meanwhile. */
  readonly by: number
  readonly size: number
}

function divide({ group }: Fleet, assessment: Assessment, { batch, forceAll }: RefreshOptions): Division {
  const { outdated, settled } = assessment
  const { MaxSize = 0, DesiredCapacity = 0 } = group
  const size = batchSize(batch, instancesOf(group).length)
  const leftOver = withinSurplus(outdated, DesiredCapacity - settled)
  const rest = outdated.filter((instance) => !leftOver.includes(instance))
  const roomyMaximum = settled + Math.max(0, ...batchesOf(rest, size).map(weightOfAll))
  const detaches = isWeighted(group) || roomyMaximum > MaxSize
  // One call detaches a batch and one attaches it again: so many of it as ECS marks and drains in one, too.
  const batches = batchesOf(rest, detaches ? Math.min(size, mostAtOnce) : size)
  return {
    absent: [...assessment.starting, ...(forceAll ? assessment.absent : [])],
    leftOver,
    surplus: DesiredCapacity - settled - weightOfAll(leftOver),
    batches,
    detaches,
    roomyMaximum,
    by: Math.max(1, Math.abs(DesiredCapacity - settled), ...batches.map(weightOfAll)),
    size,
  }
}

/** As many of the instances, from the zones in turn, as the surplus makes up for. */
function withinSurplus(instances: readonly Instance[], surplus: number): Instance[] {
  const some: Instance[] = []
  for (const instance of batchesOf(instances, 1).flat()) {
    if (weightOfAll([...some, instance]) <= surplus) some.push(instance)
  }
  return some
}

function batchStages(
  fleet: Fleet,
  assessment: Assessment,
  { absent, leftOver, surplus, batches, detaches, size }: Division,
  { forceAll: onlyServices }: RefreshOptions,
): Stage[] {
  const { cluster, group, containers } = fleet
  const name = group.AutoScalingGroupName ?? ''
  const keep = idsOf(assessment.outdated)
  const [absents, detached] = [batchesOf(absent, size), slices(assessment.detached)]
  const count = absents.length + detached.length + (leftOver.length > 0 ? 1 : 0) + batches.length
  let number = 0
  let stillAbsent = idsOf([...assessment.absent, ...assessment.drained])

  function batchOf(ids: readonly string[], { by = 0, index = 0 } = {}): Batch {
    number++
    stillAbsent = stillAbsent.filter((id) => !ids.includes(id))
    const leaving = ids.map((id) => {
      const container = containers.get(id)
      const isOurs = container !== undefined && isMarked(container, name)
      const isDrainedByOthers = container?.status === 'DRAINING' && !isOurs
      return { id, arn: container?.containerInstanceArn, isMarked: isOurs, isDrainedByOthers }
    })
    const title = `Batch ${number} of ${count}`
    const where = { cluster, group: name, name: String(number), title, desired: assessment.settled, by }
    return { ...where, isLikeOthers: index > 0, leaving, absent: stillAbsent, keep, onlyServices }
  }

  return [
    ...absents.flatMap((part, index) => absentStages(batchOf(idsOf(part), { index }))),
    ...detached.flatMap((part, index) =>
      detachedStages(
        batchOf(
          part.map(({ ec2InstanceId = '' }) => ec2InstanceId),
          { index },
        ),
      ),
    ),
    ...(leftOver.length > 0 ? raisingStages(batchOf(idsOf(leftOver))) : []),
    rightingStage(fleet, assessment, surplus),
    ...batches.flatMap((part, index) => {
      const batch = batchOf(idsOf(part), { by: weightOfAll(part), index })
      return detaches ? detachingStages(batch) : raisingStages(batch)
    }),
  ]
}

function idsOf(instances: readonly Instance[]): string[] {
  return instances.map(({ InstanceId = '' }) => InstanceId)
}
