import { expect, test } from 'vitest'
import {
  clusterArn,
  nameOf,
  ruleArn,
  serviceArn,
  serviceDeploymentArn,
  serviceRevisionArn,
  taskArn,
  taskDefinitionArn,
  topicArn,
} from '../../../src/local/world/arn.ts'
import { findCluster, findService, findTaskDefinition } from '../../../src/local/ecs/find.ts'
import type { ShownCluster, ShownService, ShownTaskDefinition } from '../../../src/local/ecs/shown/records.ts'
import { emptyRegion } from '../../../src/local/world/world.ts'
import type { Region } from '../../../src/local/world/world.ts'

const region = (): Region => {
  const made = emptyRegion('eu-west-1', '123456789012')
  for (const clusterName of ['default', 'shop'])
    made.clusters[clusterName] = { cluster: { clusterName, status: 'ACTIVE' } as ShownCluster }
  made.clusters.gone = { cluster: { clusterName: 'gone', status: 'INACTIVE' } as ShownCluster }
  const service = { serviceName: 'web' } as ShownService
  made.services['shop/web'] = { service, rollouts: {}, tasks: [], healthy: [], stopping: [], steady: true }
  made.taskDefinitions.web = ['ACTIVE', 'ACTIVE', 'INACTIVE'].map((status, index) => ({
    taskDefinition: { family: 'web', revision: index + 1, status } as ShownTaskDefinition,
  }))
  return made
}

test('ARNs have the form that AWS gives them', () => {
  const here = region()
  expect([
    clusterArn(here, 'shop'),
    serviceArn(here, 'shop', 'web'),
    taskArn(here, 'shop', 'f00'),
    taskDefinitionArn(here, 'web', 3),
    serviceDeploymentArn(here, 'shop', 'web', 'abc'),
    serviceRevisionArn(here, 'shop', 'web', '123'),
    ruleArn(here, 'default', 'nightly'),
    ruleArn(here, 'other', 'nightly'),
    topicArn(here, 'deploys'),
  ]).toEqual([
    'arn:aws:ecs:eu-west-1:123456789012:cluster/shop',
    'arn:aws:ecs:eu-west-1:123456789012:service/shop/web',
    'arn:aws:ecs:eu-west-1:123456789012:task/shop/f00',
    'arn:aws:ecs:eu-west-1:123456789012:task-definition/web:3',
    'arn:aws:ecs:eu-west-1:123456789012:service-deployment/shop/web/abc',
    'arn:aws:ecs:eu-west-1:123456789012:service-revision/shop/web/123',
    'arn:aws:events:eu-west-1:123456789012:rule/nightly',
    'arn:aws:events:eu-west-1:123456789012:rule/other/nightly',
    'arn:aws:sns:eu-west-1:123456789012:deploys',
  ])
})

test('a name is what an ARN ends with, or the name itself', () => {
  expect(nameOf('arn:aws:ecs:eu-west-1:123456789012:service/shop/web')).toBe('web')
  expect(nameOf('arn:aws:ecs:eu-west-1:123456789012:task-definition/web:3')).toBe('web:3')
  expect(nameOf('web')).toBe('web')
})

test('a cluster is found by name, by ARN, by an ARN of the real account, and is `default` when none is named', () => {
  const here = region()
  expect(findCluster(here, 'shop')).toBe(here.clusters.shop)
  expect(findCluster(here, clusterArn(here, 'shop'))).toBe(here.clusters.shop)
  expect(findCluster(here, 'arn:aws:ecs:eu-west-1:999999999999:cluster/shop')).toBe(here.clusters.shop)
  expect(findCluster(here)).toBe(here.clusters.default)
})

test.each(['nowhere', '', 'constructor', '__proto__', 'arn:aws:ecs:us-east-1:123456789012:cluster/shop'])(
  'there is no cluster %j here',
  (name) => {
    expect(() => findCluster(region(), name)).toThrow(
      expect.objectContaining({ code: 'ClusterNotFoundException', message: 'Cluster not found.' }),
    )
  },
)

test('a deleted cluster is refused with its own message', () => {
  expect(() => findCluster(region(), 'gone')).toThrow(
    expect.objectContaining({ code: 'ClusterNotFoundException', message: 'The referenced cluster was inactive.' }),
  )
})

test('a service is found in its own cluster by name and by long or short ARN', () => {
  const here = region()
  const web = here.services['shop/web']
  expect(findService(here, 'shop', 'web')).toBe(web)
  expect(findService(here, 'shop', serviceArn(here, 'shop', 'web'))).toBe(web)
  expect(findService(here, 'shop', 'arn:aws:ecs:eu-west-1:123456789012:service/web')).toBe(web)
})

test('a service is not found in another cluster or region; an ARN that names another cluster is refused', () => {
  const here = region()
  expect(findService(here, 'default', 'web')).toBeUndefined()
  const refusal = 'Invalid identifier: Identifier is for cluster shop. Your cluster is default'
  expect(() => findService(here, 'default', serviceArn(here, 'shop', 'web'))).toThrow(refusal)
  expect(findService(here, 'shop', 'arn:aws:ecs:us-east-1:123456789012:service/shop/web')).toBeUndefined()
})

test('a family stands for its latest ACTIVE revision, a number for that revision whatever its status', () => {
  const here = region()
  const [first, second, third] = here.taskDefinitions.web!
  expect(findTaskDefinition(here, 'web')).toBe(second)
  expect(findTaskDefinition(here, 'web:1')).toBe(first)
  expect(findTaskDefinition(here, 'web:3')).toBe(third)
  expect(findTaskDefinition(here, taskDefinitionArn(here, 'web', 3))).toBe(third)
})

test.each([
  'web:4',
  'web:',
  'web:01',
  'web:1:1',
  'we',
  'toString',
  '__proto__',
  '',
  ':1',
  'arn:aws:ecs:us-east-1:123456789012:task-definition/web:1',
])('there is no task definition %j here', (identifier) => {
  expect(findTaskDefinition(region(), identifier)).toBeUndefined()
})
