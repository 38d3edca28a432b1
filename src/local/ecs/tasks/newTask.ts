// A task as DescribeTasks shows it at its start.
import { hash } from 'node:crypto'
import type { LaunchType, NetworkConfiguration, TaskOverride } from '@aws-sdk/client-ecs'
import { clusterArn, nameOf, taskArn } from '../../world/arn.ts'
import { resolvedDigest } from '../../ecr/repository.ts'
import type { Context, Wire } from '../../world/operation.ts'
import type { Region } from '../../world/world.ts'
import type {
  ShownContainer,
  ShownContainerDefinition,
  ShownContainerInstance,
  ShownTask,
  ShownTaskDefinition,
} from '../shown/records.ts'
import { attributeOf } from '../containerInstances/attributes.ts'

/** What a task is started with, beside its revision. */
export interface TaskOrigin {
  /** The cluster's name. */
  cluster: string
  taskDefinition: ShownTaskDefinition
  startedBy?: string | undefined
  group: string
  launchType?: LaunchType | undefined
  capacityProviderName?: string | undefined
  platformVersion?: string | undefined
  networkConfiguration?: Wire<NetworkConfiguration> | undefined
  overrides?: Wire<TaskOverride> | undefined
  enableExecuteCommand?: boolean | undefined
  /** The container instance that it is placed on. */
  containerInstance?: ShownContainerInstance | undefined
}

/** A task as DescribeTasks shows it at its start: PROVISIONING with its network interface to come, or PENDING. */
export function newTask(context: Context, origin: TaskOrigin): ShownTask {
  const { region, ids, now } = context
  const { taskDefinition, overrides = {}, capacityProviderName, startedBy, containerInstance } = origin
  const id = ids.hex(32)
  const arn = taskArn(region, origin.cluster, id)
  const awsvpc = taskDefinition.networkMode === 'awsvpc'
  const launchType = launchTypeOf(origin)
  const zone = containerInstance && attributeOf(containerInstance, 'ecs.availability-zone')
  return {
    attachments: awsvpc ? [networkInterface(context, origin.networkConfiguration)] : [],
    attributes: [{ name: 'ecs.cpu-architecture', value: architectureOf(taskDefinition) }],
    availabilityZone: zone ?? region.name + 'abc'[Number.parseInt(id.slice(0, 4), 16) % 3],
    ...(capacityProviderName && { capacityProviderName }),
    clusterArn: clusterArn(region, origin.cluster),
    ...(containerInstance && { containerInstanceArn: containerInstance.containerInstanceArn }),
    ...(!awsvpc && { connectivity: 'CONNECTED', connectivityAt: now / 1000 }),
    containers: taskDefinition.containerDefinitions.map((definition) => newContainer(context, definition, arn)),
    cpu: overrides.cpu ?? taskDefinition.cpu ?? total(taskDefinition, ({ cpu }) => cpu),
    createdAt: now / 1000,
    desiredStatus: 'RUNNING',
    enableExecuteCommand: origin.enableExecuteCommand ?? false,
    group: origin.group,
    healthStatus: 'UNKNOWN',
    lastStatus: awsvpc ? 'PROVISIONING' : 'PENDING',
    launchType,
    memory:
      overrides.memory ??
      taskDefinition.memory ??
      total(taskDefinition, ({ memory, memoryReservation }) => memory ?? memoryReservation),
    overrides: overridesOf(taskDefinition, overrides),
    ...(launchType === 'FARGATE' && onFargate(origin)),
    ...(!awsvpc && { pullStartedAt: now / 1000 }),
    ...(startedBy && { startedBy }),
    tags: [],
    taskArn: arn,
    taskDefinitionArn: taskDefinition.taskDefinitionArn,
    version: 1,
  }
}

/** FARGATE where it is asked for, by name or by a capacity provider that is Fargate's; EC2 where nothing is. */
export const launchTypeOf = ({
  launchType,
  capacityProviderName,
}: Pick<TaskOrigin, 'launchType' | 'capacityProviderName'>): LaunchType =>
  launchType ?? (capacityProviderName?.startsWith('FARGATE') ? 'FARGATE' : 'EC2')

