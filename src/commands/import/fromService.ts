// Reads a running service, and the rules that start its task, as a class would declare them.
import type { Service } from '@aws-sdk/client-ecs'
import type { Aws } from '../../aws/aws.ts'
import type { TaskDefinition } from '../../definition/definition.ts'
import { registerable } from '../../definition/registerable.ts'
import { inputs, shapes } from '../../definition/shapes.ts'
import { noService, refusalOf, servicesCalled } from '../../deploy/live.ts'
import { activeRevisions, readRevision } from '../../deploy/revisions.ts'
import type { Registered } from '../../deploy/world.ts'
import { EcsTaskError } from '../../ground/errors.ts'
import { nameOf } from '../../ground/names.ts'
import { eventTargetsOf } from './fromRules.ts'
import { schedulesOf } from './fromSchedules.ts'
import type { Imported } from './imported.ts'
import { ordered } from './ordered.ts'
import { treeOf } from './tree.ts'
import { withPlaceholders } from './withPlaceholder.ts'
import { withoutDefaults } from './withoutDefaults.ts'
import { secretWarnings, withoutSecrets } from './withoutSecrets.ts'

/** A service, by the names of its cluster and itself. */
export interface ServiceName {
  readonly cluster: string
  readonly service: string
}

/** So many revisions stay ACTIVE unless a class says otherwise. */
const usualCount = 10

/** Reads only. Throws `NotFound` where there is no such service, and `BadArguments` for one that ecs-task can't deploy. */
export async function importService(aws: Aws, name: ServiceName): Promise<Imported> {
  const service = await deployable(aws, name)
  const registered = await readRevision(aws, service.taskDefinition ?? '')
  const { family = '' } = registered.taskDefinition
  const [active, rules, schedules] = await Promise.all([
    activeRevisions(aws, family),
    eventTargetsOf(aws, { cluster: service.clusterArn ?? name.cluster, family }),
    schedulesOf(aws, family),
  ])
  return importedService({ service, registered, rules, schedules, active: active.length })
}

/** A service that ecs-task can deploy. */
export async function deployable(aws: Aws, { cluster, service }: ServiceName): Promise<Service> {
  const [found] = await servicesCalled(aws, cluster, [service])
  if (!found) throw await noService(aws, cluster, service)
  const problem = refusalOf(found)
  if (problem === undefined) return found
  const controller = found.deploymentController?.type ?? 'ECS'
  throw new EcsTaskError('BadArguments', `${cluster}/${service} can't be imported: ${problem}`, {
    fix:
      controller === 'ECS'
        ? 'Import a service that is ACTIVE.'
        : `Change its deployment controller to ECS first: ecs-task neither updates nor rolls back services of ${controller}.`,
  })
}

interface Read {
  readonly service: Service
  readonly registered: Registered
  readonly rules: Awaited<ReturnType<typeof eventTargetsOf>>
  readonly schedules: Awaited<ReturnType<typeof schedulesOf>>
  /** How many revisions of the family are ACTIVE. */
  readonly active: number
}

/** Pure: what was read, in the terms of a class. Why so little of it: docs/decisions/import.md */
function importedService({ service, registered, rules, schedules, active }: Read): Imported {
  const { serviceName = '', clusterArn = '' } = service
  const cluster = nameOf(clusterArn)
  const taskDefinition = withoutDefaults(registerable(registered.taskDefinition, registered.tags) as TaskDefinition)
  const { trees, variables } = withoutSecrets({
    taskDefinition: treeOf(ordered(taskDefinition, inputs.taskDefinition, shapes)),
    ...(rules.eventTargets.length > 0 && { eventTargets: treeOf(rules.eventTargets) }),
  })
  const { tree, tag, warnings } = withPlaceholders(trees.taskDefinition)
  const isInactive = registered.taskDefinition.status === 'INACTIVE'
  return {
    name: serviceName,
    tag,
    variables,
    about: [
      `The service ${serviceName} of the cluster ${cluster}, as it ran ${nameOf(registered.arn)}. Written by ecs-task init --from-service.`,
    ],
    members: {
      taskDefinition: tree,
      updateServices: [{ cluster, service: serviceName }],
      ...(trees.eventTargets !== undefined && { eventTargets: trees.eventTargets }),
      ...(schedules.schedules.length > 0 && { schedules: treeOf(schedules.schedules) }),
      ...(active > usualCount && { activeTaskCount: active }),
    },
    warnings: [
      ...secretWarnings(variables),
      ...rules.warnings,
      ...schedules.warnings,
      ...warnings,
      ...(isInactive ? [`${nameOf(registered.arn)} is INACTIVE: the next deploy registers it again.`] : []),
    ],
  }
}
