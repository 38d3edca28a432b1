/** AddListenerCertificates and RemoveListenerCertificates: a listener's certificates beside its default one. */
import { Reference, type Step, type StepKind } from '../../engine/step.ts'
import { type StepHandler, sends } from '../../engine/stepHandler.ts'

export interface AddListenerCertificates extends StepKind {
  readonly name: 'addListenerCertificates'
  readonly method: 'addListenerCertificates'
  readonly subject: 'listener'
  readonly undo: 'removeListenerCertificates'
}

export interface RemoveListenerCertificates extends StepKind {
  readonly name: 'removeListenerCertificates'
  readonly method: 'removeListenerCertificates'
  readonly subject: 'listener'
  readonly undo: 'addListenerCertificates'
}

/** A listener, by its ARN and the `name` of its load balancer, and certificates for further host names. */
interface FurtherCertificates {
  readonly arn: string | Reference
  readonly name: string
  readonly certificates: readonly string[]
}

/** A new listener needs no undo of its own: it is deleted with all its certificates. */
export function addListenerCertificates(of: FurtherCertificates): Step<AddListenerCertificates> {
  return {
    kind: 'addListenerCertificates',
    id: `addListenerCertificates ${keyOf(of)}`,
    title: `Give the listener of ${of.name} ${counted(of)}`,
    subject: { type: 'listener', name: of.name },
    call: { method: 'addListenerCertificates', input: inputOf(of) },
    changes: of.certificates.map((certificate) => `certificates: nothing → ${certificate}`),
    undo: of.arn instanceof Reference ? [] : [removal(of)],
  }
}

export function removeListenerCertificates(of: FurtherCertificates): Step<RemoveListenerCertificates> {
  return {
    ...removal(of),
    changes: of.certificates.map((certificate) => `certificates: ${certificate} → nothing`),
    undo: [{ ...addListenerCertificates(of), undo: [] }],
  }
}

function removal(of: FurtherCertificates): Step<RemoveListenerCertificates> {
  return {
    kind: 'removeListenerCertificates',
    id: `removeListenerCertificates ${keyOf(of)}`,
    title: `Take ${counted(of)} from the listener of ${of.name}`,
    subject: { type: 'listener', name: of.name },
    call: { method: 'removeListenerCertificates', input: inputOf(of) },
  }
}

/** A load balancer may have several listeners, each for another service: its name would not be unique. */
function keyOf({ arn }: FurtherCertificates): string {
  return arn instanceof Reference ? arn.step : arn
}

function inputOf({ arn, certificates }: FurtherCertificates) {
  return { ListenerArn: arn, Certificates: certificates.map((CertificateArn) => ({ CertificateArn })) }
}

function counted({ certificates }: FurtherCertificates): string {
  return certificates.length === 1 ? 'a certificate' : `${certificates.length} certificates`
}

export const addListenerCertificatesHandler: StepHandler<AddListenerCertificates> = {
  perform: sends('addListenerCertificates'),
}

export const removeListenerCertificatesHandler: StepHandler<RemoveListenerCertificates> = {
  perform: sends('removeListenerCertificates'),
}
