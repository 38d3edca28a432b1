/** Plans a refresh: the outdated instances of a group are replaced batch by batch. */
import type { Instance } from '@aws-sdk/client-auto-scaling'
import { EcsTaskError } from '../ground/errors.ts'
import type { Plan, Stage } from '../engine/plan.ts'
import { wording } from '../engine/summary.ts'
import { copiedFrom, ownAttributes } from './attributes.ts'
import { type Assessment, assess } from './assess.ts'
import { type Batch, absentStages, detachedStages, detachingStages, raisingStages } from './batchStages.ts'
import { type Fleet, inCalls, inParts, instancesOf, isWeighted, maxPerCall, weightOfAll } from './fleet.ts'
import { hazardsOf } from './hazards.ts'
import { shownLaunchChoices } from './outdated.ts'
import {
  allowMoreStage,
  correctCapacityStage,
  deleteNoteStage,
  forgetCopiesStage,
  lookAgainStage,
  noteStage,
  restoreMaximumStage,
  restoreSizeStage,
  takeBackStage,
} from './recovery.ts'
import { isMarked, isNoted, settledMaximum } from './refreshNotes.ts'

interface RefreshOptions {
  /** How many instances at once: `2`, or `20%` of the group. */
  readonly batch: string
  /** Also replace instances that are otherwise left alone or stand in the way. */
  readonly forceAll: boolean
  /** Whether a group without room may have one instance more than its maximum while it is refreshed. */
  readonly allowMaxPlusOne: boolean
  /** Set the attributes that somebody has set on instances that go on their replacements. */
  readonly copyAttributes: boolean
  /** Who refreshes the group, as its note tells others. */
  readonly owner: string
}

/** Finishes first what a run that was cut off has begun. Throws `Hazard` with everything that stands in the way. */
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
  const takeBack = takeBackStage(fleet, assessment)
  const isCopied = [...fleet.containers.values()].some((one) => copiedFrom(one) !== undefined)
  const isIdle = stages.length === 0
  const restoreMaximum = restoreMaximumStage(fleet, division)
  const isChange = !isIdle || takeBack.steps.length + restoreMaximum.steps.length > 0
  return {
    ...wording({
      command: 'instances refresh',
      what,
      idle: count === 0 ? `${name} in ${cluster} is already up to date` : undefined,
    }),
    title:
      count === 0
        ? `Refresh ${name} in ${cluster}`
        : `Replace ${what}, by ${shownLaunchChoices(assessment.launchChoices)}`,
    stages: [
      ...(isChange ? [noteStage(fleet, assessment, { ...division, owner: options.owner })] : []),
      allowMoreStage(fleet, division),
      takeBack,
      ...stages,
      ...(options.copyAttributes || isCopied ? [forgetCopiesStage(fleet)] : []),
      restoreSizeStage(fleet, assessment, stages),
      restoreMaximum,
      ...(isIdle ? [] : [lookAgainStage(fleet, assessment, stages)]),
      ...(isChange || isNoted(group) ? [deleteNoteStage(fleet)] : []),
    ],
    warnings,
  }
}

/** Which instances are replaced when. */
interface Division {
  /** Not in service yet, or never joined the cluster. */
  readonly absent: readonly Instance[]
  /** The group has their replacements already: a run that was cut off has raised its capacity. */
  readonly leftOver: readonly Instance[]
  /** How many too many the group has after that; negative: too few. */
  readonly surplus: number
  readonly batches: readonly (readonly Instance[])[]
  /** Whether to detach instances first: the group has no room for a batch more, or weights its instance types. */
  readonly detaches: boolean
  /** The maximum with which the group has room for a batch more. */
  readonly neededMaximum: number
  /** How many instances it may have while it is refreshed: its maximum, or one more. */
  readonly allowed: number
  /** How far the group gets from its settled capacity at most. */
  readonly by: number
  readonly size: number
}

