/** The error of a rollout, or of a scaling, that will never come to its end. */
import { EcsTaskError } from '../ground/errors.ts'
import { nameOf } from '../ground/names.ts'
import { deletedService } from './deletedService.ts'
import type { Verdict } from './verdict.ts'

/** Why nobody waits for it any more. */
export type Ended =
  | Exclude<Verdict, { state: 'inProgress' | 'completed' }>
  | { readonly state: 'timedOut' }
  | { readonly state: 'stuck'; readonly reason: string }
  /** Somebody else has set another number of tasks. */
  | { readonly state: 'rescaled'; readonly to: number }

/** True whatever becomes of the run's other services. */
const newerStays = 'The newer change stays: ecs-task undoes nothing of it. Deploy again if it is not what you want.'

/** What is thrown when a deployment, or a service that is scaled, will never come to what it was to be. */
export function rolloutError(
  verdict: Ended,
  of: {
    readonly name: string
    readonly id: string
    /** What the deployment runs that was to complete. */
    readonly revision: string | undefined
    readonly timeout: number
    /** How many tasks a service was to run that is scaled, or has no new deployment. */
    readonly scaledTo: number | undefined
    readonly unmet: readonly string[]
    readonly evidence: object
  },
): EcsTaskError {
  const { name, id, revision, timeout, scaledTo, unmet: missing, evidence } = of
  const mend = 'Fix what stopped its tasks, then deploy again.'
  const running = scaledTo === 1 ? '1 running task' : `${scaledTo} running tasks`
  const [failed, stuck, late] =
    scaledTo === undefined
      ? [
          `The rollout of ${name} failed.`,
          `The rollout of ${name} is stuck.`,
          `The rollout of ${name} had not completed`,
        ]
      : [
          `Service ${name} failed to reach ${running}.`,
          `Service ${name} is stuck below ${running}.`,
          `Service ${name} had not reached ${running}`,
        ]
  switch (verdict.state) {
    case 'superseded':
      return new EcsTaskError('DeploymentSuperseded', `Deployment ${id} of ${name} was superseded.`, {
        why: `Deployment ${verdict.by} of ${nameOf(verdict.taskDefinition ?? '')} has taken over.`,
        fix: newerStays,
        evidence: { ...evidence, byRun: isNewer(verdict.taskDefinition, revision) },
      })
    case 'rescaled':
      return new EcsTaskError('DeploymentSuperseded', `Somebody else scaled ${name} to ${verdict.to}.`, {
        why: `This run was waiting for ${running}.`,
        fix: newerStays,
        evidence,
      })
    case 'failed': {
      // Somebody who only watches must know whether ECS has put the service back.
      const { reason, rolledBackTo } = verdict
      const more = {
        why: reason,
        fix: mend,
        evidence: { ...evidence, ...(rolledBackTo !== undefined && { rolledBackTo }) },
      }
      return new EcsTaskError('DeploymentFailed', failed, more)
    }
    case 'stuck':
      return new EcsTaskError('DeploymentFailed', stuck, {
        why: `${verdict.reason}.`,
        fix: 'Change the percentages or make room in the cluster, then deploy again.',
        evidence,
      })
    case 'gone':
      return deletedService(name, { why: `${verdict.reason}.`, evidence })
    case 'timedOut':
      return new EcsTaskError('TimedOut', `${late} after ${Math.round(timeout / 1000)} s.`, {
        why: missing.length > 0 ? `It was ${missing.join(', ')}.` : undefined,
        fix: 'Raise --timeout, or find out why its tasks do not become healthy.',
        evidence,
      })
  }
}

/** Whether a revision was registered after another of its family: only another deploy does that. */
function isNewer(one = '', other = ''): boolean {
  const [[family, number], [otherFamily, otherNumber]] = [nameOf(one).split(':'), nameOf(other).split(':')]
  return family === otherFamily && Number(number) > Number(otherNumber)
}