/** The digest of an image. Of what is not in ECR here every reference has one, and nobody pushes to it. */
export const digestOf = (region: Region, image: string): string =>
  resolvedDigest(region, image) ?? `sha256:${hash('sha256', image)}`

/** The platform version of Fargate that LATEST stands for. */
export const platformOf = (asked = 'LATEST'): string => (asked === 'LATEST' ? '1.4.0' : asked)

/** What a task shows on Fargate only: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-storage.html */
function onFargate({ taskDefinition, overrides = {}, platformVersion }: TaskOrigin): Partial<ShownTask> {
  const storage = overrides.ephemeralStorage ?? taskDefinition.ephemeralStorage ?? { sizeInGiB: 20 }
  return {
    ephemeralStorage: storage,
    fargateEphemeralStorage: storage,
    platformFamily: 'Linux',
    platformVersion: platformOf(platformVersion),
  }
}

const architectureOf = ({ runtimePlatform }: ShownTaskDefinition): string =>
  runtimePlatform?.cpuArchitecture === 'ARM64' ? 'arm64' : 'x86_64'

/** AWS shows an override of every container, also of those that nothing is overridden of. */
function overridesOf(
  { containerDefinitions }: ShownTaskDefinition,
  { containerOverrides = [], ...overrides }: Wire<TaskOverride>,
): Wire<TaskOverride> {
  return {
    containerOverrides: containerDefinitions.map(({ name }) => ({
      name,
      ...containerOverrides.find((override) => override.name === name),
    })),
    inferenceAcceleratorOverrides: [],
    ...overrides,
  }
}

const total = (
  taskDefinition: ShownTaskDefinition,
  of: (definition: ShownContainerDefinition) => number | undefined,
): string => String(taskDefinition.containerDefinitions.reduce((sum, each) => sum + (of(each) ?? 0), 0))

/** A container that has not started has no exit code, no runtime id and no digest. */
function newContainer({ region, ids }: Context, definition: ShownContainerDefinition, task: string): ShownContainer {
  const { name, image, cpu, memory, memoryReservation } = definition
  const place = `arn:aws:ecs:${region.name}:${region.account}:container/${task.split('/')[1]}`
  return {
    containerArn: `${place}/${nameOf(task)}/${ids.uuid()}`,
    taskArn: task,
    name,
    image,
    lastStatus: 'PENDING',
    networkBindings: [],
    networkInterfaces: [],
    healthStatus: 'UNKNOWN',
    cpu: String(cpu),
    ...(memory !== undefined && { memory: String(memory) }),
    ...(memoryReservation !== undefined && { memoryReservation: String(memoryReservation) }),
  }
}

function networkInterface(
  { ids }: Context,
  networkConfiguration: Wire<NetworkConfiguration> = {},
): ShownTask['attachments'][number] {
  const [subnet = 'subnet-0123456789abcdef0'] = networkConfiguration.awsvpcConfiguration?.subnets ?? []
  const details = [{ name: 'subnetId', value: subnet }]
  return { id: ids.uuid(), type: 'ElasticNetworkInterface', status: 'PRECREATED', details }
}

/** What is known of a network interface once it is there. */
export function attachNetworkInterface({ region, ids }: Context, task: ShownTask): void {
  const hex = ids.hex(17)
  const address = `10.0.${Number.parseInt(hex.slice(0, 2), 16)}.${4 + (Number.parseInt(hex.slice(2, 4), 16) % 251)}`
  const host = `ip-${address.replaceAll('.', '-')}.${region.name}.compute.internal`
  for (const attachment of task.attachments) {
    attachment.status = 'ATTACHED'
    attachment.details.push(
      { name: 'networkInterfaceId', value: `eni-${hex}` },
      { name: 'macAddress', value: `0a:${hex.slice(0, 10).match(/../g)!.join(':')}` },
      { name: 'privateDnsName', value: host },
      { name: 'privateIPv4Address', value: address },
    )
    for (const container of task.containers) {
      container.networkInterfaces = [{ attachmentId: attachment.id, privateIpv4Address: address }]
    }
  }
}
