// The resources of ECS that have tags, found by the ARN that a tag operation names.
import { AwsFault } from '../world/fault.ts'
import { own } from '../world/own.ts'
import type { Region } from '../world/world.ts'
import { findCluster, findService, findTaskDefinition } from './find.ts'
import { invalid } from './invalid.ts'

/**
 * The ARN, as this world writes it, of the cluster, service, task, container instance or task definition that a tag operation of ECS names;
 * throws InvalidParameterException for what is no ARN of ECS, ResourceNotFoundException for what is not there.
 */
export function taggedArn(region: Region, resourceArn: string): string {
  const [, place, kind = '', resource = ''] = /^arn:[\w-]+:ecs:([\w-]+):\d{12}:([\w-]+)\/(.+)$/.exec(resourceArn) ?? []
  const arnOf = own(taggable, kind)
  if (!arnOf) throw invalid(`Invalid resource ARN: ${resourceArn}`)
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
