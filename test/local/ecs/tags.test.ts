import { expect, it } from 'vitest'
import type { Unchecked } from '../../../src/local/world/operation.ts'
import { localAws } from '../support.ts'
import type { TestAws } from '../support.ts'

const ecs = 'arn:aws:ecs:us-east-1:123456789012'

/** A world with one of everything that has tags. */
function tagged(): TestAws {
  const aws = localAws()
  aws.call('ecs', 'CreateCluster', { clusterName: 'shop', tags: [{ key: 'team', value: 'a' }] })
  const containerDefinitions = [{ name: 'web', image: 'app:v1', memory: 128 }]
  aws.call('ecs', 'RegisterTaskDefinition', { family: 'web', containerDefinitions })
  const service = { cluster: 'shop', serviceName: 'web', taskDefinition: 'web', desiredCount: 0, launchType: 'EC2' }
  aws.call('ecs', 'CreateService', service)
  aws.call('ecs', 'RunTask', { cluster: 'shop', taskDefinition: 'web' })
  return aws
}

/** `TASK` in a name stands for the id of the task that runs. */
const resourceIn = (aws: TestAws, resource: string): string =>
  resource.replace('TASK', Object.keys(aws.region.tasks)[0]?.split('/')[2] ?? '')

const listed = (aws: TestAws, resourceArn: string): Unchecked[] =>
  aws.call('ecs', 'ListTagsForResource', { resourceArn }).tags

it.each(['cluster/shop', 'service/shop/web', 'task/shop/TASK', 'task-definition/web:1'])(
  'puts tags on %s and takes them off again',
  (resource) => {
    const aws = tagged()
    const resourceArn = `${ecs}:${resourceIn(aws, resource)}`
    const before = listed(aws, resourceArn)
    const tags = [
      { key: 'stage', value: 'dev' },
      { key: 'empty', value: '' },
    ]
    aws.call('ecs', 'TagResource', { resourceArn, tags })
    expect(listed(aws, resourceArn)).toEqual([...before, ...tags])
    aws.call('ecs', 'UntagResource', { resourceArn, tagKeys: ['stage', 'empty', 'never'] })
    expect(listed(aws, resourceArn)).toEqual(before)
  },
)

it('gives an existing key the new value', () => {
  const aws = tagged()
  const resourceArn = `${ecs}:cluster/shop`
  aws.call('ecs', 'TagResource', { resourceArn, tags: [{ key: 'team', value: 'b' }] })
  expect(listed(aws, resourceArn)).toEqual([{ key: 'team', value: 'b' }])
  const input = { clusters: ['shop'], include: ['TAGS'] }
  expect(aws.call('ecs', 'DescribeClusters', input).clusters[0].tags).toEqual([{ key: 'team', value: 'b' }])
})

it('treats an ARN of the real account as the same resource', () => {
  const aws = tagged()
  const real = 'arn:aws:ecs:us-east-1:999999999999'
  const tags = [{ key: 'stage', value: 'dev' }]
  for (const resource of ['service/shop/web', 'task/shop/TASK', 'task-definition/web:1'].map((name) =>
    resourceIn(aws, name),
  )) {
    aws.call('ecs', 'TagResource', { resourceArn: `${real}:${resource}`, tags })
    expect(listed(aws, `${ecs}:${resource}`)).toEqual(tags)
  }
})

it.each([
  ['cluster/nope', 'ClusterNotFoundException'],
  ['service/shop/nope', 'ResourceNotFoundException'],
  ['service/nope/web', 'ResourceNotFoundException'],
  ['task/shop/0b', 'ResourceNotFoundException'],
  ['task-definition/web:2', 'ResourceNotFoundException'],
  ['daemon/shop', 'InvalidParameterException'],
  ['constructor/shop', 'InvalidParameterException'],
])('refuses to tag %s', (resource, code) => {
  const aws = tagged()
  const tags = [{ key: 'stage', value: 'dev' }]
  const before = JSON.stringify(aws.region.tags)
  expect(() => aws.call('ecs', 'TagResource', { resourceArn: `${ecs}:${resource}`, tags })).toThrow(
    expect.objectContaining({ code, status: 400 }),
  )
  expect(JSON.stringify(aws.region.tags)).toBe(before)
})

it('refuses a resource in another region', () => {
  const aws = tagged()
  for (const resource of ['cluster/shop', 'service/shop/web', 'task/shop/TASK', 'task-definition/web:1']) {
    const resourceArn = `arn:aws:ecs:eu-west-1:123456789012:${resourceIn(aws, resource)}`
    expect(() => listed(aws, resourceArn)).toThrow(expect.objectContaining({ code: 'ResourceNotFoundException' }))
  }
})

it('refuses an invalid ARN', () => {
  expect(() => listed(tagged(), 'shop')).toThrow(expect.objectContaining({ code: 'InvalidParameterException' }))
})
