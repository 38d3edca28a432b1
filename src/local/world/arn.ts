// How AWS spells the ARNs of the things in a region.
import type { Region } from './world.ts'

type Place = Pick<Region, 'name' | 'account'>

const arn = (service: string, region: Place, resource: string): string =>
  `arn:aws:${service}:${region.name}:${region.account}:${resource}`

export const clusterArn = (region: Place, cluster: string): string => arn('ecs', region, `cluster/${cluster}`)

export const serviceArn = (region: Place, cluster: string, service: string): string =>
  arn('ecs', region, `service/${cluster}/${service}`)

/** `id` is 32 hexadecimal digits. */
export const taskArn = (region: Place, cluster: string, id: string): string =>
  arn('ecs', region, `task/${cluster}/${id}`)

/** `id` is 32 hexadecimal digits. */
export const containerInstanceArn = (region: Place, cluster: string, id: string): string =>
  arn('ecs', region, `container-instance/${cluster}/${id}`)

export const taskDefinitionArn = (region: Place, family: string, revision: number): string =>
  arn('ecs', region, `task-definition/${family}:${revision}`)

/** Every revision of a family. */
export const familyArn = (region: Place, family: string): string => arn('ecs', region, `task-definition/${family}:*`)

/** `id` is 21 URL-safe characters. */
export const serviceDeploymentArn = (region: Place, cluster: string, service: string, id: string): string =>
  arn('ecs', region, `service-deployment/${cluster}/${service}/${id}`)

/** `id` is 19 digits. */
export const serviceRevisionArn = (region: Place, cluster: string, service: string, id: string): string =>
  arn('ecs', region, `service-revision/${cluster}/${service}/${id}`)

/** A rule of the default bus has no bus in its ARN. */
export const ruleArn = (region: Place, bus: string, rule: string): string =>
  arn('events', region, bus === 'default' ? `rule/${rule}` : `rule/${bus}/${rule}`)

export const repositoryArn = (region: Place, name: string): string => arn('ecr', region, `repository/${name}`)

export const topicArn = (region: Place, topic: string): string => arn('sns', region, topic)

/** A namespace of Cloud Map; `id` begins with `ns-`. */
export const namespaceArn = (region: Place, id: string): string => arn('servicediscovery', region, `namespace/${id}`)

/** A service of Cloud Map; `id` begins with `srv-`. */
export const cloudMapServiceArn = (region: Place, id: string): string =>
  arn('servicediscovery', region, `service/${id}`)

/** Whoever calls: the local AWS checks no signature, so everyone is the account's user `local`. */
export const callerArn = ({ account }: Place): string => `arn:aws:iam::${account}:user/local`

/** The service-linked role of ECS. */
export const serviceRoleArn = ({ account }: Place): string =>
  `arn:aws:iam::${account}:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS`

/** What an ARN ends with, or the name itself: `my_cluster`, `web`, `web:3`, a task's id. */
export const nameOf = (arnOrName: string): string => arnOrName.slice(arnOrName.lastIndexOf('/') + 1)
