import { idsOf } from '../../src/local/world/ids.ts'
import type { LocalAws } from '../../src/local/localAws.ts'
import type { Unchecked } from '../../src/local/world/wire.ts'
import type { Region, RuleTarget } from '../../src/local/world/world.ts'
import { clusters, imageOf, portMappings, topicArn } from './declarations.ts'
import { bucket } from './locks.ts'
import { ask, askFor } from './transport.ts'
import { scheduleGroups } from './withSchedules.ts'
import type { Before, EcsTarget } from './worldBefore.ts'
import { settledService } from '../../src/local/provisioning/settledService.ts'

export const regionOf = (aws: LocalAws): Region => aws.world.regions['us-east-1']!

/** Creates what exists before the first command; `pass` lets time pass. */
export function make(aws: LocalAws, before: Before, pass: (milliseconds: number) => void): void {
  const rules = before.rules.map(({ name, bus }) => ({ name, ...(bus !== undefined && { eventBusName: bus }) }))
  const { containerInstances, targetGroups, capacityProviders } = before
  const topics = [topicArn]
  aws.provision({ clusters, containerInstances, targetGroups, capacityProviders, rules, topics, buckets: [bucket] })
  for (const { arn, deregistrationDelay } of targetGroups) {
    const { attributes } = regionOf(aws).targetGroups[arn]!
    attributes['deregistration_delay.timeout_seconds'] = String(deregistrationDelay)
  }
  for (const [family, revisions] of Object.entries(before.revisions)) {
    for (const { tag } of revisions) {
      const containerDefinitions = [{ name: family, image: imageOf(family, tag), memory: 128, portMappings }]
      ask(aws, 'registerTaskDefinition', { family, containerDefinitions })
    }
  }
  makeServices(aws, before)
  makeScalableTargets(aws, before)
  makeTargets(aws, before)
  makeSchedules(aws, before)
  makeTasks(aws, before, pass)
  for (const [family, revisions] of Object.entries(before.revisions)) {
    for (const [index, { isActive }] of revisions.entries()) {
      if (!isActive) ask(aws, 'deregisterTaskDefinition', { taskDefinition: `${family}:${index + 1}` })
    }
  }
}

function makeServices(aws: LocalAws, { services, hookAnswers }: Before): void {
  const region = regionOf(aws)
  Object.assign(region.hookAnswers, hookAnswers)
  const { global, now } = aws.world
  const context = { region, global, now, ids: idsOf(aws.world) }
  for (const { family, revision, deploymentConfiguration, strategy, tags, ...service } of services) {
    const { taskDefinition } = region.taskDefinitions[family]![revision]!
    const input = {
      desiredCount: 0,
      ...service,
      taskDefinition,
      deploymentConfiguration: structuredClone(deploymentConfiguration),
      tags: structuredClone(tags),
    }
    settledService(context, input)
    if (strategy) {
      const { cluster, service: name } = service
      ask(aws, 'updateService', { cluster, service: name, deploymentConfiguration: strategy })
    }
  }
}

function makeScalableTargets(aws: LocalAws, { scalableTargets }: Before): void {
  for (const { cluster, service, min, max, isInSuspended } of scalableTargets) {
    ask(aws, 'registerScalableTarget', {
      ServiceNamespace: 'ecs',
      ResourceId: `service/${cluster}/${service}`,
      ScalableDimension: 'ecs:service:DesiredCount',
      MinCapacity: min,
      MaxCapacity: max,
      SuspendedState: { DynamicScalingInSuspended: isInSuspended },
    })
  }
}

function makeTargets(aws: LocalAws, { rules }: Before): void {
  for (const { name, bus, targets } of rules) {
    const found = regionOf(aws).rules[`${bus ?? 'default'}/${name}`]!
    for (const each of targets) {
      found.targets.push(each.family === undefined ? structuredClone(each.target) : pointed(aws, each))
    }
  }
}

function makeSchedules(aws: LocalAws, { schedules }: Before): void {
  if (schedules.length === 0) return
  for (const Name of scheduleGroups) askFor(aws, 'scheduler', 'createScheduleGroup', { Name })
  for (const { input, family, revision } of schedules) {
    const TaskDefinitionArn = regionOf(aws).taskDefinitions[family]![revision]!.taskDefinition['taskDefinitionArn']
    const EcsParameters = { ...input['Target'].EcsParameters, TaskDefinitionArn }
    askFor(aws, 'scheduler', 'createSchedule', { ...input, Target: { ...input['Target'], EcsParameters } })
  }
}

function pointed(aws: LocalAws, { target, family, revision }: EcsTarget): RuleTarget {
  const TaskDefinitionArn = regionOf(aws).taskDefinitions[family]![revision]!.taskDefinition['taskDefinitionArn']
  return { ...target, EcsParameters: { ...target.EcsParameters, TaskDefinitionArn } }
}

/** Tasks that never end; where a container instance has no room for one it is not there. */
function makeTasks(aws: LocalAws, { tasks }: Before, pass: (milliseconds: number) => void): void {
  const arns = tasks.flatMap(({ cluster, family, revision }) => {
    const { body } = ask(aws, 'runTask', { cluster, taskDefinition: `${family}:${revision + 1}` })
    return body['tasks'].map((task: Unchecked) => task['taskArn'] as string)
  })
  if (arns.length === 0) return
  pass(7_000)
  aws.advance()
  for (const arn of arns) {
    const record = regionOf(aws).tasks[arn]!
    record.life.steps = []
    delete record.nextAt
  }
}
