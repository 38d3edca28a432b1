// Adds certificates to a secure listener, and skips those that it has.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_AddListenerCertificates.html
import type {
  AddListenerCertificatesInput,
  AddListenerCertificatesOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { AwsFault } from '../../world/fault.ts'
import { findListener } from '../listener.ts'
import { certificateProblem } from '../listenerSettings.ts'
import type { Operation, Wire } from '../../world/operation.ts'

export const addListenerCertificates: Operation<AddListenerCertificatesInput, AddListenerCertificatesOutput> = (
  { ListenerArn, Certificates },
  { region },
): Wire<AddListenerCertificatesOutput> => {
  const record = findListener(region, ListenerArn)
  if (!record.listener.Certificates) {
    const message = `Certificates cannot be added to listeners with the protocol '${record.listener.Protocol}'`
    throw new AwsFault('UnsupportedProtocol', message)
  }
  const problem = certificateProblem(Certificates)
  if (problem !== undefined) throw new AwsFault('ValidationError', problem)
  const arns = Certificates.map(({ CertificateArn = '' }) => CertificateArn)
  record.certificates = [...new Set([...record.certificates, ...arns])]
  return { Certificates: arns.map((CertificateArn) => ({ CertificateArn, IsDefault: false })) }
}
