// What Elastic Load Balancing refuses in the settings of a secure listener.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html
import type { Certificate, ModifyListenerInput } from '@aws-sdk/client-elastic-load-balancing-v2'
import { AwsFault } from '../world/fault.ts'
import type { Wire } from '../world/operation.ts'

const isSecure = (protocol: string): boolean => protocol === 'HTTPS' || protocol === 'TLS'
const alpnPolicies = ['HTTP1Only', 'HTTP2Only', 'HTTP2Optional', 'HTTP2Preferred', 'None']

/** What a listener says beside its port, each setting as it is given. */
type ListenerSettings = Pick<
  Wire<ModifyListenerInput>,
  'SslPolicy' | 'Certificates' | 'AlpnPolicy' | 'MutualAuthentication'
> & { readonly Protocol: string }

/** Refuses settings that do not go with the protocol of a listener. */
export function checkListenerSettings(listener: ListenerSettings): void {
  for (const rule of rules) {
    const problem = rule(listener)
    if (problem !== undefined) throw new AwsFault('ValidationError', problem)
  }
}

const rules: readonly ((listener: ListenerSettings) => string | undefined)[] = [
  ({ SslPolicy, Protocol }) =>
    SslPolicy !== undefined && !isSecure(Protocol)
      ? `An SSL policy cannot be specified for ${Protocol} listeners`
      : undefined,
  ({ AlpnPolicy: [policy, ...more] = [], Protocol }) => {
    if (policy === undefined) return undefined
    if (Protocol !== 'TLS') return `An ALPN policy cannot be specified for ${Protocol} listeners`
    if (more.length > 0) return 'Only one ALPN policy can be specified'
    return alpnPolicies.includes(policy)
      ? undefined
      : `ALPN policy '${policy}' must be one of '[${alpnPolicies.join(', ')}]'`
  },
  ({ Certificates = [] }) => certificateProblem(Certificates),
  ({ MutualAuthentication: mutual, Protocol }) =>
    mutual !== undefined && mutual.Mode !== 'off' && Protocol !== 'HTTPS'
      ? `Mutual authentication cannot be specified for ${Protocol} listeners`
      : undefined,
  ({ MutualAuthentication: { Mode = 'off' } = {} }) =>
    ['off', 'passthrough', 'verify'].includes(Mode)
      ? undefined
      : `Mutual authentication mode '${Mode}' must be one of '[off, passthrough, verify]'`,
  ({ MutualAuthentication: { Mode, TrustStoreArn } = {} }) =>
    Mode === 'verify' && TrustStoreArn === undefined ? "A trust store must be specified for mode 'verify'" : undefined,
  ({ MutualAuthentication: { Mode = 'off', ...more } = {} }) => {
    const ofVerify = ['TrustStoreArn', 'IgnoreClientCertificateExpiry', 'AdvertiseTrustStoreCaNames'] as const
    const stray = ofVerify.find((member) => more[member] !== undefined && more[member] !== false)
    return stray && Mode !== 'verify' ? `${stray} can only be specified for mode 'verify'` : undefined
  },
]

/** What is wrong with certificates, in AWS's words. */
export function certificateProblem(certificates: readonly Wire<Certificate>[]): string | undefined {
  const wrong = certificates.find(({ CertificateArn = '' }) => !certificateForm.test(CertificateArn))
  return wrong && `Certificate ARN '${wrong.CertificateArn ?? ''}' is not valid`
}

/** Certificates are ACM's or IAM's; `xxx` stands for what a template leaves to its reader. */
const certificateForm = /^arn:aws[\w-]*:(acm:[\w-]+:(\d{12}|x+):certificate|iam::(\d{12}|x+):server-certificate)\/.+$/
