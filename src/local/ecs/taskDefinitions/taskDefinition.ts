// A revision of a task definition, filled out as ECS shows it.
import { callerArn, taskDefinitionArn } from '../../world/arn.ts'
import type { PortMapping } from '@aws-sdk/client-ecs'
import type { Context, Wire } from '../../world/operation.ts'
import type { TaskDefinitionRecord } from '../../world/world.ts'
import type { ContainerInput, TaskDefinitionInput } from '../inputs.ts'
import type { ShownContainerDefinition, ShownTaskDefinition } from '../shown/records.ts'
import { fargateProblem } from './fargateProblem.ts'
import { requiredAttributes } from './requiredAttributes.ts'
import { taskCpu, taskMemory } from './taskSize.ts'
import { copyOf } from '../../world/copy.ts'

/** A RegisterTaskDefinition input, of which nobody has checked more than that it names a family. */
type Sent = Partial<TaskDefinitionInput> & Pick<TaskDefinitionInput, 'family'>

/**
 * Stores the next revision of the input's family, filled out as ECS echoes it, and its tags beside it. `input` is a
 * RegisterTaskDefinition input and is taken as it is: members nobody knows are kept, nothing is refused.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
 */
export function registerRevision(context: Context, input: Sent): TaskDefinitionRecord {
  const { region } = context
  const { tags, ...sent } = copyOf(input)
  const revisions = region.taskDefinitions[sent.family] ?? []
  const revision = 1 + (revisions.at(-1)?.taskDefinition.revision ?? 0)
  const arn = taskDefinitionArn(region, sent.family, revision)
  const record: TaskDefinitionRecord = {
    taskDefinition: {
      ...filledOut(sent),
      taskDefinitionArn: arn,
      revision,
      status: 'ACTIVE',
      requiresAttributes: requiredAttributes(sent),
      compatibilities: fargateProblem(sent) ? ['EC2'] : ['EC2', 'FARGATE'],
      registeredAt: context.now / 1000,
      registeredBy: callerArn(region),
    },
  }
  region.taskDefinitions[sent.family] = [...revisions, record]
  if (tags?.length) region.tags[arn] = tags
  return record
}

function filledOut(
  sent: Omit<Sent, 'tags'>,
): Omit<Sent, 'tags'> & Pick<ShownTaskDefinition, 'containerDefinitions' | 'volumes' | 'placementConstraints'> {
  return {
    ...sent,
    ...(sent.cpu && { cpu: taskCpu(sent.cpu) }),
    ...(sent.memory && { memory: taskMemory(sent.memory) }),
    containerDefinitions: (sent.containerDefinitions ?? []).map((container) =>
      filledOutContainer(container, sent.networkMode),
    ),
    volumes: sent.volumes ?? [],
    placementConstraints: sent.placementConstraints ?? [],
  }
}

function filledOutContainer(container: ContainerInput, networkMode: string | undefined): ShownContainerDefinition {
  return {
    ...container,
    name: container.name ?? '',
    cpu: container.cpu ?? 0,
    essential: container.essential ?? true,
    environment: container.environment ?? [],
    mountPoints: container.mountPoints ?? [],
    volumesFrom: container.volumesFrom ?? [],
    systemControls: container.systemControls ?? [],
    portMappings: (container.portMappings ?? []).map((mapping) => filledOutMapping(mapping, networkMode)),
  }
}

function filledOutMapping(
  mapping: Wire<PortMapping>,
  networkMode: string | undefined,
): ShownContainerDefinition['portMappings'][number] {
  const isHostPortFixed = networkMode === 'awsvpc' || networkMode === 'host'
  // A range of ports has no single host port; with bridge networking, 0 asks for a dynamic one.
  const hostPort = mapping.hostPort || (isHostPortFixed ? mapping.containerPort : 0)
  return {
    ...mapping,
    ...(mapping.containerPort !== undefined && { hostPort }),
    protocol: mapping.protocol ?? 'tcp',
  }
}
