import { AwsFault } from '../../world/fault.ts'
import { findContainerInstance } from './findContainerInstance.ts'
import type { Wire } from '../../world/operation.ts'
import type { ContainerInstanceRecord, Region } from '../../world/world.ts'

const invalid = (message: string): AwsFault => new AwsFault('InvalidParameterException', message)

/** Refuses more than 10 attributes, and what https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Attribute.html refuses. */
export function checkAttributes(attributes: readonly Wire[]): void {
  if (attributes.length === 0) throw invalid('attributes can not be empty')
  if (attributes.length > 10) throw invalid(`At most 10 attributes can be named, not ${attributes.length}.`)
  for (const { name, value = '-' } of attributes) {
    if (!/^[\w\-/\\.]{1,128}$/.test(name)) throw invalid(`'${name}' cannot be the name of an attribute.`)
    const isValue = /^[\w\-.@/\\: ]{1,128}$/.test(value) && value.trim() === value
    if (!isValue) throw invalid(`'${value}' cannot be the value of an attribute.`)
  }
}

/** The container instance that an attribute is of, by ARN, or by id and type; throws TargetNotFoundException. */
function targetOf(region: Region, cluster: string, { targetId, targetType }: Wire): ContainerInstanceRecord {
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
  attributes: readonly Wire[],
): Map<ContainerInstanceRecord, Wire[]> {
  const found = new Map<ContainerInstanceRecord, Wire[]>()
  for (const attribute of attributes) {
    const target = targetOf(region, cluster, attribute)
    found.set(target, [...(found.get(target) ?? []), attribute])
  }
  return found
}
