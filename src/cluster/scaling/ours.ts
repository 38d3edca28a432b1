/** Which policies and scheduled actions of a service are a stack's own: their names tell, since AWS gives them no tags. */
import type { FoundScaling } from './findScaling.ts'

/** What their names begin with. */
const prefix = 'ecs-task-'

/** The metrics of target tracking, by their key in a stack file. */
export type Metric = 'cpu' | 'memory' | 'requests_per_target'

export function policyName(metric: Metric): string {
  return `${prefix}${metric.replaceAll('_', '-')}`
}

/** Scheduled actions are named by their place in the file, from 1. */
export function actionName(index: number): string {
  return `${prefix}${index + 1}`
}

export function isOurName(name: string | undefined): boolean {
  return name?.startsWith(prefix) === true
}

/** Whether the stack has set up any of it. */
export function isOurs(found: FoundScaling): boolean {
  return namesIn(found).some(isOurName)
}

/** What somebody else has set up for the same service, each as `policy NAME`. */
export function ofOthers({ policies, actions }: FoundScaling): string[] {
  return [
    ...policies.filter(({ PolicyName }) => !isOurName(PolicyName)).map(({ PolicyName }) => `policy ${PolicyName}`),
    ...actions
      .filter(({ ScheduledActionName }) => !isOurName(ScheduledActionName))
      .map(({ ScheduledActionName }) => `scheduled action ${ScheduledActionName}`),
  ]
}

function namesIn({ policies, actions }: FoundScaling): (string | undefined)[] {
  return [...policies.map(({ PolicyName }) => PolicyName), ...actions.map((one) => one.ScheduledActionName)]
}
