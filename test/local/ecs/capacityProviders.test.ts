import { describe, expect, it } from 'vitest'
import type { Unchecked } from '../../../src/local/world/operation.ts'
import { localAws } from '../support.ts'
import type { TestAws } from '../support.ts'

function shop(): TestAws {
  const aws = localAws()
  aws.call('ecs', 'CreateCluster', { clusterName: 'shop' })
  return aws
}
const create = (aws: TestAws, name: string, more: Unchecked = {}): Unchecked =>
  aws.call('ecs', 'CreateCapacityProvider', {
    name,
    autoScalingGroupProvider: { autoScalingGroupArn: 'arn:x' },
    ...more,
  })
const put = (aws: TestAws, capacityProviders: string[], defaultCapacityProviderStrategy: Unchecked[] = []): Unchecked =>
  aws.call('ecs', 'PutClusterCapacityProviders', {
    cluster: 'shop',
    capacityProviders,
    defaultCapacityProviderStrategy,
  }).cluster
const names = (aws: TestAws, input: Unchecked = {}): string[] =>
  aws.call('ecs', 'DescribeCapacityProviders', input).capacityProviders.map((each: Unchecked) => each.name)
const refused = (code: string, message?: string): object =>
  expect.objectContaining({ code, status: 400, ...(message !== undefined && { message }) })

describe('capacity providers', () => {
  it('are Fargate’s two and those that somebody created', () => {
    const aws = shop()
    const { capacityProvider } = create(aws, 'spot', { tags: [{ key: 'a', value: 'b' }] })
    expect(capacityProvider).toMatchObject({ name: 'spot', status: 'ACTIVE' })
    expect(names(aws)).toEqual(['FARGATE', 'FARGATE_SPOT', 'spot'])
    const { capacityProviders, failures } = aws.call('ecs', 'DescribeCapacityProviders', {
      capacityProviders: [capacityProvider.capacityProviderArn, 'none'],
      include: ['TAGS'],
    })
    expect(capacityProviders).toMatchObject([{ name: 'spot', tags: [{ key: 'a', value: 'b' }] }])
    expect(failures).toEqual([{ arn: 'arn:aws:ecs:us-east-1:123456789012:capacity-provider/none', reason: 'MISSING' }])
    for (const name of ['spot', 'aws-spot', 'fargate2', 'a b']) {
      expect(() => create(aws, name)).toThrow(refused('InvalidParameterException'))
    }
  })

  it('of a cluster are replaced whole, and must be there', () => {
    const aws = shop()
    create(aws, 'spot')
    const strategy = [{ capacityProvider: 'spot', weight: 1 }]
    expect(put(aws, ['spot', 'FARGATE'], strategy)).toMatchObject({
      capacityProviders: ['spot', 'FARGATE'],
      defaultCapacityProviderStrategy: strategy,
    })
    expect(names(aws, { cluster: 'shop' })).toEqual(['spot', 'FARGATE'])
    const before = JSON.stringify(aws.region.clusters)
    expect(() => put(aws, ['none'])).toThrow(
      refused(
        'InvalidParameterException',
        'The specified capacity provider was not found. Specify a valid name or ARN and try again.',
      ),
    )
    expect(() => put(aws, ['FARGATE'], strategy)).toThrow(refused('InvalidParameterException'))
    expect(JSON.stringify(aws.region.clusters)).toBe(before)
    expect(put(aws, [])).toMatchObject({ capacityProviders: [], defaultCapacityProviderStrategy: [] })
  })

  it('that a service uses stay with its cluster', () => {
    const aws = shop()
    put(aws, ['FARGATE', 'FARGATE_SPOT'])
    aws.call('ecs', 'RegisterTaskDefinition', {
      family: 'web',
      requiresCompatibilities: ['FARGATE'],
      networkMode: 'awsvpc',
      cpu: '256',
      memory: '512',
      containerDefinitions: [{ name: 'web', image: 'web:1' }],
    })
    aws.call('ecs', 'CreateService', {
      cluster: 'shop',
      serviceName: 'web',
      taskDefinition: 'web',
      desiredCount: 1,
      capacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }],
      networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'] } },
    })
    expect(() => put(aws, ['FARGATE'])).toThrow(refused('ResourceInUseException'))
    expect(put(aws, ['FARGATE_SPOT']).capacityProviders).toEqual(['FARGATE_SPOT'])
  })
})
