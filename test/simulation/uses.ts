import type { Unchecked } from '../../src/local/world/wire.ts'
import type { Region } from '../../src/local/world/world.ts'

/** What points at a revision now: services, tasks that are meant to run, targets and schedules, each with its key. */
export function pointingAt(region: Region, arn: string): string[] {
  const services = Object.entries(region.services).flatMap(([key, { service }]) => {
    const isHere = service['status'] !== 'INACTIVE'
    const points = [service, ...service['deployments']].some((one: Unchecked) => one['taskDefinition'] === arn)
    return isHere && points ? [`service ${key}`] : []
  })
  const tasks = Object.values(region.tasks).flatMap(({ task, cluster, service }) =>
    task['taskDefinitionArn'] === arn && task['desiredStatus'] === 'RUNNING'
      ? [service === undefined ? `task ${task['taskArn']}` : `service ${cluster}/${service}`]
      : [],
  )
  const targets = Object.entries(region.rules).flatMap(([key, rule]) =>
    rule.targets.flatMap((target) =>
      target['EcsParameters']?.TaskDefinitionArn === arn ? [`target ${key}/${target['Id']}`] : [],
    ),
  )
  const schedules = Object.entries(region.schedules).flatMap(([key, { schedule }]) =>
    schedule.Target.EcsParameters?.TaskDefinitionArn === arn ? [`schedule ${key}`] : [],
  )
  return [...new Set([...services, ...tasks, ...targets, ...schedules])]
}
