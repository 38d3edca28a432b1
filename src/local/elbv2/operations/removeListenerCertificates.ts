// Removes certificates from a listener, never its default one.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RemoveListenerCertificates.html
import type { RemoveListenerCertificatesInput } from '@aws-sdk/client-elastic-load-balancing-v2'
import { AwsFault } from '../../world/fault.ts'
import { findListener } from '../listener.ts'
import type { Nothing, Operation } from '../../world/operation.ts'

export const removeListenerCertificates: Operation<RemoveListenerCertificatesInput, Nothing> = (
  { ListenerArn, Certificates },
  { region },
): Nothing => {
  const record = findListener(region, ListenerArn)
  const arns = Certificates.map(({ CertificateArn }) => CertificateArn)
  const defaults = record.listener.Certificates ?? []
  const wrong = defaults.find(({ CertificateArn }) => arns.includes(CertificateArn))
  if (wrong) {
    const message = `The default certificate '${wrong.CertificateArn}' cannot be removed from the listener`
    throw new AwsFault('OperationNotPermitted', message)
  }
  record.certificates = record.certificates.filter((arn) => !arns.includes(arn))
  return {}
}
