// The service `doorman`, which Application Auto Scaling scales.
import type { Meddle } from '../support.ts'
import { running, service } from './support.ts'

export const named = (of: string) => ({
  ServiceNamespace: 'ecs',
  ResourceId: `service/production1/${of}`,
  ScalableDimension: 'ecs:service:DesiredCount',
})
export const state = (isIn: boolean, out = isIn, scheduled = isIn) => ({
  DynamicScalingInSuspended: isIn,
  DynamicScalingOutSuspended: out,
  ScheduledScalingSuspended: scheduled,
})
export const refusal = { status: 400, body: { __type: 'AccessDeniedException', message: 'User is not authorized' } }
export const v2 = { image: ['docker.repo.com/doorman:v2'] }
export const suspending = { ...v2, suspendAutoScaling: true }

/** The service `doorman` with a scalable target that has this suspended. */
export function scaled(suspended: object = {}, meddle?: Meddle) {
  const staged = running([service('doorman')], meddle ? { meddle } : {})
  const register = (input: object) =>
    staged.call('applicationautoscaling', 'RegisterScalableTarget', { ...named('doorman'), ...input })
  register({ MinCapacity: 1, MaxCapacity: 9, SuspendedState: suspended })
  const target = () => Object.values(staged.region().scalableTargets)[0]
  const suspensions = (writes: Awaited<ReturnType<typeof staged.update>>['writes']) =>
    writes.filter(({ operation }) => operation === 'RegisterScalableTarget').map(({ input }) => input.SuspendedState)
  return { ...staged, register, target, suspensions }
}
