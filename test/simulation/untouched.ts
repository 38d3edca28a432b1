import type { Ended, Invariant } from './seen.ts'
import { scheduleKey, serviceKey } from './touched.ts'

/** Nothing that is not declared is ever changed. */
export const undeclared: Invariant = {
  name: 'what nobody declared is never changed',
  check: (ended) => [...inServices(ended), ...inTargets(ended), ...inSchedules(ended), ...inRequests(ended)],
}

function inServices({ before, after, scenario, theirs }: Ended): string[] {
  const updates = new Map(
    scenario.definitions.flatMap(({ declared }) =>
      (declared.updateServices ?? []).map((update) => [serviceKey(update), update] as const),
    ),
  )
  return Object.entries(before.services).flatMap(([key, was]) => {
    const is = after.services[key]
    if (theirs.services.has(key) || !is) return []
    const declared = updates.get(key) ?? {}
    return Object.keys(was.settings).flatMap((name) =>
      name in declared || is.settings[name] === was.settings[name]
        ? []
        : [`${name} of service ${key} is ${is.settings[name]}, not ${was.settings[name]}`],
    )
  })
}

function inTargets({ before, after, scenario, theirs }: Ended): string[] {
  const declared = new Set(
    scenario.definitions.flatMap(({ declared: { eventTargets = [] } }) =>
      eventTargets.flatMap(({ Rule, EventBusName = 'default', Targets }) =>
        Targets.map(({ Id }) => `${EventBusName}/${Rule}/${Id}`),
      ),
    ),
  )
  const keys = new Set([...Object.keys(before.targets), ...Object.keys(after.targets)])
  return [...keys].flatMap((key) =>
    declared.has(key) || theirs.targets.has(key) || before.targets[key] === after.targets[key]
      ? []
      : [`target ${key} is ${after.targets[key]}, not ${before.targets[key]}`],
  )
}

function inSchedules({ before, after, scenario, theirs }: Ended): string[] {
  const declared = new Set(scenario.definitions.flatMap((one) => (one.declared.schedules ?? []).map(scheduleKey)))
  return Object.entries(before.schedules).flatMap(([key, was]) =>
    declared.has(key) || theirs.schedules.has(key) || was === after.schedules[key]
      ? []
      : [`schedule ${key} is ${after.schedules[key]}, not ${was}`],
  )
}

/** Every UpdateService says what is declared and which revision, and no more. */
function inRequests({ own, scenario, before }: Ended): string[] {
  const declared = new Map(
    scenario.definitions.flatMap(({ declared: one }) =>
      (one.updateServices ?? []).map((update) => [serviceKey(update), update] as const),
    ),
  )
  return own.flatMap(({ method, input }) => {
    if (method !== 'updateService') return []
    if (before.services[serviceKey(input)]?.isDaemon && input['desiredCount'] !== undefined)
      return [`UpdateService of the DAEMON ${serviceKey(input)} says a desiredCount`]
    const allowed = declared.get(serviceKey(input))
    if (!allowed) return [`UpdateService was sent for ${serviceKey(input)}, which is not declared`]
    return (
      Object.keys(input)
        .filter((name) => name !== 'taskDefinition' && !(name in allowed) && input[name] !== undefined)
        // ECS takes another capacity with a new deployment only.
        .filter((name) => name !== 'forceNewDeployment' || !('capacityProviderStrategy' in allowed))
        .map((name) => `UpdateService of ${serviceKey(input)} says ${name}, which is not declared`)
    )
  })
}
