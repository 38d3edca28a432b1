import type { Input } from '../../aws/aws.ts'
import type { PlannedInput, Step } from '../../engine/step.ts'
import { type StepKind, sends } from '../../engine/stepHandler.ts'

/**
 * Changes a listener, and back again should the run fail. `name` is its load balancer's, `loses` what the change takes
 * from it beside its default certificate.
 */
export function modifyListener(
  of: {
    readonly name: string
    readonly before: Input<'modifyListener'>
    readonly after: PlannedInput<'modifyListener'>
    readonly loses: readonly string[]
  },
  changes: readonly string[],
): Step<'modifyListener'> {
  const { name, before, after, loses } = of
  const certificates = loses.map((CertificateArn) => ({ CertificateArn }))
  const input = { ListenerArn: before.ListenerArn, Certificates: certificates }
  return {
    id: `modifyListener ${before.ListenerArn}`,
    title: `Change the listener of ${name}`,
    call: { method: 'modifyListener', input: after },
    changes,
    undo: [
      {
        id: `modifyListener ${before.ListenerArn} back`,
        title: `Change the listener of ${name} back`,
        call: { method: 'modifyListener', input: before },
      },
      ...(loses.length > 0
        ? [
            {
              id: `addListenerCertificates ${before.ListenerArn} back`,
              title: `Give the listener of ${name} its certificates back`,
              call: { method: 'addListenerCertificates' as const, input },
            },
          ]
        : []),
    ],
  }
}

export const modifyListenerKind: StepKind<'modifyListener'> = { perform: sends('modifyListener') }
