import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  GetLogEventsCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import {
  ClusterNotFoundException,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ECSClient,
  ListClustersCommand,
  ListTagsForResourceCommand,
  RegisterTaskDefinitionCommand,
  paginateListTaskDefinitions,
} from '@aws-sdk/client-ecs'
import { DescribeRuleCommand, EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge'
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  DeleteTargetGroupCommand,
  DescribeTagsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  RegisterTargetsCommand,
  ResourceInUseException,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { CreateTopicCommand, GetTopicAttributesCommand, PublishCommand, SNSClient } from '@aws-sdk/client-sns'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { nameOf } from '../../src/local/world/arn.ts'
import { createLocalAws } from '../../src/local/localAws.ts'
import type { LocalAws } from '../../src/local/localAws.ts'
import { startServer } from '../../src/local/wire/server.ts'
import type { LocalServer } from '../../src/local/wire/server.ts'
import { start } from './support.ts'

let local: LocalAws
let server: LocalServer
let settings: {
  endpoint: string
  region: string
  maxAttempts: number
  credentials: { accessKeyId: string; secretAccessKey: string }
}
beforeEach(async () => {
  local = createLocalAws({ now: () => start + 123 })
  server = await startServer(local, { port: 0 })
  settings = {
    endpoint: server.url,
    region: 'eu-west-1',
    maxAttempts: 1,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
  }
})
afterEach(() => server.close())

const register = (image: string): RegisterTaskDefinitionCommand =>
  new RegisterTaskDefinitionCommand({
    family: 'web',
    containerDefinitions: [{ name: 'web', image, memory: 128, dockerLabels: { 'com.example/team': 'shop' } }],
    tags: [{ key: 'team', value: 'shop' }],
  })

test('the ECS client works against the local AWS', async () => {
  const ecs = new ECSClient(settings)
  const { taskDefinition, $metadata } = await ecs.send(register('web:v1'))
  expect($metadata).toMatchObject({
    httpStatusCode: 200,
    attempts: 1,
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
  })
  expect(taskDefinition).toMatchObject({
    taskDefinitionArn: 'arn:aws:ecs:eu-west-1:123456789012:task-definition/web:1',
    containerDefinitions: [{ image: 'web:v1', dockerLabels: { 'com.example/team': 'shop' } }],
  })
  expect(taskDefinition!.registeredAt).toEqual(new Date(start + 123))
  const { tags } = await ecs.send(new ListTagsForResourceCommand({ resourceArn: taskDefinition!.taskDefinitionArn }))
  expect(tags).toEqual([{ key: 'team', value: 'shop' }])
})

test('the paginators of the ECS client get every page', async () => {
  const ecs = new ECSClient(settings)
  for (let count = 1; count <= 7; count += 1) await ecs.send(register(`web:v${count}`))
  const pages: string[][] = []
  for await (const page of paginateListTaskDefinitions({ client: ecs, pageSize: 3 }, { familyPrefix: 'web' })) {
    pages.push(page.taskDefinitionArns!.map(nameOf))
  }
  expect(pages).toEqual([['web:1', 'web:2', 'web:3'], ['web:4', 'web:5', 'web:6'], ['web:7']])
})

test('refusals of ECS arrive as the errors of the client', async () => {
  const ecs = new ECSClient(settings)
  await expect(ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: 'web' }))).rejects.toMatchObject({
    name: 'ClientException',
    $fault: 'client',
    $metadata: { httpStatusCode: 400 },
  })
  await expect(ecs.send(new DescribeTasksCommand({ cluster: 'shop', tasks: ['x'] }))).rejects.toThrow(
    ClusterNotFoundException,
  )
})

test('an empty bucket arrives as a throttling error that the client retries', async () => {
  const ecs = new ECSClient(settings)
  for (let count = 0; count < 50; count += 1) await ecs.send(new ListClustersCommand({}))
  await expect(ecs.send(new ListClustersCommand({}))).rejects.toMatchObject({
    name: 'ThrottlingException',
    message: 'Rate exceeded',
    $metadata: { httpStatusCode: 400, totalRetryDelay: 0 },
  })
})

