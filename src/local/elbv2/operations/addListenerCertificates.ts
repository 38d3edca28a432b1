// Adds certificates to a secure listener, and skips those that it has.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_AddListenerCertificates.html
import { AwsFault } from '../../world/fault.ts'
import { findListener } from '../listener.ts'
import type { Operation, Wire } from '../../world/operation.ts'

export const addListenerCertificates: Operation = ({ ListenerArn, Certificates }, { region }) => {
  const record = findListener(region, ListenerArn)
  if (!record.listener.Certificates) {
    const message = `Certificates cannot be added to listeners with the protocol '${record.listener.Protocol}'`
    throw new AwsFault('UnsupportedProtocol', message)
  }
  const arns = Certificates.map(({ CertificateArn }: Wire): string => CertificateArn)
  record.certificates = [...new Set<string>([...record.certificates, ...arns])]
  return { Certificates: arns.map((CertificateArn: string) => ({ CertificateArn, IsDefault: false })) }
}
