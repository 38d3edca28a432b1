import type { ContainerInstance } from '@aws-sdk/client-ecs'
import { EcsTaskError } from '../ground/errors.ts'
import { serviceOf } from './fleet.ts'
import { readTasksOn } from './observeInstances.ts'
import { describeContainers } from './readGroup.ts'
import type { StepContext } from '../engine/stepHandler.ts'
import { withDeadline } from '../rollout/deadline.ts'
import { drainForensics } from './drainForensics.ts'
import { tasksOn } from './followCapacity.ts'

/** Milliseconds between two looks at instances that drain. */
const interval = 5_000
/** Milliseconds without any change after which it is asked whether there can be one. */
const patience = 180_000
/** Milliseconds that finding out the cause may take. */
const forensicsTime = 20_000

/** The wait for instances to run no more tasks. */
export interface DrainWait {
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
 * Waits until instances that drain run no more tasks, telling of each. One that has gone has drained. Throws
 * `InProgressElsewhere` when somebody has made one ACTIVE again; `InstancesFailed` when nothing has changed for three
 * minutes and it is known why nothing will, and `TimedOut` after the time-out, both with which tasks are left and why.
 */
export async function followDrain(of: DrainWait, context: StepContext): Promise<void> {
  const { step, cluster, group, arns, onlyServices } = of
  const { aws, clock, emit, signal, timeout } = context
  const began = clock.now()
  const told = new Map<string, string>()
  const drained = new Set<string>()
  let changed = began

  for (;;) {
    const seen = [...(await describeContainers(aws, { cluster, arns }, signal)).values()]
    for (const one of seen) tell(one)
    // A look may lag behind: one that has not been seen DRAINING yet may still be about to.
    const revived = seen.find(({ status, ec2InstanceId = '' }) => status === 'ACTIVE' && drained.has(ec2InstanceId))
    if (revived) {
      throw new EcsTaskError(
        'InProgressElsewhere',
        `Somebody has made instance ${revived.ec2InstanceId} ACTIVE again.`,
        {
          fix: 'Find out who, and run this again.',
        },
      )
    }
    const open = await asyncFilter(seen, (one) => isOpen(one))
    if (open.length === 0) return
    const isLate = clock.now() - began >= timeout
    if (isLate || clock.now() - changed >= patience) await judge(open, isLate)
    await clock.sleep(interval, signal)
  }

  function tell(container: ContainerInstance): void {
    const { ec2InstanceId: instanceId = '', status: state = '' } = container
    const tasks = tasksOn(container)
    if (state === 'DRAINING') drained.add(instanceId)
    if (told.get(instanceId) === `${state} ${tasks}`) return
    told.set(instanceId, `${state} ${tasks}`)
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

  /** Throws where it is known that the wait is in vain, and when it is over in any case. */
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
      fix: 'Mend what keeps its tasks from being replaced, and run this again: it goes on where it stopped.',
      evidence: forensics,
    })
  }
}

async function asyncFilter<T>(all: readonly T[], test: (one: T) => Promise<boolean>): Promise<T[]> {
  const passes = await Promise.all(all.map(test))
  return all.filter((_, index) => passes[index])
}
