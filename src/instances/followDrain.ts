/** Waits until instances that drain run no more tasks. */
import type { ContainerInstance } from '@aws-sdk/client-ecs'
import { EcsTaskError } from '../ground/errors.ts'
import { serviceOf, tasksOn } from './fleet.ts'
import { heartbeat } from './heartbeat.ts'
import { lookPace } from './lookPace.ts'
import { describeContainers, readTasksOn } from './observeInstances.ts'
import type { StepContext } from '../engine/stepHandler.ts'
import { withDeadline } from '../ground/deadline.ts'
import { drainForensics } from './drainForensics.ts'

/** Milliseconds without any change after which the cause is looked for. */
const patience = 180_000
/** Milliseconds that finding the cause may take. */
const forensicsTime = 20_000

/** The instances to wait for. */
interface DrainWait {
  /** The step's id. */
  readonly step: string
  readonly cluster: string
  readonly group: string
  /** Of the container instances. */
  readonly arns: readonly string[]
  /** Whether tasks of no service, which draining leaves alone, are not waited for. */
  readonly onlyServices: boolean
}

/**
 * Emits the progress of each. One that no longer exists counts as drained. Throws `InProgressElsewhere` when somebody has
 * made one ACTIVE again; `InstancesFailed` when nothing has changed for three minutes and it is known why nothing will; and
 * `TimedOut` after the time-out. The last two say which tasks are left and why.
 */
export async function followDrain(of: DrainWait, context: StepContext): Promise<void> {
  const { step, cluster, group, arns, onlyServices } = of
  const { aws, clock, emit, signal, timeout } = context
  const began = clock.now()
  const reported = new Map<string, string>()
  const drained = new Set<string>()
  const beat = heartbeat(group, context)
  let changed = began

  for (;;) {
    await beat()
    // Time is up as of the look: a machine may sleep while AWS answers.
    const looked = clock.now()
    const seen = [...(await describeContainers(aws, { cluster, arns }, signal)).values()]
    for (const one of seen) report(one)
    // AWS's answers may lag behind: an instance that was never seen DRAINING may be about to.
    const revived = seen.find(({ status, ec2InstanceId = '' }) => status === 'ACTIVE' && drained.has(ec2InstanceId))
    if (revived) {
      throw new EcsTaskError('InProgressElsewhere', `Someone set instance ${revived.ec2InstanceId} to ACTIVE again.`, {
        fix: 'Find out who, and run this again.',
      })
    }
    const open = await asyncFilter(seen, (one) => isOpen(one))
    if (open.length === 0) return
    const isLate = looked - began >= timeout
    if (isLate || looked - changed >= patience) await judge(open, isLate)
    await clock.sleep(lookPace(clock.now() - began), signal)
  }

  function report(container: ContainerInstance): void {
    const { ec2InstanceId: instanceId = '', status: state = '' } = container
    const tasks = tasksOn(container)
    if (state === 'DRAINING') drained.add(instanceId)
    if (reported.get(instanceId) === `${state} ${tasks}`) return
    reported.set(instanceId, `${state} ${tasks}`)
    changed = clock.now()
    emit({ type: 'instance.progressed', step, group, instanceId, state, tasks })
  }

  async function isOpen(container: ContainerInstance): Promise<boolean> {
    if (tasksOn(container) === 0) return container.status === 'ACTIVE'
    if (!onlyServices) return true
    const on = { cluster, containerInstances: [container.containerInstanceArn ?? ''], orStopping: true }
    const tasks = await readTasksOn(aws, on, signal)
    return tasks.some((task) => serviceOf(task) !== undefined)
  }

  /** Throws if the wait is known to be in vain, or is over in any case. */
  async function judge(open: readonly ContainerInstance[], isLate: boolean): Promise<void> {
    const { forensics, hopeless } = await withDeadline(clock, forensicsTime, (late) =>
      drainForensics(aws, { cluster, containers: open }, late),
    )
    changed = clock.now()
    if (!isLate && hopeless === undefined) return
    const names = open.map(({ ec2InstanceId }) => ec2InstanceId).join(', ')
    const after = Math.round((clock.now() - began) / 1000)
    throw new EcsTaskError(isLate ? 'TimedOut' : 'InstancesFailed', `${names} did not drain within ${after} s.`, {
      why: hopeless ?? `${open.reduce((sum, one) => sum + tasksOn(one), 0)} tasks are left.`,
      fix: 'Fix what keeps its tasks from being replaced, and run this again: it continues where it stopped.',
      evidence: forensics,
    })
  }
}

async function asyncFilter<T>(all: readonly T[], test: (one: T) => Promise<boolean>): Promise<T[]> {
  const passes = await Promise.all(all.map(test))
  return all.filter((_, index) => passes[index])
}
