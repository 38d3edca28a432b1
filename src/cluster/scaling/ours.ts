/** Which policies and scheduled actions of a service are a stack's own: their names tell, since AWS gives them no tags. */
import type { FoundScaling } from './findScaling.ts'

/** What target tracking goes by, by its key in a stack file. */
export const metrics = ['cpu', 'memory', 'requests_per_target'] as const
export type Metric = (typeof metrics)[number]

export function policyName(metric: Metric): string {
  return `ecs-task-${metric.replaceAll('_', '-')}`
}

/** The metric of a policy of ours, by its name; undefined for those of others. */
export function metricOf(policy: string | undefined): Metric | undefined {
  return metrics.find((metric) => policyName(metric) === policy)
}

/** Scheduled actions are named by their place in the file, from 1. */
export function actionName(place: number): string {
  return `ecs-task-${place}`
}

/** The place of a scheduled action of ours, by its name; undefined for those of others. */
export function placeOf(action: string | undefined): number | undefined {
  const [, place] = /^ecs-task-([1-9]\d*)$/.exec(action ?? '') ?? []
  return place === undefined ? undefined : Number(place)
}

/** Whether the stack has set up any of it. */
export function isOurs({ policies, actions }: FoundScaling): boolean {
  return (
    policies.some(({ PolicyName }) => metricOf(PolicyName)) ||
    actions.some(({ ScheduledActionName }) => placeOf(ScheduledActionName))
  )
}

/** Without what the stack has set up. */
export function ofOthers({ target, policies, actions }: FoundScaling): FoundScaling {
  return {
    target,
    policies: policies.filter(({ PolicyName }) => !metricOf(PolicyName)),
    actions: actions.filter(({ ScheduledActionName }) => !placeOf(ScheduledActionName)),
  }
}

/** What somebody else has set up for the same service, each as `policy NAME`. */
export function namesOfOthers(existing: FoundScaling): string[] {
  const { policies, actions } = ofOthers(existing)
  return [
    ...policies.map(({ PolicyName }) => `policy ${PolicyName}`),
    ...actions.map(({ ScheduledActionName }) => `scheduled action ${ScheduledActionName}`),
  ]
}
