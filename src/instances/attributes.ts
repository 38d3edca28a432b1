/** Attributes of container instances that somebody has set, and the services that are placed by them. */
import type { Attribute, ContainerInstance, PlacementConstraint, Service } from '@aws-sdk/client-ecs'
import type { Aws } from '../aws/aws.ts'
import type { Assessment } from './assess.ts'
import type { Fleet } from './fleet.ts'

/** The attribute of a replacement that has been given the attributes of an instance: that one's id, until the refresh ends. */
export const copiedFromAttribute = 'ecs-task.copied-from'

/** The attributes of an instance that goes. */
export interface AttributesOf {
  /** Of the EC2 instance. */
  readonly instance: string
  readonly attributes: readonly Attribute[]
}

/** The attributes that are neither ECS's, nor the agent's, nor a refresh's: set in the user data, or by hand. */
export function ownAttributes({ attributes = [] }: ContainerInstance): Attribute[] {
  return attributes.filter(({ name = '' }) => !/^(ecs|com\.amazonaws|ecs-task)\./.test(name))
}

/** From which instance a replacement has been given attributes; undefined if from none. */
export function copiedFrom({ attributes = [] }: ContainerInstance): string | undefined {
  return attributes.find(({ name }) => name === copiedFromAttribute)?.value
}

/** By the name of a service: the attributes that it, or its task definition, places tasks by. */
export async function readPlacement(
  aws: Aws,
  services: ReadonlyMap<string, Service>,
  signal?: AbortSignal,
): Promise<Map<string, string[]>> {
  const all = await Promise.all(
    [...services].map(async ([name, service]) => {
      const { taskDefinition, placementConstraints = [], placementStrategy = [] } = service
      const answer = await aws.call('describeTaskDefinition', { taskDefinition }, signal)
      const constraints: PlacementConstraint[] = [
        ...placementConstraints,
        ...(answer.taskDefinition?.placementConstraints ?? []),
      ]
      const texts = [...constraints.map(({ expression }) => expression), ...placementStrategy.map(({ field }) => field)]
      return [name, attributesIn(texts.join(' '))] as const
    }),
  )
  return new Map(all.filter(([, names]) => names.length > 0))
}

/** The attributes that cluster queries name, without those that every instance has. */
function attributesIn(text: string): string[] {
  const names = [...text.matchAll(/attribute:([\w\-./\\]+)/g)].map(([, name = '']) => name)
  return [...new Set(names)].filter((name) => !/^(ecs|com\.amazonaws)\./.test(name))
}

/** What is lost with the instances that go, a sentence for each service that is placed by it. */
export function lostAttributes({ containers, placedBy }: Fleet, { outdated }: Assessment): string[] {
  const leaving = outdated.flatMap(({ InstanceId = '' }) => containers.get(InstanceId) ?? [])
  return [...placedBy].flatMap(([service, names]) =>
    names.flatMap((name) => {
      const having = leaving.filter((one) => ownAttributes(one).some((attribute) => attribute.name === name)).length
      const which = having === 1 ? '1 instance that goes has' : `${having} instances that go have`
      return having === 0
        ? []
        : `Service ${service} is placed by the attribute ${name}, which ${which}. It goes with them if it was set by hand, and not in the user data: --copy-attributes sets it on the replacements.`
    }),
  )
}
