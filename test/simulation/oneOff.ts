import type { Wire } from '../../src/local/wire.ts'
import type { Invariant } from './seen.ts'

/** A one-off task runs at most once a deploy, and exactly once in one that succeeds. */
export const oneOff: Invariant = {
  name: 'a one-off task runs at most once a deploy',
  check({ run, own, scenario, exitCode }) {
    const declared = scenario.definitions.flatMap(({ declared: { runTasks = [] } }) => runTasks)
    const most = declared.reduce((sum, { count = 1 }) => sum + count, 0)
    const started = new Set(
      own.flatMap(({ method, acted, answer }) =>
        method === 'runTask' && acted ? (answer?.['tasks'] ?? []).map((task: Wire) => task['taskArn']) : [],
      ),
    ).size
    if (started > most) return [`${started} tasks were started, of ${most} declared`]
    const isIdle = !own.some(({ method }) => method === 'updateService' || method === 'registerTaskDefinition' || method === 'putTargets')
    const isWhole = exitCode === 0 && run.act.command === 'deploy' && !run.act.dryRun && !isIdle
    return isWhole && started < most ? [`only ${started} tasks were started, of ${most} declared`] : []
  },
}
