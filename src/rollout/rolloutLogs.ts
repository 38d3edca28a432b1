/** The log lines of the new tasks of a rollout, while it is followed. */
import { abortController } from '../ground/abortController.ts'
import type { StepContext } from '../engine/stepHandler.ts'
import { whenAborted } from '../ground/clock.ts'
import { nameOf } from '../ground/names.ts'
import { withDeadline } from '../ground/deadline.ts'
import { whyUnreadable } from './missingPermission.ts'
import { type OfDeployment, tasksOf } from './stoppedTasks.ts'
import { taskLogs } from './taskLogs.ts'

/** Milliseconds between two looks at the tasks and their logs. */
const interval = 3_000
/** Milliseconds that the last look may take. */
const atTheEnd = 5_000
/**
 * Milliseconds by which AWS's clock may be behind this machine's; beyond that it refuses every call. A task that was created
 * before the run began is none of its own: a deployment that is only scaled may be days old.
 */
const skew = 5 * 60_000

/**
 * Begins to tell what the tasks of a deployment log. Answers with what ends it, once it has told what has come by then. It never
 * throws: no log may decide a run.
 */
export function rolloutLogs(
  of: OfDeployment & { readonly step: string; readonly taskDefinition: string },
  context: Pick<StepContext, 'aws' | 'clock' | 'emit' | 'signal' | 'began'>,
): () => Promise<void> {
  const { step, cluster, service, taskDefinition } = of
  const { aws, clock, emit, signal, began } = context
  const name = `${nameOf(cluster)}/${service}`
  const describe = async () => (await aws.call('describeTaskDefinition', { taskDefinition })).taskDefinition!
  const logs = taskLogs({ step, describe, service: name }, context)
  const done = abortController()
  const looking = keepLooking()

  async function keepLooking(): Promise<void> {
    try {
      for (;;) {
        await look()
        await clock.sleep(interval, done.signal)
      }
    } catch (error) {
      if (done.signal.aborted) return
      emit({
        type: 'warning.raised',
        text: `Logs of ${name} cannot be shown: ${whyUnreadable(error, 'ecs:ListTasks')}.`,
      })
    }
  }

  async function look(): Promise<void> {
    const [running, stopped] = await Promise.all([tasksOf(aws, of, 'RUNNING'), tasksOf(aws, of, 'STOPPED')])
    const tasks = [...running, ...stopped]
    await logs.read(tasks.filter(({ createdAt }) => createdAt && createdAt.getTime() >= began - skew))
  }

  async function lastLook(): Promise<void> {
    await looking
    if (!signal.aborted) await look().catch(() => {})
  }

  return async () => {
    done.abort()
    await withDeadline(clock, atTheEnd, (late) => Promise.race([whenAborted(late), lastLook()]))
    logs.end()
  }
}
