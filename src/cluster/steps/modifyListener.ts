/** ModifyListener: changes a listener's port, protocol, default certificate and target group. */
import type { Input } from '../../aws/aws.ts'
import type { PlannedInput, Step, StepKind } from '../../engine/step.ts'
import { type StepContext, type StepHandler, type TakenOver, sends } from '../../engine/stepHandler.ts'
import { type Standing, serviceOfOthers, usedByTheirs } from '../standing.ts'

export interface ModifyListener extends StepKind {
  readonly name: 'modifyListener'
  readonly method: 'modifyListener'
  readonly subject: 'listener'
  /** What another run may have made a service behind meanwhile; of the way back only. */
  readonly params: { readonly standing: Standing | undefined }
  readonly undo: 'modifyListener' | 'addListenerCertificates'
}

/**
 * Undone by changing it back. `name` is its load balancer's; `loses` are the certificates beside its default one that it
 * loses by the change.
 */
export function modifyListener(
  of: {
    readonly name: string
    readonly before: Input<'modifyListener'>
    readonly after: PlannedInput<'modifyListener'>
    readonly loses: readonly string[]
    readonly standing: Standing | undefined
  },
  changes: readonly string[],
): Step<ModifyListener> {
  const { name, before, after, loses, standing } = of
  const subject = { type: 'listener', name } as const
  const certificates = loses.map((CertificateArn) => ({ CertificateArn }))
  const input = { ListenerArn: before.ListenerArn, Certificates: certificates }
  return {
    kind: 'modifyListener',
    id: `modifyListener ${before.ListenerArn}`,
    title: `Change the listener of ${name}`,
    subject,
    call: { method: 'modifyListener', input: after },
    params: { standing: undefined },
    changes,
    undo: [
      {
        kind: 'modifyListener',
        id: `modifyListener ${before.ListenerArn} back`,
        title: `Change the listener of ${name} back`,
        subject,
        call: { method: 'modifyListener', input: before },
        params: { standing },
      },
      ...(loses.length > 0
        ? [
            {
              kind: 'addListenerCertificates' as const,
              id: `addListenerCertificates ${before.ListenerArn} back`,
              title: `Give the listener of ${name} its certificates back`,
              subject,
              call: { method: 'addListenerCertificates' as const, input },
            },
          ]
        : []),
    ],
  }
}

export const modifyListenerHandler: StepHandler<ModifyListener> = {
  async perform(step, input, context) {
    const taken = await leadsToOthers(step, input, context)
    return taken ? { answer: { $metadata: {} }, notNeeded: taken.skipped } : send(step, input, context)
  },
  takenOver: leadsToOthers,
  undoPhase: 'reroute',
}

const send = sends('modifyListener')

/** Whether the listener leads to the service that another run has made meanwhile: changed back, it would take its traffic away. */
async function leadsToOthers(
  { params: { standing } }: Step<ModifyListener>,
  { ListenerArn = '' }: Input<'modifyListener'>,
  context: StepContext,
): Promise<TakenOver | undefined> {
  const theirs = standing && (await serviceOfOthers(standing, context))
  if (!theirs) return undefined
  const { Listeners = [] } = await context.aws.all('describeListeners', { ListenerArns: [ListenerArn] }, context.signal)
  const leadsTo = Listeners.flatMap(({ DefaultActions = [] }) => DefaultActions.map((one) => one.TargetGroupArn))
  const isLed = theirs.loadBalancers?.some(({ targetGroupArn }) => leadsTo.includes(targetGroupArn))
  return isLed ? { skipped: usedByTheirs(theirs), theirs: [] } : undefined
}
