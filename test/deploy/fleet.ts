// Classes of a fleet: what they declare, and what is read from the events of their run.
import type { Declared } from '../../src/definition/definition.ts'
import type { ToldEvent } from '../../src/engine/events.ts'
import { clusterArn, roleArn } from './declared.ts'
import { fixturesOf, ofType, stage } from './support.ts'

export interface OfFleet extends Partial<Declared> {
  /** What it does in place of running well: `crash`, `no-pull`. */
  readonly fault?: string
  /** Whether it has a one-off task, and a target of a rule. */
  readonly task?: boolean
  readonly rule?: string
}

/** A class with one service of its name. */
export function classOf(
  name: string,
  { fault, task = false, rule, ...more }: OfFleet = {},
): Declared & { name: string } {
  const family = name.toLowerCase()
  const image = fault === undefined ? 'my_image:<image_tag>' : `broken:${fault}`
  return {
    taskDefinition: { family, containerDefinitions: [{ name: family, image, memory: 64 }] },
    updateServices: [{ cluster: 'my_cluster', service: family }],
    ...(task && { runTasks: [{ cluster: 'my_cluster' }] }),
    ...(rule !== undefined && {
      eventTargets: [{ Rule: rule, Targets: [{ Id: family, Arn: clusterArn, RoleArn: roleArn, EcsParameters: {} }] }],
    }),
    ...more,
    name,
  }
}

/** A local AWS in which all of them run well, whatever the deploy brings. */
export function fleet(
  classes: readonly (Declared & { name: string })[],
  options: Omit<NonNullable<Parameters<typeof stage>[1]>, 'made'> = {},
) {
  const well = classes.map(({ taskDefinition, ...one }) => ({
    ...one,
    taskDefinition: {
      ...taskDefinition,
      containerDefinitions: taskDefinition.containerDefinitions.map((container) => ({ ...container, image: 'ok:v0' })),
    },
  }))
  return stage(classes, { ...options, made: fixturesOf(well) })
}

/** The times at which steps began and ended, by what they are about: `updateService api`. */
export function times(events: readonly ToldEvent[]): Record<string, { began: number; ended: number }> {
  const began = ofType(events, 'step.started').filter(({ undoing }) => !undoing)
  const ended = ofType(events, 'step.finished').filter(({ undoing }) => !undoing)
  return Object.fromEntries(
    began.map(({ id, at }) => [
      id.replace('my_cluster/', ''),
      {
        began: Date.parse(at),
        ended: Date.parse(ended.find((event) => event.id === id)?.at ?? '9999-01-01T00:00:00Z'),
      },
    ]),
  )
}

/** The most steps of a kind, and ways back of them, that were in progress at one time. */
export function mostAtOnce(events: readonly ToldEvent[], kinds: readonly string[]): number {
  let [now, most] = [0, 0]
  for (const event of events) {
    if (!('kind' in event) || !kinds.includes(event.kind)) continue
    now += event.type === 'step.started' ? 1 : -1
    most = Math.max(most, now)
  }
  return most
}
