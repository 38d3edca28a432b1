import { expect, test } from 'vitest'
import { neverCalled, prerequisites } from './boto3.ts'
import { useDrivers } from './drivers.ts'

const { boto3, local } = useDrivers()

const arn = (service: string, rest: string): string => `arn:aws:${service}:us-east-1:123456789012:${rest}`

test('boto3 and EventBridge: rules and their targets', async () => {
  const Targets = [
    {
      Id: 'app',
      Arn: arn('ecs', 'cluster/shop'),
      RoleArn: 'arn:aws:iam::123456789012:role/events',
      EcsParameters: { TaskDefinitionArn: arn('ecs', 'task-definition/app:4'), TaskCount: 2 },
    },
    { Id: 'queue', Arn: arn('sqs', 'queue') },
  ]
  const rule = await boto3.call('events', 'put_rule', { Name: 'hourly', ScheduleExpression: 'rate(1 hour)' })
  expect(rule.RuleArn).toBe(arn('events', 'rule/hourly'))
  await boto3.call('events', 'disable_rule', { Name: 'hourly' })
  expect(await boto3.call('events', 'describe_rule', { Name: 'hourly' })).toMatchObject({ State: 'DISABLED' })
  await boto3.call('events', 'enable_rule', { Name: 'hourly' })
  const tagged = { ResourceARN: rule.RuleArn }
  await boto3.call('events', 'tag_resource', { ...tagged, Tags: [{ Key: 'team', Value: 'größe' }] })
  const { Tags } = await boto3.call('events', 'list_tags_for_resource', tagged)
  expect(Tags).toEqual([{ Key: 'team', Value: 'größe' }])
  await boto3.call('events', 'untag_resource', { ...tagged, TagKeys: ['team'] })
  expect((await boto3.call('events', 'list_tags_for_resource', tagged)).Tags).toEqual([])
  const buses = await boto3.call('events', 'list_event_buses')
  expect(buses.EventBuses.map(({ Name }: any) => Name)).toContain('default')
  const rules = await boto3.pages('events', 'list_rules', { NamePrefix: 'h' })
  expect(rules.flatMap(({ Rules }) => Rules)).toMatchObject([{ Name: 'hourly', State: 'ENABLED' }])
  const put = await boto3.call('events', 'put_targets', { Rule: 'hourly', Targets })
  expect(put).toMatchObject({ FailedEntryCount: 0, FailedEntries: [] })
  const pages = await boto3.pages('events', 'list_targets_by_rule', {
    Rule: 'hourly',
    PaginationConfig: { PageSize: 1 },
  })
  expect(pages.flatMap((page) => page.Targets)).toEqual(Targets)
  const of = await boto3.pages('events', 'list_rule_names_by_target', { TargetArn: arn('sqs', 'queue') })
  expect(of.flatMap(({ RuleNames }) => RuleNames)).toEqual(['hourly'])
  await expect(boto3.call('events', 'delete_rule', { Name: 'hourly' })).rejects.toMatchObject({
    code: 'ValidationException',
  })
  await boto3.call('events', 'remove_targets', { Rule: 'hourly', Ids: ['app', 'queue'] })
  await boto3.call('events', 'delete_rule', { Name: 'hourly' })
  await expect(boto3.call('events', 'describe_rule', { Name: 'hourly' })).rejects.toMatchObject({
    code: 'ResourceNotFoundException',
    message: 'Rule hourly does not exist on EventBus default.',
  })
})

test('boto3 and EventBridge: buses of your own', async () => {
  const { EventBusArn } = await boto3.call('events', 'create_event_bus', { Name: 'orders', Description: 'Orders' })
  expect(EventBusArn).toBe(arn('events', 'event-bus/orders'))
  expect(await boto3.call('events', 'describe_event_bus', { Name: 'orders' })).toMatchObject({
    Description: 'Orders',
    CreationTime: { date: expect.any(String) },
  })
  await expect(boto3.call('events', 'create_event_bus', { Name: 'orders' })).rejects.toMatchObject({
    code: 'ResourceAlreadyExistsException',
  })
  await boto3.call('events', 'delete_event_bus', { Name: 'orders' })
})

test('boto3 and SNS: a topic, what is published to it, and its end', async () => {
  const { TopicArn } = await boto3.call('sns', 'create_topic', {
    Name: 'deploys',
    Attributes: { DisplayName: 'A & B' },
  })
  const { Attributes } = await boto3.call('sns', 'get_topic_attributes', { TopicArn })
  expect(Attributes).toMatchObject({ TopicArn, DisplayName: 'A & B' })
  const Message = 'größe <&> "🚀"\n'
  const { MessageId } = await boto3.call('sns', 'publish', { TargetArn: TopicArn, Message })
  const answer = await fetch(`${local().url}/_local/published?topic=${TopicArn}`)
  expect(await answer.json()).toMatchObject({ published: [{ MessageId, Message }] })
  const topics = await boto3.pages('sns', 'list_topics')
  expect(topics.flatMap(({ Topics }) => Topics)).toEqual([{ TopicArn }])
  await boto3.call('sns', 'delete_topic', { TopicArn })
  await expect(boto3.call('sns', 'publish', { TopicArn, Message })).rejects.toMatchObject({
    code: 'NotFound',
    message: 'Topic does not exist',
    status: 404,
  })
})

