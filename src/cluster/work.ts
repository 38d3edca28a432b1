/** What has to be done for a part of a stack: steps by the phase of the deploy they belong to, and what they change. */
import { calls } from '../aws/aws.ts'
import type { Part } from '../engine/plan.ts'
import { Reference, type Step } from '../engine/step.ts'

/** The phases in which each service goes by itself, in order; see `rolloutSteps`. */
export const rolloutPhases = [
  /** The namespace, and the service's name in it. */
  'discovery',
  /** A service that has to be deleted before it is created again. */
  'replaced',
  /** A one-off task, or the schedule of a task. */
  'tasks',
  'services',
] as const

/** The phases of a deploy, in order; but for the former, each takes the steps of all services together. */
const phases = [
  /** What depends on nothing: load balancers. */
  'foundations',
  'targets',
  'listeners',
  /** A listener's certificates beside its default one, once the listener exists. */
  'certificates',
  'revisions',
  ...rolloutPhases,
  /** What a service scales within, once there is the service. */
  'scaling',
  /** What it scales by. */
  'policies',
  /** Until load balancers are active. */
  'waits',
  'records',
  'oldRecords',
  'tags',
  /** What the stack no longer contains. */
  'removals',
] as const

export type Phase = (typeof phases)[number]

/** What has to be done for one service, or for what all services share. */
export interface Work {
  readonly steps: Readonly<Partial<Record<Phase, readonly Step[]>>>
  /** What AWS cannot change in place and would have to be recreated, a sentence each. */
  readonly replaces?: readonly string[]
  /** What cannot be done at all, a sentence each. */
  readonly problems?: readonly string[]
  /** What a person should know, a sentence each. */
  readonly warnings?: readonly string[]
}

/** Several pieces of work as one, their steps in the same order. */
export function together(works: readonly Work[]): Required<Work> {
  const steps: Partial<Record<Phase, Step[]>> = {}
  for (const phase of phases) steps[phase] = works.flatMap((work) => work.steps[phase] ?? [])
  return {
    steps,
    replaces: works.flatMap(({ replaces = [] }) => replaces),
    problems: works.flatMap(({ problems = [] }) => problems),
    warnings: works.flatMap(({ warnings = [] }) => warnings),
  }
}

/** What is said of something that stays the same and is sent again, since the service is a new one. */
export const ofNewService = 'is set again, for the new service'

/**
 * The members whose wanted value differs, a line each: `port: 80 → 443`. The caller leaves out what nobody asked for.
 * Lists are compared as sets.
 */
export function changesOf(members: Readonly<Record<string, readonly [is: unknown, wanted: unknown]>>): string[] {
  return Object.entries(members).flatMap(([name, [is, wanted]]) => {
    const [before, after] = [shownValue(is), shownValue(wanted)]
    return before === after ? [] : [`${name}: ${before} → ${after}`]
  })
}

function shownValue(value: unknown): string {
  if (value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) return 'nothing'
  if (Array.isArray(value)) return [...new Set(value.map(shownValue))].toSorted().join(', ')
  if (value instanceof Reference) return value.what
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** A step that sets something as it was: it has another id and title than the one that it undoes. */
export function asWayBack<Back extends Step>(step: Back): Back {
  return { ...step, id: `${step.id} back`, title: `${step.title} back` }
}

/** What a service does not do without whose place another takes: AWS forgets how it scales. */
const withScaling: readonly Phase[] = ['replaced', 'services', 'scaling', 'policies', 'waits', 'records']
/** What leads requests to where a service is. */
const withTraffic: readonly Phase[] = ['services', 'waits', 'records']

/** The parts of a plan, a service each, and which steps of each are to be done all or not at all. */
export function partsOf(
  {
    cluster,
    services,
  }: { readonly cluster: string; readonly services: ReadonlyMap<string, { readonly status?: string | undefined }> },
  works: ReadonlyMap<string, Required<Work>>,
): Part[] {
  return [...works].flatMap(([name, { steps }]) => {
    const { removals: _, ...own } = steps
    const all = Object.values(own).flat()
    if (all.length === 0) return []
    const needed = wholePhases(steps).flatMap((phase) => steps[phase] ?? [])
    const writes = needed.filter(({ call }) => calls[call.method].kind === 'write')
    // Of a service that is new, nothing was better before.
    const whole = ['ACTIVE', 'DRAINING'].includes(services.get(name)?.status ?? '') ? writes : []
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
