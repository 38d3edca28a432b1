import type { Method } from '../aws/aws.ts'
import type { Step } from './step.ts'

/** What others need before they can go back: a service is refused a target group that no listener leads to. */
const first: readonly Method[] = ['modifyListener']

/** A service that was deleted is made again once the one that took its name and its place is gone. */
const again: readonly Method[] = ['createService']

/**
 * What takes something away or brings it back, in the order AWS allows: nothing goes while something else needs it. A service needs its
 * target groups, its discovery service and its revision; a listener forwards to a target group; a discovery service is in a
 * namespace. A replacement goes once the instance that it was for takes tasks again, and what a second run would find its
 * way by goes after it. Whatever is not named here goes first.
 */
const last: readonly (readonly Method[])[] = [
  ['deleteListener'],
  ['deleteLoadBalancer', 'deleteTargetGroup', 'deleteDiscoveryService'],
  ['deleteNamespace'],
  ['deregisterTaskDefinition'],
  ['setDesiredCapacity', 'attachInstances'],
  ['deleteAttributes', 'deleteTags'],
]

/** The steps by turn: those of one turn may go side by side, and each turn after the one before. */
export function byTurn<S extends Step>(steps: readonly S[]): S[][] {
  const named = [first, again, ...last]
  const of = (methods: readonly Method[]): S[] => steps.filter(({ call }) => methods.includes(call.method))
  const others = steps.filter(({ call }) => !named.some((methods) => methods.includes(call.method)))
  return [of(first), others, of(again), ...last.map(of)]
}
