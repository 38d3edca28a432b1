// The service `web` of the cluster `c`: how it is created, updated and read.
import { nameOf } from '../../src/local/world/arn.ts'
import type { Unchecked } from '../../src/local/world/operation.ts'
import type { TestAws } from './support.ts'
import { minutes } from './support.ts'

/** Registers a revision of `web` with an image of that tag and answers its ARN. */
export function registerWeb(aws: TestAws, tag: string, more: Unchecked = {}): string {
  const containerDefinitions = [{ name: 'web', image: `web:${tag}`, memory: 128, ...more.container }]
  const { container: _, ...members } = more
  return aws.call('ecs', 'RegisterTaskDefinition', { family: 'web', containerDefinitions, ...members }).taskDefinition
    .taskDefinitionArn
}

/** The cluster `c` and in it the service `web` of revision `v1`; settled unless its tag is one that never settles. */
export function createWeb(aws: TestAws, settings: Unchecked = {}): Unchecked {
  const { tag = 'v1', definition, ...input } = settings
  aws.call('ecs', 'CreateCluster', { clusterName: 'c', capacityProviders: ['other-instances', 'spare-instances'] })
  const taskDefinition = registerWeb(aws, tag, definition)
  const { service } = aws.call('ecs', 'CreateService', {
    cluster: 'c',
    serviceName: 'web',
    desiredCount: 2,
    taskDefinition,
    ...input,
  })
  aws.advance(minutes(10))
  return service
}

/** Has the service go over to an image of that tag and answers the new deployment's id. */
export function deployWeb(aws: TestAws, tag: string, more: Unchecked = {}, definition: Unchecked = {}): string {
  return updateWeb(aws, { taskDefinition: registerWeb(aws, tag, definition), ...more }).deployments[0].id
}

export const updateWeb = (aws: TestAws, input: Unchecked): Unchecked =>
  aws.call('ecs', 'UpdateService', { cluster: 'c', service: 'web', ...input }).service

export const describeWeb = (aws: TestAws): Unchecked =>
  aws.call('ecs', 'DescribeServices', { cluster: 'c', services: ['web'] }).services[0]

/** The service deployment that the service shows as its current one. */
export const currentServiceDeployment = (aws: TestAws): Unchecked =>
  aws.call('ecs', 'DescribeServiceDeployments', {
    serviceDeploymentArns: [describeWeb(aws).currentServiceDeployment],
  }).serviceDeployments[0]

/** The service's tasks of a deployment that are RUNNING, PENDING and so on, as DescribeTasks shows them. */
export function tasksOf(aws: TestAws, deploymentId: string): Unchecked[] {
  return Object.values(aws.region.tasks)
    .map(({ task }) => task)
    .filter(({ startedBy }) => startedBy === deploymentId)
}

/** The messages of the service's events after `since` (seconds), oldest first, without what is before `(service web) `. */
export function messages(aws: TestAws, since = 0): string[] {
  return describeWeb(aws)
    .events.filter(({ createdAt }: Unchecked) => createdAt >= since)
    .map(({ message }: Unchecked) => message.replace('(service web) ', ''))
    .toReversed()
}

/** `+2 -2 done steady …`: what the service did after `since`, in one line. */
export function story(aws: TestAws, since = 0): string {
  return messages(aws, since)
    .map((message) =>
      message
        .replace(/^has started (\d+) tasks: .*?\.( .*)?$/, (_, count, more) => `+${count}${more ? ' (unhealthy)' : ''}`)
        .replace(/^has stopped (\d+) running tasks: .*$/, '-$1')
        .replace(/^\(deployment .*\) deployment completed\.$/, 'done')
        .replace(/^\(deployment .*\) deployment failed: .*$/, 'failed')
        .replace(/^rolling back to deployment .*$/, 'back')
        .replace(/^has reached a steady state\.$/, 'steady')
        .replace(/^is unable to consistently start tasks successfully\.$/, 'impaired')
        .replace(/^was unable to stop or start tasks during a deployment .*$/, 'stuck')
        .replace(/^was unable to place a task .*$/, 'unplaced')
        .replace(/^\(task .*\) failed container health checks\.$/, 'sick'),
    )
    .join(' ')
}

export const idOf = (task: Unchecked): string => nameOf(task.taskArn)
