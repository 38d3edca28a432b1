/** Leaves out the steps whose outcome is there already. */
import type { Service } from '@aws-sdk/client-ecs'
import type { Target } from '@aws-sdk/client-eventbridge'
import { desiredOf, primaryOf } from '../rollout/verdict.ts'
import { ruleKey, scheduleKey, serviceKey } from '../ground/names.ts'
import type { Stage } from '../engine/plan.ts'
import { differingMembers } from './starters/schedule.ts'
import type { World } from './world.ts'
import type { Step } from '../engine/step.ts'

/** The stage without the steps whose outcome is there already: services, targets and schedules that are as their call wants them. */
export function dropNoopSteps(stage: Stage, world: World): Stage {
  return { ...stage, steps: stage.steps.filter((step) => !isSettled(step, world)) }
}

function isSettled({ call }: Step, world: World): boolean {
  if (call.method === 'updateService') {
    const { cluster, service: name, forceNewDeployment, ...wanted } = call.input as Record<string, any>
    const service = world.services.get(serviceKey({ cluster, service: name }))
    return service !== undefined && !forceNewDeployment && hasSettled(service) && includes(service, wanted)
  }
  if (call.method === 'putTargets') {
    const { Targets, ...rule } = call.input as {
      Rule?: string
      EventBusName?: string
      Targets: readonly { Id: string }[]
    }
    const observed = world.targets.get(ruleKey(rule)) ?? []
    return Targets.every((target) => observed.some((one) => one.Id === target.Id && includes(withCount(one), target)))
  }
  if (call.method === 'updateSchedule') {
    const there = world.schedules.get(scheduleKey(call.input as { Name?: string; GroupName?: string }))
    return there !== undefined && differingMembers(there, call.input).length === 0
  }
  return false
}

/** Only the count has a default. */
function withCount(target: Target): Target {
  const { EcsParameters } = target
  return { ...target, ...(EcsParameters && { EcsParameters: { TaskCount: 1, ...EcsParameters } }) }
}

function hasSettled(service: Service): boolean {
  const primary = primaryOf(service)
  const isWhole = primary?.runningCount === desiredOf(primary, service)
  return service.deployments?.length === 1 && primary?.rolloutState === 'COMPLETED' && isWhole
}

/** Whether everything that is wanted is so; what AWS has added of its own, such as defaults, does not matter. */
function includes(observed: unknown, wanted: unknown): boolean {
  if (wanted === undefined) return true
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(observed) &&
      observed.length === wanted.length &&
      wanted.every((one, index) => includes(observed[index], one))
    )
  }
  if (wanted === null || typeof wanted !== 'object') return observed === wanted
  if (observed === null || typeof observed !== 'object') return false
  return Object.entries(wanted).every(([key, value]) => includes((observed as Record<string, unknown>)[key], value))
}
