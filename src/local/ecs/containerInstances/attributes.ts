// The attributes of a container instance: built in, from its agent, and custom ones.
import type { Attribute } from '@aws-sdk/client-ecs'
import { AwsFault } from '../../world/fault.ts'
import type { Wire } from '../../world/operation.ts'
import type { ContainerInstanceRecord, Region } from '../../world/world.ts'
import { findContainerInstance } from '../find.ts'
import { invalid } from '../invalid.ts'
import type { ShownContainerInstance } from '../shown/records.ts'

/** What a current agent on Linux can do, as far as task definitions ask for it. */
const capabilities = [
  'com.amazonaws.ecs.capability.docker-remote-api.1.19',
  'com.amazonaws.ecs.capability.docker-remote-api.1.21',
  'com.amazonaws.ecs.capability.docker-remote-api.1.25',
  'com.amazonaws.ecs.capability.ecr-auth',
  'com.amazonaws.ecs.capability.logging-driver.awslogs',
  'com.amazonaws.ecs.capability.logging-driver.json-file',
  'com.amazonaws.ecs.capability.task-iam-role',
  'com.amazonaws.ecs.capability.task-iam-role-network-host',
  'ecs.capability.container-health-check',
  'ecs.capability.execution-role-awslogs',
  'ecs.capability.execution-role-ecr-pull',
  'ecs.capability.secrets.asm.environment-variables',
  'ecs.capability.secrets.ssm.environment-variables',
  'ecs.capability.task-eni',
]

/**
 * The attributes that ECS puts on every instance, and those that the agent brings along; of one name the agent's.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-placement-constraints.html#attributes
 */
export function attributesOf(
  { availabilityZone, imageId, instanceType }: { availabilityZone: string; imageId: string; instanceType: string },
  own: readonly Wire<Attribute>[] = [],
): Wire<Attribute>[] {
  const builtIn = {
    'ecs.ami-id': imageId,
    'ecs.availability-zone': availabilityZone,
    'ecs.cpu-architecture': /^[a-z]+\d+g[a-z]*\./.test(instanceType) ? 'arm64' : 'x86_64',
    'ecs.instance-type': instanceType,
    'ecs.os-type': 'linux',
  }
  const all = [
    ...capabilities.map((name) => ({ name })),
    ...Object.entries(builtIn).map(([name, value]) => ({ name, value })),
  ]
  return withAttributes(all, own)
}

/** A list of attributes with others put on; one that is there already gets the new value. */
export function withAttributes(before: readonly Wire<Attribute>[], put: readonly Wire<Attribute>[]): Wire<Attribute>[] {
  const shown = put.map(({ name, value }) => ({ name, ...(value !== undefined && { value }) }))
  return [...new Map([...before, ...shown].map((attribute) => [attribute.name, attribute])).values()]
}

/** Whether an attribute is somebody's own, and neither ECS's nor the agent's. */
export const isCustom = ({ name }: Wire<Attribute>): boolean => !/^(ecs|com\.amazonaws)\./.test(name)

/** The value of an attribute; `''` where it has none, undefined where it is not there. */
export function attributeOf(
  { attributes }: Pick<ShownContainerInstance, 'attributes'>,
  name: string,
): string | undefined {
  const found = attributes.find((attribute) => attribute.name === name)
  return found && (found.value ?? '')
}

/** Refuses more than 10 attributes, and what https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Attribute.html refuses. */
export function checkAttributes(attributes: readonly Wire<Attribute>[]): void {
  if (attributes.length === 0) throw invalid('attributes can not be empty')
  if (attributes.length > 10) throw invalid(`At most 10 attributes can be named, not ${attributes.length}.`)
  for (const { name, value = '-' } of attributes) {
    if (!/^[\w\-/\\.]{1,128}$/.test(name)) throw invalid(`'${name}' cannot be the name of an attribute.`)
    const isValue = /^[\w\-.@/\\: ]{1,128}$/.test(value) && value.trim() === value
    if (!isValue) throw invalid(`'${value}' cannot be the value of an attribute.`)
  }
}

/** The container instance that an attribute is of, by ARN, or by id and type; throws TargetNotFoundException. */
function targetOf(region: Region, cluster: string, { targetId, targetType }: Wire<Attribute>): ContainerInstanceRecord {
  if (targetId === undefined) throw invalid('targetId is required.')
  const isNamed = targetType === undefined ? targetId.startsWith('arn:') : targetType === 'container-instance'
  const found = isNamed ? findContainerInstance(region, cluster, targetId) : undefined
  if (found && found.containerInstance.status !== 'INACTIVE') return found
  throw new AwsFault('TargetNotFoundException', `Could not find ${targetId}`)
}

/** The container instances of some attributes, each with those that are its own. */
export function byTarget(
  region: Region,
  cluster: string,
  attributes: readonly Wire<Attribute>[],
): Map<ContainerInstanceRecord, Wire<Attribute>[]> {
  const found = new Map<ContainerInstanceRecord, Wire<Attribute>[]>()
  for (const attribute of attributes) {
    const target = targetOf(region, cluster, attribute)
    found.set(target, [...(found.get(target) ?? []), attribute])
  }
  return found
}
