/** RegisterScalableTarget with nothing but what is suspended: auto scaling of a service pauses, or goes on. */
import type { SuspendedState } from '@aws-sdk/client-application-auto-scaling'
import { refusalOf } from '../../aws/retry.ts'
import { awsCommand } from '../../ground/command.ts'
import { serviceKey } from '../../ground/names.ts'
import type { Step, StepKind } from '../../engine/step.ts'
import type { StepHandler } from '../../engine/stepHandler.ts'
import { type ScaledService, targetNameOf } from '../scaling/scalableTargets.ts'

export interface SetSuspendedState extends StepKind {
  readonly name: 'setSuspendedState'
  readonly method: 'registerScalableTarget'
  readonly subject: 'scalableTarget'
  readonly undo: 'setSuspendedState'
}

const suspended = {
  DynamicScalingInSuspended: true,
  DynamicScalingOutSuspended: true,
  ScheduledScalingSuspended: true,
} as const satisfies SuspendedState

/** Whether nothing is left that could be suspended. */
export function isSuspended(state: SuspendedState = {}): boolean {
  return Object.keys(suspended).every((member) => state[member as keyof SuspendedState] === true)
}

/** Suspends auto scaling of a service; undone by what was suspended before, also where another deployment took over. */
export function suspendScaling(of: ScaledService, before: SuspendedState | undefined): Step<SetSuspendedState> {
  const back = resumeScaling(of, before)
  return {
    ...stepOf(of, suspended),
    id: `setSuspendedState ${serviceKey(of)}`,
    title: `Suspend auto scaling of ${serviceKey(of)}`,
    undo: [{ ...back, id: `${back.id} on the way back`, evenSuperseded: true }],
  }
}

/** Lets auto scaling of a service go on as far as it did before. */
export function resumeScaling(of: ScaledService, before: SuspendedState | undefined): Step<SetSuspendedState> {
  return {
    ...stepOf(of, stateOf(before)),
    id: `setSuspendedState ${serviceKey(of)} as before`,
    title: `Resume auto scaling of ${serviceKey(of)}`,
  }
}

/** The command that does the same. */
export function resumeCommand(of: ScaledService, before?: SuspendedState): string {
  return awsCommand('application-autoscaling register-scalable-target', {
    'cli-input-json': JSON.stringify({ ...targetNameOf(of), SuspendedState: stateOf(before) }),
  })
}

/** The state with every member: AWS leaves what is not sent as it is. */
function stateOf(before: SuspendedState = {}): SuspendedState {
  return Object.fromEntries(
    Object.keys(suspended).map((member) => [member, before[member as keyof SuspendedState] === true]),
  )
}

/** The range of the target is not sent, so that it stays. */
function stepOf(of: ScaledService, SuspendedState: SuspendedState): Omit<Step<SetSuspendedState>, 'id' | 'title'> {
  return {
    kind: 'setSuspendedState',
    subject: { type: 'scalableTarget', name: serviceKey(of) },
    call: { method: 'registerScalableTarget', input: { ...targetNameOf(of), SuspendedState } },
  }
}

export const setSuspendedStateHandler: StepHandler<SetSuspendedState> = {
  async perform(_step, input, { aws, signal }) {
    try {
      return { answer: await aws.call('registerScalableTarget', input, signal) }
    } catch (error) {
      // Of a target that somebody has deregistered meanwhile, AWS misses the range of a new one.
      if (refusalOf(error).name !== 'ValidationException') throw error
      const { ServiceNamespace, ScalableDimension, ResourceId = '' } = input
      const asked = { ServiceNamespace, ScalableDimension, ResourceIds: [ResourceId] }
      const { ScalableTargets = [] } = await aws.call('describeScalableTargets', asked, signal)
      if (ScalableTargets.length > 0) throw error
      return { answer: { $metadata: {} }, notNeeded: 'it has no auto scaling any more' }
    }
  },
  undoPhase: 'resume',
}
