/** Waits until a group can do without some of its instances, because enough others serve the cluster. */
import type { AutoScalingGroup, Instance } from '@aws-sdk/client-auto-scaling'
import type { ContainerInstance } from '@aws-sdk/client-ecs'
import { awsCommand } from '../ground/command.ts'
import { EcsTaskError } from '../ground/errors.ts'
import { failedLaunches } from './failedLaunches.ts'
import { instancesOf, isLaunchSuspended, resumeCommand, tasksOn, weightOfAll } from './fleet.ts'
import { heartbeat } from './heartbeat.ts'
import { lookPace } from './lookPace.ts'
import { readContainers, readGroup } from './observeInstances.ts'
import type { StepContext } from '../engine/stepHandler.ts'

/** Instances that one cluster query names. */
const mostAsked = 25

/** The instances of a group that do not count, by their ids. */
export interface Uncounted {
  /** They are about to be terminated: the group has to do without them. */
  readonly without: readonly string[]
  /** They serve the cluster neither before nor after. */
  readonly absent: readonly string[]
}

/** The wait for a group to serve its cluster with the desired capacity. */
interface CapacityWait extends Uncounted {
  /** The step's id. */
  readonly step: string
  readonly cluster: string
  readonly group: string
  /** The activities that the group had before it was asked for capacity, by id: launches among them do not count. */
  readonly known: readonly string[]
}

/**
 * Emits an event for each instance that comes up. Throws `InstancesFailed` when Auto Scaling has failed `earlyFail` times to
 * start one for the same reason, and `TimedOut` after the time-out, both with what was still missing.
 */
export async function followCapacity(of: CapacityWait, context: StepContext): Promise<void> {
  const { step, cluster, group: name, known } = of
  const { aws, clock, emit, signal, timeout, earlyFail } = context
  const began = clock.now()
  const report = progressOf(of, emit)
  const warned = new Set<string>()
  const beat = heartbeat(name, context)
  /** The instances that were in service at the first look. */
  let before: ReadonlySet<string> | undefined
  let containers: ReadonlyMap<string, ContainerInstance> = new Map()

  for (;;) {
    // Time is up as of the look: a machine may sleep while AWS answers.
    const isLate = clock.now() - began >= timeout
    const group = await readGroup(aws, name, signal)
    before ??= new Set(instancesOf(group).flatMap((one) => (isInService(one) ? (one.InstanceId ?? '') : [])))
    await beat(group)
    // As long as the group lacks instances, the cluster need not be asked; nor for those that have not joined yet.
    const isReady = lacking(group, of) === 0 && (await haveJoined(group))
    if (isReady || isLate) containers = await readContainers(aws, cluster, signal)
    report(group, containers)
    const missing = missingCapacity(group, containers, of)
    if (isReady && missing.length === 0) return
    if (missing.some(({ yet }) => yet === 'start') && isLaunchSuspended(group)) throw suspended(await seen(group))
    const refused = missing.some(({ yet }) => yet === 'start')
      ? await failedLaunches(aws, { group: name, known }, signal)
      : []
    for (const { why } of refused.filter(({ why: one }) => !warned.has(one))) {
      warned.add(why)
      emit({ type: 'warning.raised', text: `${name} could not start an instance: ${why}` })
    }
    const hopeless = refused.find(({ times }) => earlyFail !== undefined && times >= earlyFail)
    if (hopeless)
      throw failure('InstancesFailed', await seen(group), {
        why: `Auto Scaling failed ${hopeless.times} times: ${hopeless.why}`,
        fix: 'Fix what it starts, then run this again: it continues where it stopped.',
      })
    if (isLate) throw failure('TimedOut', missing)
    await clock.sleep(lookPace(clock.now() - began), signal)
  }

  /** What is missing as the cluster shows it at this moment: while instances are to be started, it was not asked. */
  async function seen(group: AutoScalingGroup): Promise<Missing[]> {
    return missingCapacity(group, await readContainers(aws, cluster, signal), of)
  }

  /** Whether those that have come into service since the wait began are in the cluster; true where that cannot be asked. */
  async function haveJoined(group: AutoScalingGroup): Promise<boolean> {
    const fresh = othersOf(group, of).flatMap(({ InstanceId = '' }) =>
      before?.has(InstanceId) || containers.has(InstanceId) ? [] : [InstanceId],
    )
    if (fresh.length === 0 || fresh.length > mostAsked) return true
    const filter = `ec2InstanceId in [${fresh.map((id) => `'${id}'`).join(', ')}]`
    const { containerInstanceArns = [] } = await aws.call('listContainerInstances', { cluster, filter }, signal)
    return containerInstanceArns.length >= fresh.length
  }

  function suspended(missing: readonly Missing[]): EcsTaskError {
    return failure('InstancesFailed', missing, {
      why: 'Its process Launch was suspended during the refresh, so it starts none.',
      fix: `Resume it with: ${resumeCommand(name, 'Launch')}, and run this again: it continues where it stopped.`,
    })
  }

  function failure(
    code: 'InstancesFailed' | 'TimedOut',
    missing: readonly Missing[],
    cause: { why?: string; fix?: string } = {},
  ): EcsTaskError {
    const after = Math.round((clock.now() - began) / 1000)
    const isUnjoined = missing.some(({ yet }) => yet === 'join')
    const pendingConditions = missing.map(({ text }) => text)
    const what =
      code === 'InstancesFailed'
        ? `Group ${name} does not get the instances that it needs.`
        : `Group ${name} did not reach its desired capacity in ${cluster} within ${after} s.`
    return new EcsTaskError(code, what, {
      why: cause.why ?? `${pendingConditions.join('; ')}.`,
      fix:
        cause.fix ??
        (isUnjoined
          ? `See that its user data puts ECS_CLUSTER=${cluster} into /etc/ecs/ecs.config, and that its role and network let the agent register.`
          : 'See why with the command below, and run this again: it continues where it stopped.'),
      evidence: {
        stoppedTasks: [],
        logs: [],
        targets: [],
        unmet: pendingConditions,
        next: awsCommand('autoscaling describe-scaling-activities', {
          'auto-scaling-group-name': name,
          'max-items': 5,
        }),
      },
    })
  }

  /** Emits the progress of the instances that were missing, or not ready, at the first poll. */
  function progressOf({ without, absent }: Uncounted, emitProgress: StepContext['emit']) {
    const states = new Map<string, string>([...without, ...absent].map((id) => [id, '']))
    let isFirst = true
    return (group: AutoScalingGroup, joined: ReadonlyMap<string, ContainerInstance>): void => {
      for (const { InstanceId: instanceId = '', LifecycleState = '' } of instancesOf(group)) {
        const container = joined.get(instanceId)
        const state = LifecycleState === 'InService' ? (container?.status ?? LifecycleState) : LifecycleState
        const isOld = isFirst && (state === 'ACTIVE' || state === 'InService')
        if (states.get(instanceId) === '' || states.get(instanceId) === state) continue
        states.set(instanceId, isOld ? '' : state)
        const tasks = container && { tasks: tasksOn(container) }
        if (!isOld) emitProgress({ type: 'instance.progressed', step, group: name, instanceId, state, ...tasks })
      }
      isFirst = false
    }
  }
}

