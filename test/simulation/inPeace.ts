import type { Scenario } from './scenario.ts'
import type { Ended, Invariant } from './seen.ts'
import { serviceKey } from './touched.ts'

/** Without faults and other clients, every failed run is rolled back. */
export const inPeace: Invariant = {
  name: 'in peace everything is put back',
  check(ended) {
    const { exitCode, run, own } = ended
    const isToPutBack = run.act.onFailure === 'rollback' && (exitCode === 3 || exitCode === 4)
    if (!isToPutBack || !isPeaceful(ended)) return []
    // A class that failed was put back where nothing else is said of it.
    const left = run.result?.left ?? []
    const isSaid = /^Task\d (failed and (was put back|changed nothing|with nothing left to put back)|was not started)/
    if (run.act.keepGoing && left.every((line) => isSaid.test(line))) return []
    const writes = own.filter(({ method }) => method === 'updateService').length
    return [`exit ${exitCode} after ${writes} updates: ${run.result?.left.join(' ').slice(0, 300)}`]
  },
}

/** MiB of a container instance in which there is room for every task that a scenario can have. */
const ample = 16_384

/** No fault, nobody else, and services with percentages that let ECS go on and without hooks. */
function isPeaceful({ scenario, own, theirs, before }: Ended): boolean {
  const [act, ...more] = scenario.acts
  if (more.length > 0 || scenario.others.length > 0 || act!.interrupt) return false
  if (own.some(({ fault, error }) => fault !== undefined || error?.startsWith('ThrottlingException'))) return false
  if (theirs.services.size + theirs.targets.size + theirs.schedules.size + theirs.revisions.size > 0) return false
  if (!hasRoom(scenario)) return false
  return scenario.definitions.every(({ declared }) =>
    (declared.updateServices ?? []).every((update) => {
      const service = before.services[serviceKey(update)]
      if (!service) return false
      const observed = JSON.parse(service.settings['deploymentConfiguration'] ?? '{}')
      return [observed, { ...observed, ...update.deploymentConfiguration }].every(
        (configuration) =>
          // A hook that nobody answers takes the way back itself back.
          (configuration.lifecycleHooks ?? []).length === 0 &&
          [service.desiredCount, update.desiredCount ?? service.desiredCount].every((count) =>
            canGoOn(configuration, count),
          ),
      )
    }),
  )
}

/** Whether no cluster runs out of room for its tasks. */
export const hasRoom = ({ before }: Scenario): boolean =>
  before.containerInstances.every(({ memory }) => memory >= ample)

/** Whether there is a task that may be stopped, or room for one that may be started. */
export function canGoOn(
  configuration: { minimumHealthyPercent?: number; maximumPercent?: number },
  count: number,
): boolean {
  const { minimumHealthyPercent: least = 100, maximumPercent: most = 200 } = configuration
  return count === 0 || Math.ceil((count * least) / 100) < count || Math.floor((count * most) / 100) > count
}