function divide({ group }: Fleet, assessment: Assessment, options: RefreshOptions): Division {
  const { batch, forceAll, allowMaxPlusOne } = options
  const { outdated, settled } = assessment
  const { DesiredCapacity = 0 } = group
  const maximum = settledMaximum(group)
  const size = batchSize(batch, instancesOf(group).length)
  const leftOver = withinSurplus(outdated, DesiredCapacity - settled)
  const rest = outdated.filter((instance) => !leftOver.includes(instance))
  const neededMaximum = settled + Math.max(0, ...batchesOf(rest, size).map(weightOfAll))
  const isFull = neededMaximum > maximum
  const isAllowedMore = isFull && allowMaxPlusOne && !isWeighted(group)
  const allowed = isAllowedMore ? maximum + 1 : maximum
  const detaches = isWeighted(group) || (isFull && !isAllowedMore)
  // A batch is detached, and attached again, in one call: it must not need two to be marked or drained.
  const most = detaches ? maxPerCall : isAllowedMore ? allowed - settled : size
  const batches = batchesOf(rest, Math.min(size, most))
  return {
    absent: [...assessment.starting, ...(forceAll ? assessment.absent : [])],
    leftOver,
    surplus: DesiredCapacity - settled - weightOfAll(leftOver),
    batches,
    detaches,
    allowed,
    neededMaximum,
    by: Math.max(1, Math.abs(DesiredCapacity - settled), ...batches.map(weightOfAll)),
    size,
  }
}

/** As many instances as the surplus replaces already, balanced over the zones. */
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
  { forceAll: onlyServices, copyAttributes }: RefreshOptions,
): Stage[] {
  const { cluster, group, containers } = fleet
  const name = group.AutoScalingGroupName ?? ''
  const keep = idsOf(assessment.outdated)
  const [absents, detached] = [batchesOf(absent, size), inCalls(assessment.detached)]
  const count = absents.length + detached.length + (leftOver.length > 0 ? 1 : 0) + batches.length
  let number = 0
  let stillAbsent = idsOf([...assessment.absent, ...assessment.drained, ...assessment.emptied])

  function batchOf(ids: readonly string[], { by = 0, index = 0 } = {}): Batch {
    number++
    stillAbsent = stillAbsent.filter((id) => !ids.includes(id))
    const leaving = ids.map((id) => {
      const container = containers.get(id)
      const isOurs = container !== undefined && isMarked(container, name)
      const isDrainedByOthers = container?.status === 'DRAINING' && !isOurs
      const attributes = copyAttributes && container ? ownAttributes(container) : []
      return { id, arn: container?.containerInstanceArn, isMarked: isOurs, isDrainedByOthers, attributes }
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
    correctCapacityStage(fleet, assessment, surplus),
    ...batches.flatMap((part, index) => {
      const batch = batchOf(idsOf(part), { by: weightOfAll(part), index })
      return detaches ? detachingStages(batch) : raisingStages(batch)
    }),
  ]
}

function idsOf(instances: readonly Instance[]): string[] {
  return instances.map(({ InstanceId = '' }) => InstanceId)
}

/** The number of instances that `2` or `20%` of `all` means: rounded up, at least 1. Throws `BadArguments` otherwise. */
export function batchSize(text: string, all: number): number {
  const [, digits, percent] = /^(\d+)(%)?$/.exec(text) ?? []
  const amount = Number(digits)
  if (!(amount > 0) || (percent && amount > 100)) {
    throw new EcsTaskError('BadArguments', `--batch ${text} is not a number of instances.`, {
      fix: 'Write it as 2, or as 20% of the group.',
    })
  }
  return percent ? Math.max(1, Math.ceil((all * amount) / 100)) : amount
}

/**
 * The instances in batches of `size`. Each next one is taken from the fullest Availability Zone, so that the group stays
 * balanced and has no reason to rebalance by itself: it would terminate instances without draining them.
 */
export function batchesOf(instances: readonly Instance[], size: number): Instance[][] {
  const zones = new Set(instances.map(({ AvailabilityZone }) => AvailabilityZone))
  const queues = [...zones].map((zone) => instances.filter(({ AvailabilityZone }) => AvailabilityZone === zone))
  const inTurn: Instance[] = []
  while (inTurn.length < instances.length) {
    const [fullest] = queues.toSorted((one, other) => other.length - one.length)
    inTurn.push(...(fullest?.splice(0, 1) ?? []))
  }
  return inParts(inTurn, size)
}
