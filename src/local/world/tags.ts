import { findCluster, findService, findTaskDefinition } from '../ecs/find.ts'
import { AwsFault } from './fault.ts'
import type { Wire } from './operation.ts'
import { own } from './own.ts'
import type { Region } from './world.ts'

/** The tags of whatever has that ARN, in the order they were put on. */
export function tagsOf(region: Region, arn: string): Wire[] {
  return region.tags[arn] ?? []
}

/** Puts tags on; a key that is there already gets the new value. */
export function putTags(region: Region, arn: string, tags: Wire[]): void {
  const keys = new Set(tags.map((tag) => tag.key))
  region.tags[arn] = [...tagsOf(region, arn).filter((tag) => !keys.has(tag.key)), ...tags]
}

/** Takes the tags of those keys off; keys that are not there are passed over. */
export function takeTags(region: Region, arn: string, keys: string[]): void {
  region.tags[arn] = tagsOf(region, arn).filter((tag) => !keys.includes(tag.key))
}

/**
 * The ARN, as this world writes it, of the cluster, service, task, container instance or task definition that a tag operation of ECS names;
 * throws InvalidParameterException for what is no ARN of ECS, ResourceNotFoundException for what is not there.
 */
export function taggedArn(region: Region, resourceArn: string): string {
  const [, place, kind = '', resource = ''] = /^arn:[\w-]+:ecs:([\w-]+):\d{12}:([\w-]+)\/(.+)$/.exec(resourceArn) ?? []
  const arnOf = own(taggable, kind)
  if (!arnOf) throw new AwsFault('InvalidParameterException', `Invalid resource ARN: ${resourceArn}`)
  const arn = place === region.name ? arnOf(region, resourceArn, resource) : undefined
  if (arn === undefined) throw new AwsFault('ResourceNotFoundException', "The specified resource wasn't found.")
  return arn
}

type ArnOf = (region: Region, arn: string, resource: string) => string | undefined

const taggable: Record<string, ArnOf> = {
  cluster: (region, arn) => findCluster(region, arn).cluster.clusterArn,
  service: (region, arn, resource) => {
    const [cluster = '', name] = resource.split('/')
    // The old short form of a service's ARN has no cluster in it.
    return findService(region, name === undefined ? 'default' : cluster, arn)?.service.serviceArn
  },
  task: (region, arn) => Object.keys(region.tasks).find((taskArn) => resourceOf(taskArn) === resourceOf(arn)),
  'container-instance': (region, arn) =>
    Object.keys(region.containerInstances).find((instanceArn) => resourceOf(instanceArn) === resourceOf(arn)),
  'task-definition': (region, arn) => findTaskDefinition(region, arn)?.taskDefinition.taskDefinitionArn,
}

/** The part of an ARN after the account, which in this world is another than in the real one. */
const resourceOf = (arn: string): string => arn.split(':').slice(5).join(':')
