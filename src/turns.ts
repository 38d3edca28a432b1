import type { Method } from './aws.ts'
import type { Step } from './step.ts'

/**
 * What takes something away, in the order AWS allows: nothing goes while something else needs it. A service needs its
 * target groups, its discovery service and its revision; a listener forwards to a target group; a discovery service is in a
 * namespace. Whatever is not named here goes first.
 */
const turns: readonly (readonly Method[])[] = [
  ['deleteListener'],
  ['deleteLoadBalancer', 'deleteTargetGroup', 'deleteDiscoveryService'],
  ['deleteNamespace'],
  ['deregisterTaskDefinition'],
]

/** The steps by turn: those of one turn may go side by side, and each turn after the one before. */
export function byTurn<S extends Step>(steps: readonly S[]): S[][] {
  const turnOf = ({ call }: Step): number => turns.findIndex((methods) => methods.includes(call.method))
  return [-1, ...turns.keys()].map((turn) => steps.filter((step) => turnOf(step) === turn))
}
