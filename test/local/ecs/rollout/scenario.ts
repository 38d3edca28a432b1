// Random scenarios of the service `web`.
import * as fc from 'fast-check'
import type { Unchecked } from '../../../../src/local/world/operation.ts'
import type { TestAws } from '../../support.ts'
import { currentServiceDeployment, deployWeb, updateWeb } from '../../webService.ts'

/** Something that somebody does to the service `web`, and how long nothing else is done after it. */
export type Act = { wait: number } & (
  | { do: 'deploy'; tag: string }
  | { do: 'scale'; desiredCount: number }
  | { do: 'percentages'; minimumHealthyPercent: number; maximumPercent: number }
  | { do: 'breaker'; enable: boolean; rollback: boolean; resetOnHealthyTask: boolean }
  | { do: 'force' | 'rollBack' }
  | { do: 'stopTask'; which: number }
)

const tags = ['v1', 'v2', 'crash', 'unhealthy', 'exit-3', 'no-pull', 'no-place', 'slow-30s', 'slow-3m']

export const what = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('deploy' as const), tag: fc.constantFrom(...tags) }) },
  fc.record({ do: fc.constant('scale' as const), desiredCount: fc.nat({ max: 6 }) }),
  fc.record({
    do: fc.constant('percentages' as const),
    minimumHealthyPercent: fc.nat({ max: 99 }),
    maximumPercent: fc.integer({ min: 100, max: 250 }),
  }),
  fc.record({
    do: fc.constant('breaker' as const),
    enable: fc.boolean(),
    rollback: fc.boolean(),
    resetOnHealthyTask: fc.boolean(),
  }),
  fc.record({ do: fc.constantFrom('force' as const, 'rollBack' as const) }),
  fc.record({ do: fc.constant('stopTask' as const), which: fc.nat({ max: 20 }) }),
)

/** Up to eight acts of a kind, some within a moment of each other and some after everything has calmed down. */
export const inTime = <One extends object>(acts: fc.Arbitrary<One>): fc.Arbitrary<(One & { wait: number })[]> =>
  fc.array(
    fc
      .tuple(acts, fc.oneof(fc.nat({ max: 5000 }), fc.nat({ max: 120_000 }), fc.nat({ max: 1_200_000 })))
      .map(([act, wait]) => ({ ...act, wait })),
    { maxLength: 8 },
  )

/** Acts upon a service that has only its tasks. */
export const scenario: fc.Arbitrary<Act[]> = inTime(what)

/** Does it, through the API. `definition` is what a revision that is deployed has beside its image. */
export function perform(aws: TestAws, act: Act, definition?: Unchecked): void {
  if (act.do === 'deploy') deployWeb(aws, act.tag, {}, definition)
  if (act.do === 'scale') updateWeb(aws, { desiredCount: act.desiredCount })
  if (act.do === 'percentages') {
    const { minimumHealthyPercent, maximumPercent } = act
    updateWeb(aws, { deploymentConfiguration: { minimumHealthyPercent, maximumPercent } })
  }
  if (act.do === 'breaker') {
    const { enable, rollback, resetOnHealthyTask } = act
    updateWeb(aws, { deploymentConfiguration: { deploymentCircuitBreaker: { enable, rollback, resetOnHealthyTask } } })
  }
  if (act.do === 'force') updateWeb(aws, { forceNewDeployment: true })
  if (act.do === 'rollBack') rollBack(aws, currentServiceDeployment(aws))
  if (act.do === 'stopTask') stopTask(aws, act.which)
}

function rollBack(aws: TestAws, { serviceDeploymentArn, status }: Unchecked): void {
  if (['PENDING', 'IN_PROGRESS'].includes(status)) aws.call('ecs', 'StopServiceDeployment', { serviceDeploymentArn })
}

function stopTask(aws: TestAws, which: number): void {
  const { taskArns } = aws.call('ecs', 'ListTasks', { cluster: 'c', serviceName: 'web' })
  if (taskArns.length > 0) aws.call('ecs', 'StopTask', { cluster: 'c', task: taskArns[which % taskArns.length] })
}
