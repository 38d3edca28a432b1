import { expect, test } from 'vitest'
import type { Unchecked } from '../../../src/local/world/operation.ts'
import { localAws } from '../support.ts'
import type { TestAws } from '../support.ts'

const vpc = 'vpc-0123456789abcdef0'
const subnet = 'subnet-0123456789abcdef1'
const tag = (aws: TestAws, Resources: string[], ...Tags: Unchecked[]): unknown =>
  aws.call('ec2', 'CreateTags', { Resources, Tags })
const tagsOf = (aws: TestAws, id: string): Unchecked[] =>
  aws.call('ec2', 'DescribeTags', { Filters: [{ Name: 'resource-id', Values: [id] }] }).Tags

test('tags are set on several resources at once, and an existing key gets the new value', () => {
  const aws = localAws()
  tag(aws, [vpc, subnet], { Key: 'team', Value: 'shop' }, { Key: 'empty' })
  tag(aws, [vpc], { Key: 'team', Value: 'jobs' })
  expect(tagsOf(aws, vpc)).toEqual([
    { Key: 'team', Value: 'jobs', ResourceId: vpc, ResourceType: 'vpc' },
    { Key: 'empty', Value: '', ResourceId: vpc, ResourceType: 'vpc' },
  ])
  expect(aws.call('ec2', 'DescribeVpcs').Vpcs[0].Tags).toEqual([
    { Key: 'team', Value: 'jobs' },
    { Key: 'empty', Value: '' },
  ])
  expect(tagsOf(aws, subnet)).toHaveLength(2)
})

test('resources can be found by their tags', () => {
  const aws = localAws()
  tag(aws, [subnet], { Key: 'tier', Value: 'private' })
  const found = (Name: string, value: string): string[] =>
    aws
      .call('ec2', 'DescribeSubnets', { Filters: [{ Name, Values: [value] }] })
      .Subnets.map(({ SubnetId }: Unchecked) => SubnetId)
  expect(found('tag:tier', 'priv*')).toEqual([subnet])
  expect(found('tag:tier', 'public')).toEqual([])
  expect(found('tag-key', 'tier')).toEqual([subnet])
})

test('tags are deleted by key, by key and value, and all at once', () => {
  const aws = localAws()
  const keys = (): string[] => tagsOf(aws, vpc).map(({ Key }) => Key)
  tag(aws, [vpc], { Key: 'a', Value: '1' }, { Key: 'b', Value: '2' }, { Key: 'c', Value: '3' })
  aws.call('ec2', 'DeleteTags', { Resources: [vpc], Tags: [{ Key: 'a' }, { Key: 'b', Value: 'another' }] })
  expect(keys()).toEqual(['b', 'c'])
  aws.call('ec2', 'DeleteTags', { Resources: [vpc] })
  expect([keys(), aws.region.tags]).toEqual([[], {}])
})

test('DescribeTags has the tags of EC2 only', () => {
  const aws = localAws()
  aws.call('ecs', 'CreateCluster', { clusterName: 'shop', tags: [{ key: 'team', value: 'shop' }] })
  tag(aws, [vpc], { Key: 'team', Value: 'shop' })
  expect(aws.call('ec2', 'DescribeTags').Tags).toMatchObject([{ ResourceId: vpc }])
})

test.each([
  ['a key of AWS', [vpc], [{ Key: 'aws:cloudformation:stack-name', Value: 'x' }], 'InvalidParameterValue'],
  ['a tag without a key', [vpc], [{ Value: 'x' }], 'InvalidParameterValue'],
  ['a resource that is not there', [vpc, 'subnet-1'], [{ Key: 'a' }], 'InvalidSubnetID.NotFound'],
  ['a resource of another kind', ['web'], [{ Key: 'a' }], 'InvalidID'],
  ['the 51st tag', [vpc], Array.from({ length: 51 }, (_, index) => ({ Key: `${index}` })), 'TagLimitExceeded'],
])('%s is refused, and nothing is tagged', (_title, Resources, Tags, code) => {
  const aws = localAws()
  expect(() => aws.call('ec2', 'CreateTags', { Resources, Tags })).toThrow(expect.objectContaining({ code }))
  expect(aws.region.tags).toEqual({})
})
