// A listener of a load balancer: how it is found, and its settings checked and filled in.
import type { Certificate, ModifyListenerInput, ProtocolEnum } from '@aws-sdk/client-elastic-load-balancing-v2'
import { checkListenerSettings } from './listenerSettings.ts'
import { AwsFault } from '../world/fault.ts'
import type { Wire } from '../world/operation.ts'
import { present } from '../world/members.ts'
import type { Listener, ListenerRecord, Region } from '../world/world.ts'

const isSecure = (protocol: string): boolean => protocol === 'HTTPS' || protocol === 'TLS'
const protocols: Readonly<Record<string, readonly ProtocolEnum[]>> = {
  application: ['HTTP', 'HTTPS'],
  network: ['TCP', 'TLS', 'UDP', 'TCP_UDP', 'QUIC', 'TCP_QUIC'],
}

export function findListener(region: Region, arn: string): ListenerRecord {
  const found = region.listeners[arn]
  if (!found) throw new AwsFault('ListenerNotFound', 'One or more listeners not found')
  return found
}

/** The listeners of a load balancer, in the order they were made. */
export const listenersOf = (region: Region, loadBalancerArn: string): ListenerRecord[] =>
  Object.values(region.listeners).filter(({ listener }) => listener.LoadBalancerArn === loadBalancerArn)

type Settings = Pick<
  Wire<ModifyListenerInput>,
  'Port' | 'Protocol' | 'SslPolicy' | 'Certificates' | 'AlpnPolicy' | 'MutualAuthentication'
>
/** A listener that is yet to be made has only its ARNs. */
type Before = Pick<Listener, 'ListenerArn' | 'LoadBalancerArn'> & Partial<Listener>

/**
 * A listener with the settings of a CreateListener or ModifyListener input over those it had; a secure one has the
 * security policy that AWS takes where none is told, and a plain one no certificate.
 */
export function withSettings(region: Region, before: Before, input: Settings): Omit<Listener, 'DefaultActions'> {
  const { SslPolicy, Certificates, AlpnPolicy, ...given } = { ...before, ...present(input) }
  const { loadBalancer } = region.loadBalancers[before.LoadBalancerArn]!
  const Port = checkedPort(region, before, given.Port)
  const Protocol = checkedProtocol(loadBalancer.Type, given.Protocol)
  const rest = { ListenerArn: before.ListenerArn, LoadBalancerArn: before.LoadBalancerArn, Port, Protocol }
  checkListenerSettings({ ...input, Protocol })
  if (!isSecure(Protocol)) {
    // Changing the protocol to a plain one removes both, says API_ModifyListener.
    if (input.Certificates?.length) throw invalid(`A certificate cannot be specified for ${Protocol} listeners`)
    return rest
  }
  return {
    ...rest,
    Certificates: checkedCertificates(Protocol, Certificates),
    SslPolicy: checkedPolicy(SslPolicy),
    ...(AlpnPolicy && { AlpnPolicy }),
  }
}

const invalid = (message: string): AwsFault => new AwsFault('ValidationError', message)

function checkedPort(region: Region, { ListenerArn, LoadBalancerArn }: Before, port: number | undefined): number {
  if (port === undefined) throw invalid('A listener port must be specified')
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw invalid(`Listener port '${port}' must be between '1-65535' inclusive`)
  }
  const others = listenersOf(region, LoadBalancerArn).filter(({ listener }) => listener.ListenerArn !== ListenerArn)
  if (others.some(({ listener }) => listener.Port === port)) {
    const message = `A listener already exists on this port for this load balancer '${LoadBalancerArn}'`
    throw new AwsFault('DuplicateListener', message)
  }
  return port
}

function checkedProtocol(type: string, protocol: ProtocolEnum | undefined): ProtocolEnum {
  if (protocol === undefined) throw invalid('A listener protocol must be specified')
  const allowed = protocols[type] ?? []
  if (!allowed.includes(protocol))
    throw invalid(`Listener protocol '${protocol}' must be one of '${allowed.join(', ')}'`)
  return protocol
}

function checkedCertificates(
  protocol: string,
  certificates: readonly Wire<Certificate>[] = [],
): { CertificateArn: string }[] {
  if (certificates.length === 0) throw invalid(`A certificate must be specified for ${protocol} listeners`)
  if (certificates.length > 1) throw invalid('You must provide a list containing exactly one certificate')
  return certificates.map(({ CertificateArn = '' }) => ({ CertificateArn }))
}

function checkedPolicy(name = 'ELBSecurityPolicy-2016-08'): string {
  if (name.startsWith('ELBSecurityPolicy-')) return name
  throw new AwsFault('SSLPolicyNotFound', `SSL policy '${name}' not found`)
}