test('boto3 and ECR: a repository, what is pushed to it, and its digest', async () => {
  const { repository } = await boto3.call('ecr', 'create_repository', { repositoryName: 'web' })
  expect(repository.repositoryArn).toBe(arn('ecr', 'repository/web'))
  const imageManifest = JSON.stringify({ schemaVersion: 2, layers: [] })
  const { image } = await boto3.call('ecr', 'put_image', { repositoryName: 'web', imageManifest, imageTag: 'v1' })
  expect(image.imageId.imageDigest).toMatch(/^sha256:[0-9a-f]{64}$/)
  const ids = { repositoryName: 'web', imageIds: [{ imageTag: 'v1' }, { imageTag: 'v2' }] }
  expect(await boto3.call('ecr', 'batch_get_image', ids)).toMatchObject({
    images: [{ imageId: { imageTag: 'v1', imageDigest: image.imageId.imageDigest } }],
    failures: [{ imageId: { imageTag: 'v2' }, failureCode: 'ImageNotFound' }],
  })
  const body = JSON.stringify({ repository: 'web', tag: 'v3', platforms: ['linux/amd64', 'linux/arm64'] })
  const pushed = await fetch(`${local().url}/_local/push`, { method: 'POST', body })
  const { imageDigest } = (await pushed.json()) as { imageDigest: string }
  const images = await boto3.pages('ecr', 'describe_images', {
    repositoryName: 'web',
    PaginationConfig: { PageSize: 1 },
  })
  const tagged = images.flatMap(({ imageDetails }) => imageDetails).filter(({ imageTags }) => imageTags?.[0] === 'v3')
  expect(tagged).toMatchObject([{ imageDigest, imagePushedAt: { date: expect.any(String) } }])
  const repositories = await boto3.pages('ecr', 'describe_repositories')
  expect(repositories.flatMap((page) => page.repositories)).toMatchObject([{ repositoryName: 'web' }])
  const { authorizationData } = await boto3.call('ecr', 'get_authorization_token')
  expect(authorizationData).toMatchObject([{ expiresAt: { date: expect.any(String) } }])
})

test('boto3 and STS: who calls', async () => {
  expect(await boto3.call('sts', 'get_caller_identity')).toMatchObject({
    Account: '123456789012',
    Arn: 'arn:aws:iam::123456789012:user/local',
  })
})

test('boto3 and STS: a role that trusts the account is assumed, and no other', async () => {
  const assume = (role: string): Promise<any> =>
    boto3.call('sts', 'assume_role', { RoleArn: `arn:aws:iam::123456789012:role/${role}`, RoleSessionName: 'ci' })
  const Statement = [{ Effect: 'Allow', Principal: { AWS: '123456789012' }, Action: 'sts:AssumeRole' }]
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement })
  await boto3.call('iam', 'create_role', { RoleName: 'assumed', AssumeRolePolicyDocument })
  expect(await assume('assumed')).toMatchObject({
    Credentials: { AccessKeyId: expect.stringMatching(/^ASIA/), Expiration: { date: expect.any(String) } },
    AssumedRoleUser: { Arn: 'arn:aws:sts::123456789012:assumed-role/assumed/ci' },
  })
  await expect(assume('nobody')).rejects.toMatchObject({ code: 'AccessDenied', status: 403 })
})

test('boto3 and CloudWatch Logs: groups, streams, and events by each of the ways to read them', async () => {
  const stream = { logGroupName: '/shop', logStreamName: 'app/1' }
  await boto3.call('logs', 'create_log_group', { logGroupName: '/shop' })
  await boto3.call('logs', 'create_log_stream', stream)
  const timestamp = Math.floor(await localNow())
  const logEvents = ['one', 'two', 'three'].map((message, index) => ({ timestamp: timestamp + index, message }))
  await boto3.call('logs', 'put_log_events', { ...stream, logEvents })
  const { events } = await boto3.call('logs', 'get_log_events', { ...stream, startFromHead: true })
  expect(events.map(({ message }: any) => message)).toEqual(['one', 'two', 'three'])
  const found = await boto3.pages('logs', 'filter_log_events', { logGroupName: '/shop', filterPattern: 'two' })
  expect(found.flatMap((page) => page.events)).toMatchObject([{ message: 'two', logStreamName: 'app/1' }])
  const groups = await boto3.pages('logs', 'describe_log_groups', { logGroupNamePrefix: '/sh' })
  expect(groups.flatMap(({ logGroups }) => logGroups)).toMatchObject([{ logGroupName: '/shop' }])
  const streams = await boto3.pages('logs', 'describe_log_streams', { logGroupName: '/shop' })
  expect(streams.flatMap(({ logStreams }) => logStreams)).toMatchObject([{ logStreamName: 'app/1' }])
  const tail = { logGroupIdentifiers: [arn('logs', 'log-group:/shop')] }
  expect(await boto3.events('logs', 'start_live_tail', tail, 'responseStream', 2)).toMatchObject([
    { sessionStart: tail },
    { sessionUpdate: { sessionResults: [] } },
  ])
})

test('boto3 has called every operation that the local AWS has of all other services', () => {
  const elsewhere = ['ecs', 'elbv2', 'route53', 'servicediscovery', 'ec2', 'autoscaling', ...prerequisites]
  expect(neverCalled(boto3, (service) => !elsewhere.includes(service))).toEqual([])
})

/** Milliseconds since 1970 by the clock of the local AWS. */
async function localNow(): Promise<number> {
  const answer = await fetch(`${local().url}/_local/world`)
  return ((await answer.json()) as { now: number }).now
}
