// Lists the certificates of a listener, the default one first.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeListenerCertificates.html
import { findListener } from '../listener.ts'
import { pageOf } from '../page.ts'
import type { Operation, Wire } from '../../world/operation.ts'

export const describeListenerCertificates: Operation = (input, { region }) => {
  const { listener, certificates } = findListener(region, input.ListenerArn)
  const defaults: Wire[] = listener.Certificates ?? []
  const all = [
    ...defaults.map(({ CertificateArn }) => ({ CertificateArn, IsDefault: true })),
    ...certificates.map((CertificateArn) => ({ CertificateArn, IsDefault: false })),
  ]
  return pageOf('Certificates', all, input)
}
