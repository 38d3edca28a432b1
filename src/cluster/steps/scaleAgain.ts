/** Sets what scaled a service that was deleted once the service is back: AWS forgets it with the service. */
import type { Step, StepKind } from '../../engine/step.ts'
import type { StepHandler } from '../../engine/stepHandler.ts'

export interface ScaleAgain extends StepKind {
  readonly name: 'scaleAgain'
  readonly method: 'registerScalableTarget' | 'putScalingPolicy' | 'putScheduledAction'
  readonly subject: 'scalableTarget'
}

/** The same call as that of a step which sets it on the way there. */
export function scaleAgain({
  id,
  title,
  subject,
  call,
}: Pick<Step<ScaleAgain>, 'id' | 'title' | 'subject' | 'call'>): Step<ScaleAgain> {
  return { kind: 'scaleAgain', id: `${id} again`, title: `${title} again`, subject, call }
}

export const scaleAgainHandler: StepHandler<ScaleAgain> = {
  perform: async ({ call: { method } }, input, { aws, signal }) => ({ answer: await aws.call(method, input, signal) }),
  undoPhase: 'resume',
}
