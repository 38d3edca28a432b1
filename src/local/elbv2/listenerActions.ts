// What the protocol of a listener allows its default actions.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html
import { AwsFault } from '../world/fault.ts'
import type { ListenerAction, Region } from '../world/world.ts'
import { forwardedTo } from './targetGroup.ts'

/** By protocol of the listener: those of the target groups that it can forward to. */
const targets: Readonly<Record<string, readonly string[]>> = {
  HTTP: ['HTTP', 'HTTPS'],
  HTTPS: ['HTTP', 'HTTPS'],
  TCP: ['TCP', 'TCP_UDP'],
  TLS: ['TCP', 'TLS'],
  UDP: ['UDP', 'TCP_UDP'],
  TCP_UDP: ['TCP_UDP'],
  QUIC: ['QUIC', 'TCP_QUIC'],
  TCP_QUIC: ['TCP_QUIC'],
}

/** Refuses default actions, filled out, that a listener of that protocol cannot perform. */
export function checkListenerActions(region: Region, protocol: string, actions: readonly ListenerAction[]): void {
  if (protocol !== 'HTTPS' && actions.some(({ Type }) => /^(authenticate|jwt)-/.test(Type))) {
    const message = `Actions that authenticate can only be specified for HTTPS listeners, not for ${protocol}`
    throw new AwsFault('InvalidLoadBalancerAction', message)
  }
  for (const arn of forwardedTo(actions)) {
    const { TargetType, Protocol } = region.targetGroups[arn]!.targetGroup
    if (TargetType === 'lambda' || targets[protocol]?.includes(Protocol ?? '')) continue
    const message = `A target group of protocol '${Protocol}' cannot be associated with a listener of protocol '${protocol}'`
    throw new AwsFault('IncompatibleProtocols', message)
  }
}