test('the EventBridge client works against the local AWS, and refusals have their message', async () => {
  const events = new EventBridgeClient(settings)
  await expect(events.send(new DescribeRuleCommand({ Name: 'nightly' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'Rule nightly does not exist on EventBus default.',
  })
  const { RuleArn } = await events.send(new PutRuleCommand({ Name: 'nightly', ScheduleExpression: 'rate(1 day)' }))
  expect(RuleArn).toBe('arn:aws:events:eu-west-1:123456789012:rule/nightly')
  const targets = [{ Id: 'queue', Arn: 'arn:aws:sqs:eu-west-1:123456789012:queue' }]
  const put = await events.send(new PutTargetsCommand({ Rule: 'nightly', Targets: targets }))
  expect(put).toMatchObject({ FailedEntryCount: 0, FailedEntries: [] })
})

test('the CloudWatch Logs client works against the local AWS, in milliseconds', async () => {
  const logs = new CloudWatchLogsClient(settings)
  const stream = { logGroupName: '/ecs/web', logStreamName: 'web/web/1' }
  await logs.send(new CreateLogGroupCommand({ logGroupName: stream.logGroupName }))
  await logs.send(new CreateLogStreamCommand(stream))
  await logs.send(new PutLogEventsCommand({ ...stream, logEvents: [{ timestamp: start, message: 'größe "5"\n' }] }))
  const { events } = await logs.send(new GetLogEventsCommand(stream))
  expect(events).toMatchObject([{ timestamp: start, message: 'größe "5"\n' }])
})

test('the SNS client works against the local AWS in forms and XML', async () => {
  const sns = new SNSClient(settings)
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'deploys', Attributes: { DisplayName: 'A & B' } }))
  expect(TopicArn).toBe('arn:aws:sns:eu-west-1:123456789012:deploys')
  const Message = 'a=b&c <d> "e" größe 🚀\r\n+%20'
  const MessageAttributes = {
    method: { DataType: 'String', StringValue: 'update_service' },
    tries: { DataType: 'Number', StringValue: '3' },
  }
  const { MessageId, $metadata } = await sns.send(
    new PublishCommand({ TopicArn, Message, Subject: 'x', MessageAttributes }),
  )
  expect(MessageId).toMatch(/^[0-9a-f-]{36}$/)
  expect($metadata.requestId).toMatch(/^[0-9a-f-]{36}$/)
  const [published] = local.world.regions['eu-west-1']!.topics[TopicArn!]!.published
  expect(published).toMatchObject({ MessageId, Message, Subject: 'x', MessageAttributes })
  const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn }))
  expect(Attributes).toMatchObject({ TopicArn, DisplayName: 'A & B' })
})

test('refusals of SNS arrive as the errors of the client', async () => {
  const sns = new SNSClient(settings)
  const TopicArn = 'arn:aws:sns:eu-west-1:123456789012:no<such>'
  await expect(sns.send(new PublishCommand({ TopicArn, Message: 'x' }))).rejects.toMatchObject({
    name: 'NotFoundException',
    message: 'Topic does not exist',
    $metadata: { httpStatusCode: 404 },
  })
})

test('an empty SNS bucket arrives under the Query protocol’s name for it', async () => {
  const sns = new SNSClient(settings)
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'deploys' }))
  local.world.regions['eu-west-1']!.buckets['SNS publish'] = { tokens: 0, at: local.world.now }
  await expect(sns.send(new PublishCommand({ TopicArn, Message: 'x' }))).rejects.toMatchObject({
    name: 'Throttling',
    message: 'Rate exceeded',
  })
})

test('the ELB client works against the local AWS, and refusals arrive as its own errors', async () => {
  const elb = new ElasticLoadBalancingV2Client(settings)
  const Tags = [{ Key: 'team', Value: 'shop + co' }]
  const { LoadBalancers } = await elb.send(
    new CreateLoadBalancerCommand({ Name: 'web', Subnets: ['subnet-1', 'subnet-2'], Tags }),
  )
  expect(LoadBalancers).toMatchObject([
    { CreatedTime: new Date(start + 123), State: { Code: 'provisioning' }, AvailabilityZones: [{}, {}] },
  ])
  const LoadBalancerArn = LoadBalancers![0]!.LoadBalancerArn!
  const { TargetGroups } = await elb.send(
    new CreateTargetGroupCommand({ Name: 'web', Protocol: 'HTTP', Port: 80, VpcId: 'vpc-1', TargetType: 'ip' }),
  )
  expect(TargetGroups).toMatchObject([
    { HealthCheckEnabled: true, HealthCheckIntervalSeconds: 30, LoadBalancerArns: [] },
  ])
  const TargetGroupArn = TargetGroups![0]!.TargetGroupArn!
  const DefaultActions = [{ Type: 'forward' as const, TargetGroupArn }]
  await elb.send(new CreateListenerCommand({ LoadBalancerArn, Protocol: 'HTTP', Port: 80, DefaultActions }))
  await elb.send(new RegisterTargetsCommand({ TargetGroupArn, Targets: [{ Id: '10.0.0.1', Port: 8080 }] }))
  const { TargetHealthDescriptions } = await elb.send(new DescribeTargetHealthCommand({ TargetGroupArn }))
  expect(TargetHealthDescriptions).toMatchObject([
    { Target: { Id: '10.0.0.1', Port: 8080 }, TargetHealth: { State: 'initial' } },
  ])
  const { TagDescriptions } = await elb.send(new DescribeTagsCommand({ ResourceArns: [LoadBalancerArn] }))
  expect(TagDescriptions).toEqual([{ ResourceArn: LoadBalancerArn, Tags }])
  await expect(elb.send(new DeleteTargetGroupCommand({ TargetGroupArn }))).rejects.toThrow(ResourceInUseException)
})

test('the STS client learns who calls', async () => {
  const identity = await new STSClient(settings).send(new GetCallerIdentityCommand({}))
  expect(identity).toMatchObject({ Account: '123456789012', Arn: 'arn:aws:iam::123456789012:user/local' })
})
