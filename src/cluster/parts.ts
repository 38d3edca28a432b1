/** What the steps of one service of a stack are to each other: which of them are done all or not at all. */
import { calls } from '../aws/aws.ts'
import type { Part } from '../engine/plan.ts'
import type { Found } from './found.ts'
import type { Phase, Work } from './work.ts'

/** What a service does not do without whose place another takes: AWS forgets how it scales. */
const withScaling: readonly Phase[] = ['replaced', 'services', 'scaling', 'policies', 'waits', 'records']
/** What leads requests to where a service is. */
const withTraffic: readonly Phase[] = ['services', 'waits', 'records']

/** The parts of a plan, a service each. */
export function partsOf({ cluster, services }: Found, works: ReadonlyMap<string, Required<Work>>): Part[] {
  return [...works].flatMap(([name, { steps }]) => {
    const { removals: _, ...own } = steps
    const all = Object.values(own).flat()
    if (all.length === 0) return []
    const needed = wholePhases(steps).flatMap((phase) => steps[phase] ?? [])
    const writes = needed.filter(({ call }) => calls[call.method].kind === 'write')
    // Of a service that is new, nothing was better before.
    const whole = services.get(name)?.status === 'ACTIVE' ? writes : []
    return [{ name: `${cluster}/${name}`, steps: idsOf(all), whole: idsOf(whole) }]
  })
}

/** A service that only gets a new revision, or another number of tasks, is whole at any moment. */
function wholePhases({ replaced = [], services = [] }: Work['steps']): readonly Phase[] {
  if (replaced.length > 0) return withScaling
  const isMoved = services.some(({ call }) => 'loadBalancers' in call.input && call.input.loadBalancers !== undefined)
  return isMoved ? withTraffic : []
}

const idsOf = (steps: readonly { readonly id: string }[]): string[] => steps.map(({ id }) => id)
