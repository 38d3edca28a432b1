import type { Ended, Invariant } from './seen.ts'
import { isWrite, serviceKey } from './touched.ts'

/** A command that waits says of the services what AWS says of them at its end. */
export const waited: Invariant = {
  name: 'wait ends as AWS says',
  check(ended) {
    const { run, exitCode, own } = ended
    if (run.act.command !== 'wait') return []
    const writes = own.filter(isWrite).map(({ method }) => `${method} was sent`)
    const services = declaredServices(ended)
    if (exitCode === 0) return [...writes, ...services.flatMap(unfinished)]
    const ending = endings[exitCode]
    const isSo = !ending || services.length < keysOf(ended).length || services.some(ending)
    return isSo ? writes : [...writes, `exit ${exitCode}, and no service is so`]
  },
}

/** A command that continues or rejects what is paused has done so where it ends with 0. */
export const continued: Invariant = {
  name: 'continue lets paused deployments go on, or takes them back',
  check(ended) {
    const { run, exitCode, before, own } = ended
    const { command, wait, reject = false } = run.act
    if (command !== 'continue' || exitCode !== 0) return []
    return declaredServices(ended).flatMap((one) => {
      const was = before.services[one.key]
      if (!was?.isPaused) return []
      // What its time-out or somebody else let go on before it was read is nothing to be answered.
      const isAnswered = own.some(
        ({ method, input, acted }) =>
          method === 'continueServiceDeployment' && acted && input['serviceDeploymentArn'].includes(`/${one.key}/`),
      )
      const isStill = one.is.isPaused && reject && !ended.theirs.continued.has(one.key)
      if (!isAnswered || !wait) return isStill ? [`service ${one.key} is still paused`] : []
      // ECS goes back to what was deployed last, even where this deployment was itself the way back from it.
      const goal = reject ? was.lastSuccess : was.taskDefinition
      return [
        ...unfinished(one),
        ...(one.is.taskDefinition === goal ? [] : [`service ${one.key} is at ${one.is.taskDefinition}, not ${goal}`]),
      ]
    })
  },
}

interface Watched {
  readonly key: string
  readonly is: Ended['after']['services'][string]
}

const keysOf = ({ scenario }: Ended): string[] =>
  scenario.definitions.flatMap(({ declared }) => (declared.updateServices ?? []).map(serviceKey))

/** Those that nobody else has changed meanwhile. */
function declaredServices(ended: Ended): Watched[] {
  return keysOf(ended).flatMap((key) => {
    const is = ended.after.services[key]
    return is && !ended.theirs.services.has(key) ? [{ key, is }] : []
  })
}

/** In what a service is not at the end of a deployment, whichever that was. */
function unfinished({ key, is }: Watched): string[] {
  const { primary, runningCount, desiredCount, newest } = is
  return [
    ...(primary?.rolloutState === 'COMPLETED' && primary.traffic === 100 ? [] : [`service ${key} is in progress`]),
    ...(runningCount === desiredCount ? [] : [`service ${key} runs ${runningCount} of ${desiredCount}`]),
    ...(/IN_PROGRESS|REQUESTED|PENDING/.test(newest) ? [`the deployment of service ${key} is ${newest}`] : []),
  ]
}

/** By exit code, what at least one of the services has to be like. */
const endings: Readonly<Record<number, (one: Watched) => boolean>> = {
  1: ({ is }) => is.newest === 'ROLLBACK_SUCCESSFUL' && is.primary?.rolloutState === 'COMPLETED',
  3: ({ is }) => !/^ROLLBACK_(IN_PROGRESS|SUCCESSFUL)$/.test(is.newest),
  4: (one) => unfinished(one).length > 0,
}
