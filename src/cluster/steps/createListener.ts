import { refusalOf } from '../../aws/retry.ts'
import type { PlannedInput, Step } from '../../engine/step.ts'
import type { StepKind } from '../../engine/stepHandler.ts'

/** Makes a listener; yields its ARN. `of` is the load balancer's name. */
export function createListener(
  of: string,
  input: PlannedInput<'createListener'>,
  undo: (id: string) => readonly Step[],
): Step<'createListener'> {
  const id = `createListener ${of}:${input.Port}`
  return {
    id,
    title: `Create the ${input.Protocol} listener of ${of} on port ${input.Port}`,
    call: { method: 'createListener', input },
    undo: undo(id),
  }
}

export const createListenerKind: StepKind<'createListener'> = {
  /** A listener whose answer was lost is there when it is asked for again. */
  async perform(_step, input, { aws, signal }) {
    const answer = await aws.call('createListener', input, signal).catch(async (error: unknown) => {
      if (refusalOf(error).name !== 'DuplicateListenerException') throw error
      const { Listeners = [] } = await aws.all('describeListeners', { LoadBalancerArn: input.LoadBalancerArn }, signal)
      const group = input.DefaultActions?.[0]?.TargetGroupArn
      const ours = Listeners.filter(
        ({ Port, DefaultActions = [] }) => Port === input.Port && DefaultActions[0]?.TargetGroupArn === group,
      )
      if (ours.length === 0) throw error
      return { Listeners: ours, $metadata: {} }
    })
    return { answer }
  },
  yields: ({ Listeners = [] }) => Listeners[0]?.ListenerArn,
}
