// Removes certificates from a listener, never its default one.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RemoveListenerCertificates.html
import { AwsFault } from '../../world/fault.ts'
import { findListener } from '../listener.ts'
import type { Operation, Wire } from '../../world/operation.ts'

export const removeListenerCertificates: Operation = ({ ListenerArn, Certificates }, { region }) => {
  const record = findListener(region, ListenerArn)
  const arns = Certificates.map(({ CertificateArn }: Wire): string => CertificateArn)
  const defaults: Wire[] = record.listener.Certificates ?? []
  const wrong = defaults.find(({ CertificateArn }) => arns.includes(CertificateArn))
  if (wrong) {
    const message = `The default certificate '${wrong.CertificateArn}' cannot be removed from the listener`
    throw new AwsFault('OperationNotPermitted', message)
  }
  record.certificates = record.certificates.filter((arn) => !arns.includes(arn))
  return {}
}
