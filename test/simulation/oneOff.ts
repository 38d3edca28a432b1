import type { Unchecked } from '../../src/local/world/wire.ts'
import { regionOf } from './make.ts'
import type { Invariant } from './seen.ts'

/** A one-off task runs at most once a deploy, and exactly once in one that succeeds. */
export const oneOff: Invariant = {
  name: 'a one-off task runs at most once a deploy, and has succeeded where that is exit 0',
  check({ run, own, scenario, exitCode, aws }) {
    const declared = scenario.definitions.flatMap(({ declared: { runTasks = [] } }) => runTasks)
    const most = declared.reduce((sum, { count = 1 }) => sum + count, 0)
    const started = new Set(
      own.flatMap(({ method, acted, answer }) =>
        method === 'runTask' && acted ? (answer?.['tasks'] ?? []).map((task: Unchecked) => task['taskArn']) : [],
      ),
    )
    if (started.size > most) return [`${started.size} tasks were started, of ${most} declared`]
    const isIdle = !own.some(
      ({ method }) => method === 'updateService' || method === 'registerTaskDefinition' || method === 'putTargets',
    )
    const isWhole = exitCode === 0 && run.act.command === 'deploy' && !run.act.dryRun && !isIdle
    if (!isWhole) return []
    if (started.size < most) return [`only ${started.size} tasks were started, of ${most} declared`]
    return [...started].flatMap((arn) => failed(regionOf(aws).tasks[arn]?.task))
  },
}

/** Why a task was no success; one that AWS has forgotten since is not judged. */
function failed(task: Unchecked | undefined): string[] {
  if (!task) return []
  if (task['lastStatus'] !== 'STOPPED') return [`task ${task['taskArn']} is still ${task['lastStatus']}`]
  const main: Unchecked | undefined = task['containers'][0]
  return main?.['exitCode'] === 0 ? [] : [`task ${task['taskArn']} exited with ${main?.['exitCode']}`]
}

/** A one-off task that is no longer waited for is stopped, or reported as possibly still running. */
export const leftRunning: Invariant = {
  name: 'no one-off task goes on after its run, unless it is said',
  check({ run }) {
    if (run.stillRunning.length === 0) return []
    const said = [...run.events, run.result]
      .map((one) => JSON.stringify(one))
      .filter((text) => /may still (?:be )?run|is not known|may or may not have started|may be running/.test(text))
    return said.length === 0 ? run.stillRunning.map((arn) => `${arn} still runs`) : []
  },
}
