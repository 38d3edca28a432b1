import { canGoOn, hasRoom } from './inPeace.ts'
import type { Run, Sent, Violation } from './record.ts'
import type { Scenario } from './scenario.ts'
import { serviceKey } from './touched.ts'

const oneMoreRun = 'after a kill, one more run reaches exit 0'

/** A run that was killed leaves nothing that keeps the same command, run once more, from its end. */
export function afterKill(scenario: Scenario, runs: readonly Run[], sent: readonly Sent[]): Violation[] {
  return runs.flatMap((run, index) => {
    const killed = runs[index - 1]
    if (!run.act.again || !killed?.wasKilled || !run.result || !canSucceed(scenario, run, sent)) return []
    const { exitCode, problem } = run.result
    const isDone =
      exitCode === 0 || (run.act.command === 'rollback' && exitCode === 2 && problem?.code === 'NothingToRollBackTo')
    return isDone
      ? []
      : [{ invariant: oneMoreRun, run: run.name, text: `exit ${exitCode}: ${problem?.what} ${problem?.why ?? ''}` }]
  })
}

/** Whether a hook may hold up a deployment, or roll it back. */
function mayBeHeldUp({ before, definitions }: Scenario): boolean {
  const updates = definitions.flatMap(({ declared }) => declared.updateServices ?? [])
  const configurations = [
    ...before.services.map(({ strategy }) => strategy),
    ...updates.map(({ deploymentConfiguration }) => deploymentConfiguration),
  ]
  return configurations.some((one) => one?.['lifecycleHooks'] !== undefined)
}

/** Whether the images work, the percentages and the container instances allow progress, and no other client interfered. */
function canSucceed(scenario: Scenario, { act, before }: Run, sent: readonly Sent[]): boolean {
  if (!hasRoom(scenario) || mayBeHeldUp(scenario) || sent.some((one) => one.run === 'other')) return false
  if (act.command === 'deploy' && !/^v\d+$/.test(act.tag ?? '')) return false
  return scenario.definitions.every(({ declared }) =>
    (declared.updateServices ?? []).every((update) => {
      const service = before.services[serviceKey(update)]
      const observed = JSON.parse(service?.settings['deploymentConfiguration'] ?? '{}')
      const configuration = { ...observed, ...update.deploymentConfiguration }
      const count = service?.desiredCount ?? 0
      const isRefused = service?.isDaemon === true && update.desiredCount !== undefined
      // A deployment in progress is stopped by a rollback: ECS takes it back under the settings that the service has.
      const isStopped = act.command === 'rollback' && service?.primary?.rolloutState === 'IN_PROGRESS'
      const settings = isStopped ? observed : configuration
      return !isRefused && canGoOn(settings, count) && canGoOn(configuration, update.desiredCount ?? count)
    }),
  )
}
