import { Reference, type Step } from '../../engine/step.ts'
import { type StepKind, sends } from '../../engine/stepHandler.ts'

/** Certificates that a listener has beside its default one, for further host names. `name` is its load balancer's. */
export interface FurtherCertificates {
  readonly arn: string | Reference
  readonly name: string
  readonly certificates: readonly string[]
}

/** Gives them to a listener. */
export function addListenerCertificates(of: FurtherCertificates): Step<'addListenerCertificates'> {
  return {
    id: `addListenerCertificates ${keyOf(of)}`,
    title: `Give the listener of ${of.name} ${counted(of)}`,
    call: { method: 'addListenerCertificates', input: inputOf(of) },
    changes: of.certificates.map((certificate) => `certificates: nothing → ${certificate}`),
    undo: of.arn instanceof Reference ? [] : [taken(of)],
  }
}

/** Takes them from a listener, and gives them back should the run fail. */
export function removeListenerCertificates(of: FurtherCertificates): Step<'removeListenerCertificates'> {
  return {
    ...taken(of),
    changes: of.certificates.map((certificate) => `certificates: ${certificate} → nothing`),
    undo: [{ ...addListenerCertificates(of), undo: [] }],
  }
}

function taken(of: FurtherCertificates): Step<'removeListenerCertificates'> {
  return {
    id: `removeListenerCertificates ${keyOf(of)}`,
    title: `Take ${counted(of)} from the listener of ${of.name}`,
    call: { method: 'removeListenerCertificates', input: inputOf(of) },
  }
}

/** Its load balancer may have several, each of another service. */
function keyOf({ arn }: FurtherCertificates): string {
  return arn instanceof Reference ? arn.step : arn
}

function inputOf({ arn, certificates }: FurtherCertificates) {
  return { ListenerArn: arn, Certificates: certificates.map((CertificateArn) => ({ CertificateArn })) }
}

function counted({ certificates }: FurtherCertificates): string {
  return certificates.length === 1 ? 'a certificate' : `${certificates.length} certificates`
}

export const addListenerCertificatesKind: StepKind<'addListenerCertificates'> = {
  perform: sends('addListenerCertificates'),
}

export const removeListenerCertificatesKind: StepKind<'removeListenerCertificates'> = {
  perform: sends('removeListenerCertificates'),
}
