/** Puts the steps of a stack's services in order: a service waits only for what it depends on. */
import type { Step } from '../engine/step.ts'
import { dependenciesFirst } from '../ground/dependenciesFirst.ts'
import type { DesiredService } from './desired.ts'
import { type Work, rolloutPhases } from './work.ts'

/**
 * The steps of all services, what others depend on first, each with what it `needs`: the service's own step before it, and
 * for a rollout the rollouts of what the service depends on. What is up to date has none; then what that depends on counts.
 */
export function rolloutSteps(
  services: readonly DesiredService[],
  { shared, works }: { readonly shared: Work; readonly works: ReadonlyMap<string, Work> },
): Step[] {
  const namespace = (shared.steps.discovery ?? []).map(({ id }) => id)
  const steps: Step[] = [...(shared.steps.discovery ?? [])]
  /** What the dependents of each service wait for, by id. */
  const ends = new Map<string, readonly string[]>()
  for (const { name, dependsOn } of dependenciesFirst(services, (one) => one.dependsOn)) {
    let end: readonly string[] = dependsOn.flatMap((one) => ends.get(one) ?? [])
    let before: readonly string[] = []
    for (const phase of rolloutPhases) {
      for (const step of works.get(name)?.steps[phase] ?? []) {
        const others = phase === 'discovery' ? namespace : end
        const needs = [...new Set([...before, ...others])]
        steps.push(needs.length > 0 ? { ...step, needs } : step)
        before = [step.id]
        if (phase !== 'discovery') end = before
      }
    }
    ends.set(name, end)
  }
  return steps
}
