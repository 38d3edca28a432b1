// Lists the certificates of a listener, the default one first.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeListenerCertificates.html
import type {
  DescribeListenerCertificatesInput,
  DescribeListenerCertificatesOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { findListener } from '../listener.ts'
import { pageOf } from '../page.ts'
import type { Operation, Wire } from '../../world/operation.ts'

export const describeListenerCertificates: Operation<
  DescribeListenerCertificatesInput,
  DescribeListenerCertificatesOutput
> = (input, { region }): Wire<DescribeListenerCertificatesOutput> => {
  const { listener, certificates } = findListener(region, input.ListenerArn)
  const defaults = listener.Certificates ?? []
  const all = [
    ...defaults.map(({ CertificateArn }) => ({ CertificateArn, IsDefault: true })),
    ...certificates.map((CertificateArn) => ({ CertificateArn, IsDefault: false })),
  ]
  const { items, nextToken } = pageOf(all, input)
  return { Certificates: items, NextMarker: nextToken }
}
