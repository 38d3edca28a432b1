/** Sets what scaled a service that was deleted once the service is back: AWS forgets it with the service. */
import { EcsTaskError } from '../../ground/errors.ts'
import type { Step, StepKind } from '../../engine/step.ts'
import type { StepContext, StepHandler } from '../../engine/stepHandler.ts'
import { runIn } from '../standing.ts'

export interface ScaleAgain extends StepKind {
  readonly name: 'scaleAgain'
  readonly method: 'registerScalableTarget' | 'putScalingPolicy' | 'putScheduledAction'
  readonly subject: 'scalableTarget'
  readonly params: { readonly of: OneOfMany }
}

/** The service as it was, and the run that its tags name: that of another run scales as that run says. */
export interface OneOfMany {
  readonly cluster: string
  readonly service: string
  readonly run: string | undefined
}

/** The same call as that of a step which sets it on the way there. */
export function scaleAgain(
  { id, title, subject, call }: Pick<Step<ScaleAgain>, 'id' | 'title' | 'subject' | 'call'>,
  of: OneOfMany,
): Step<ScaleAgain> {
  return { kind: 'scaleAgain', id: `${id} again`, title: `${title} again`, subject, call, params: { of } }
}

export const scaleAgainHandler: StepHandler<ScaleAgain> = {
  async perform({ call: { method }, params: { of } }, input, context) {
    const { aws, signal } = context
    if (!(await isOthers(of, context))) return { answer: await aws.call(method, input, signal) }
    // Said once, and not of each policy and scheduled action.
    if (method !== 'registerScalableTarget')
      return { answer: { $metadata: {} }, notNeeded: 'another run has the service' }
    throw new EcsTaskError('DeploymentSuperseded', `Someone else replaced service ${of.service} meanwhile.`, {
      fix: 'When that run has ended, check how the service scales.',
    })
  },
  undoPhase: 'resume',
}

/** Whether another run has deleted or replaced the service that has just come back. */
async function isOthers({ cluster, service, run }: OneOfMany, { aws, signal }: StepContext): Promise<boolean> {
  const input = { cluster, services: [service], include: ['TAGS' as const] }
  const { services: [seen] = [] } = await aws.call('describeServices', input, signal)
  return seen?.status === 'DRAINING' || (seen?.status === 'ACTIVE' && runIn(seen.tags) !== run)
}
