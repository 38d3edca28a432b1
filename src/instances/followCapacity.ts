import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling'
import type { ContainerInstance } from '@aws-sdk/client-ecs'
import { EcsTaskError } from '../ground/errors.ts'
import { instancesOf } from './fleet.ts'
import { type Uncounted, lacking } from './lacking.ts'
import { readContainers, readGroup } from './readGroup.ts'
import type { StepContext } from '../engine/stepHandler.ts'

/** Milliseconds between two looks at a group: an instance takes minutes to start. */
const interval = 5_000
/** Milliseconds by which our clock may be ahead of AWS's. */
const skew = 60_000

/** The wait for a group to serve its cluster as it wants. */
export interface CapacityWait extends Uncounted {
  /** The step's id. */
  readonly step: string
  readonly cluster: string
  readonly group: string
}

/**
 * Waits until a group can do without some of its instances: so many others are in service, registered in the cluster and
 * ACTIVE. Tells of each instance that comes up. Throws `InstancesFailed` when Auto Scaling has failed `earlyFail` times to
 * start one for the same reason, and `TimedOut` after the time-out, both with what was still missing.
 */
export async function followCapacity(of: CapacityWait, context: StepContext): Promise<void> {
  const { step, cluster, group: name } = of
  const { aws, clock, emit, signal, timeout, earlyFail } = context
  const began = clock.now()
  const tell = progressOf(of, emit)
  const warned = new Set<string>()

  for (;;) {
    const [group, containers] = await Promise.all([readGroup(aws, name, signal), readContainers(aws, cluster, signal)])
    tell(group, containers)
    const missing = lacking({ group, containers }, of)
    if (missing.length === 0) return
    const refused = missing.some((one) => one.includes('still to be started')) ? await failedLaunches() : []
    for (const { why } of refused.filter(({ why: one }) => !warned.has(one))) {
      warned.add(why)
      emit({ type: 'warning.raised', text: `${name} could not start an instance: ${why}` })
    }
    const hopeless = refused.find(({ times }) => earlyFail !== undefined && times >= earlyFail)
    if (hopeless)
      throw failure('InstancesFailed', missing, `Auto Scaling failed ${hopeless.times} times: ${hopeless.why}`)
    if (clock.now() - began >= timeout) throw failure('TimedOut', missing)
    await clock.sleep(interval, signal)
  }

  /** Why instances could not be started since the wait began, and how often. Whoever may not ask is not told. */
  async function failedLaunches(): Promise<{ why: string; times: number }[]> {
    const { Activities = [] } = await aws
      .call('describeScalingActivities', { AutoScalingGroupName: name, MaxRecords: 20 }, signal)
      .catch((error: unknown) => {
        if (signal.aborted) throw error
        return { Activities: [] }
      })
    const failed = Activities.filter(
      ({ StatusCode, StartTime }) => StatusCode === 'Failed' && (StartTime?.getTime() ?? 0) >= began - skew,
    )
    const reasons = [...new Set(failed.map(({ StatusMessage = 'it gave no reason' }) => StatusMessage))]
    return reasons.map((why) => ({ why, times: failed.filter(({ StatusMessage }) => StatusMessage === why).length }))
  }

  function failure(code: 'InstancesFailed' | 'TimedOut', missing: readonly string[], why?: string): EcsTaskError {
    const after = Math.round((clock.now() - began) / 1000)
    const isUnjoined = missing.some((one) => one.includes('has not joined'))
    return new EcsTaskError(code, `Group ${name} did not come to serve ${cluster} as it wants within ${after} s.`, {
      why: why ?? `${missing.join('; ')}.`,
      fix: isUnjoined
        ? `See that its user data puts ECS_CLUSTER=${cluster} into /etc/ecs/ecs.config, and that its role and network let the agent register.`
        : 'See why it does not start instances, and run this again: it goes on where it stopped.',
      evidence: {
        stoppedTasks: [],
        logs: [],
        targets: [],
        unmet: missing,
        next: `aws autoscaling describe-scaling-activities --auto-scaling-group-name ${name} --max-items 5`,
      },
    })
  }

  /** Tells of the instances that were not there, or not ready, at the first look. */
  function progressOf({ without, absent }: Uncounted, tellOf: StepContext['emit']) {
    const known = new Map<string, string>([...without, ...absent].map((id) => [id, '']))
    let isFirst = true
    return (group: AutoScalingGroup, containers: ReadonlyMap<string, ContainerInstance>): void => {
      for (const { InstanceId: instanceId = '', LifecycleState = '' } of instancesOf(group)) {
        const container = containers.get(instanceId)
        const state = LifecycleState === 'InService' ? (container?.status ?? LifecycleState) : LifecycleState
        const isOld = isFirst && state === 'ACTIVE'
        if (known.get(instanceId) === '' || known.get(instanceId) === state) continue
        known.set(instanceId, isOld ? '' : state)
        const tasks = container && { tasks: tasksOn(container) }
        if (!isOld) tellOf({ type: 'instance.progressed', step, group: name, instanceId, state, ...tasks })
      }
      isFirst = false
    }
  }
}

/** How many tasks run on a container instance or are about to. */
export function tasksOn({ runningTasksCount = 0, pendingTasksCount = 0 }: ContainerInstance): number {
  return runningTasksCount + pendingTasksCount
}
