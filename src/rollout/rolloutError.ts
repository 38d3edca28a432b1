/** The error of a rollout, or of a scaling, that will never come to its end. */
import type { Service } from '@aws-sdk/client-ecs'
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
    /** The service as AWS answered that it began the deployment. */
    readonly service: Service
    readonly timeout: number
    /** How many tasks a service was to run that is scaled, or has no new deployment. */
    readonly scaledTo: number | undefined
    readonly unmet: readonly string[]
    readonly evidence: object
  },
): EcsTaskError {
  const { name, id, service, timeout, scaledTo, unmet: missing, evidence } = of
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
        evidence: { ...evidence, byRun: isOfDeploy(verdict.taskDefinition, service) },
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

/** Whether a revision was registered for another deploy: it is not ours, and newer than what ran before, though not always than ours. */
function isOfDeploy(arn = '', { taskDefinition = '', deployments = [] }: Service): boolean {
  const before = deployments.flatMap((one) => (one.status === 'PRIMARY' ? [] : (one.taskDefinition ?? [])))
  const [family, number] = nameOf(arn).split(':')
  const isOlder = (other: string): boolean => {
    const [otherFamily, otherNumber] = nameOf(other).split(':')
    return family === otherFamily && Number(otherNumber) < Number(number)
  }
  return arn !== taskDefinition && (before.length > 0 ? before : [taskDefinition]).every(isOlder)
}
