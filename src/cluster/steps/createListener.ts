/** CreateListener: creates a listener on a load balancer. */
import { refusalOf } from '../../aws/retry.ts'
import type { PlannedInput, Step, StepKind, UndoSteps } from '../../engine/step.ts'
import { type Tags, balancingTags, foundBy, runIn } from '../standing.ts'
import type { StepHandler } from '../../engine/stepHandler.ts'

export interface CreateListener extends StepKind {
  readonly name: 'createListener'
  readonly method: 'createListener'
  readonly subject: 'listener'
  readonly undo: 'deleteListener'
}

/** Yields its ARN. `of` is the load balancer's name. */
export function createListener(
  of: string,
  input: PlannedInput<'createListener'>,
  undo: (id: string) => UndoSteps<CreateListener>,
): Step<CreateListener> {
  const id = `createListener ${of}:${input.Port}`
  return {
    kind: 'createListener',
    id,
    title: `Create the ${input.Protocol} listener of ${of} on port ${input.Port}`,
    subject: { type: 'listener', name: of },
    call: { method: 'createListener', input },
    undo: undo(id),
  }
}

export const createListenerHandler: StepHandler<CreateListener> = {
  /** The listener exists already if the answer of an earlier call was lost, or another run of the stack goes on. */
  async perform(_step, input, { aws, signal }) {
    try {
      return { answer: await aws.call('createListener', input, signal) }
    } catch (error) {
      if (refusalOf(error).name !== 'DuplicateListenerException') throw error
      const { Listeners = [] } = await aws.all('describeListeners', { LoadBalancerArn: input.LoadBalancerArn }, signal)
      const group = input.DefaultActions?.[0]?.TargetGroupArn
      const ours = Listeners.filter(
        ({ Port, DefaultActions = [] }) => Port === input.Port && DefaultActions[0]?.TargetGroupArn === group,
      )
      if (ours.length === 0) throw error
      const tags = (): Promise<Tags> => balancingTags(aws, ours[0]?.ListenerArn ?? '', signal)
      return { answer: { Listeners: ours, $metadata: {} }, ...(await foundBy(runIn(input.Tags), tags)) }
    }
  },
  yields: ({ Listeners = [] }) => Listeners[0]?.ListenerArn,
}
