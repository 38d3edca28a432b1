/** ModifyListener: changes a listener's port, protocol, default certificate and target group. */
import type { Input } from '../../aws/aws.ts'
import type { PlannedInput, Step, StepKind } from '../../engine/step.ts'
import { type StepHandler, sends } from '../../engine/stepHandler.ts'

export interface ModifyListener extends StepKind {
  readonly name: 'modifyListener'
  readonly method: 'modifyListener'
  readonly subject: 'listener'
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
  },
  changes: readonly string[],
): Step<ModifyListener> {
  const { name, before, after, loses } = of
  const subject = { type: 'listener', name } as const
  const certificates = loses.map((CertificateArn) => ({ CertificateArn }))
  const input = { ListenerArn: before.ListenerArn, Certificates: certificates }
  return {
    kind: 'modifyListener',
    id: `modifyListener ${before.ListenerArn}`,
    title: `Change the listener of ${name}`,
    subject,
    call: { method: 'modifyListener', input: after },
    changes,
    undo: [
      {
        kind: 'modifyListener',
        id: `modifyListener ${before.ListenerArn} back`,
        title: `Change the listener of ${name} back`,
        subject,
        call: { method: 'modifyListener', input: before },
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
  perform: sends('modifyListener'),
  undoPhase: 'reroute',
}