/** Something that a group still lacks. */
interface Missing {
  /** Whether an instance has yet to be started, or to join the cluster, or something else. */
  readonly yet: 'start' | 'join' | 'other'
  /** `i-1 has not joined the cluster`. */
  readonly text: string
}

/**
 * What a group still lacks before it can do without the uncounted instances. Empty once enough others serve the cluster: in
 * service, registered, ACTIVE, with an agent that is connected.
 */
function missingCapacity(
  group: AutoScalingGroup,
  containers: ReadonlyMap<string, ContainerInstance>,
  of: Uncounted,
): Missing[] {
  const others = othersOf(group, of)
  const needed = neededOf(group, of)
  const pending = others.flatMap((instance) => pendingCondition(instance, containers) ?? [])
  const ready = others.filter((instance) => pendingCondition(instance, containers) === undefined)
  if (weightOfAll(ready) >= needed) return []
  const toStart = needed - weightOfAll(others)
  const text = `${toStart} of ${group.DesiredCapacity} still to be started`
  return toStart > 0 ? [...pending, { yet: 'start', text }] : pending
}

/** How much of what the group needs is not even in service. */
function lacking(group: AutoScalingGroup, of: Uncounted): number {
  const inService = othersOf(group, of).filter(isInService)
  return Math.max(0, neededOf(group, of) - weightOfAll(inService))
}

/** The capacity that the instances have to make up that count. */
function neededOf(group: AutoScalingGroup, of: Uncounted): number {
  const others = othersOf(group, of)
  const uncounted = instancesOf(group).filter((instance) => !others.includes(instance))
  return (group.DesiredCapacity ?? 0) - weightOfAll(uncounted)
}

/** The instances that count. */
function othersOf(group: AutoScalingGroup, { without, absent }: Uncounted): Instance[] {
  return instancesOf(group).filter(({ InstanceId = '' }) => ![...without, ...absent].includes(InstanceId))
}

function isInService({ LifecycleState }: Instance): boolean {
  return LifecycleState === 'InService'
}

/** What an instance lacks before tasks can be placed on it; undefined if nothing. */
function pendingCondition(
  { InstanceId = '', LifecycleState }: Instance,
  containers: ReadonlyMap<string, ContainerInstance>,
): Missing | undefined {
  if (LifecycleState !== 'InService') return { yet: 'other', text: `${InstanceId} is ${LifecycleState}` }
  const container = containers.get(InstanceId)
  if (!container) return { yet: 'join', text: `${InstanceId} has not joined the cluster` }
  if (container.status !== 'ACTIVE') return { yet: 'other', text: `${InstanceId} is ${container.status}` }
  return container.agentConnected ? undefined : { yet: 'other', text: `the agent of ${InstanceId} is not connected` }
}
