import { describe, expect, test } from 'vitest'
import { operations } from '../../src/local/operations.ts'
import type { Boto3 } from './boto3.ts'
import { useDrivers } from './drivers.ts'

const drivers = useDrivers()
const boto3: Boto3 = {
  call: (...of) => drivers().boto3.call(...of),
  pages: (...of) => drivers().boto3.pages(...of),
  wait: (...of) => drivers().boto3.wait(...of),
  get called() {
    return drivers().boto3.called
  },
}

const arn = (service: string, rest: string): string => `arn:aws:${service}:us-east-1:123456789012:${rest}`
const nameOf = (text: string): string => text.split('/').at(-1)!
const soon = { Delay: 1, MaxAttempts: 60 }
const containers = (tag: string): object[] => [{ name: 'app', image: `shop/app:${tag}`, memory: 128 }]
const date = { date: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) }

describe('boto3 and ECS', () => {
  test('clusters are made, described with what is missing, and listed by its paginator', async () => {
    expect((await boto3.call('ecs', 'create_cluster', { clusterName: 'shop' })).cluster).toMatchObject({
      clusterName: 'shop',
      status: 'ACTIVE',
    })
    const { clusters, failures } = await boto3.call('ecs', 'describe_clusters', { clusters: ['shop', 'nope'] })
    expect(clusters).toHaveLength(1)
    expect(failures).toEqual([{ arn: arn('ecs', 'cluster/nope'), reason: 'MISSING' }])
    const pages = await boto3.pages('ecs', 'list_clusters', { PaginationConfig: { PageSize: 1 } })
    expect(pages.flatMap(({ clusterArns }) => clusterArns.map(nameOf))).toEqual(['my_cluster', 'shop'])
  })

  test('task definitions are registered, described, paged, deregistered and deleted', async () => {
    for (const tag of ['v1', 'v2', 'v3', 'v4', 'v5']) {
      const tags = [{ key: 'tag', value: tag }]
      const { taskDefinition } = await boto3.call('ecs', 'register_task_definition', {
        family: 'app',
        containerDefinitions: containers(tag),
        tags,
      })
      expect(taskDefinition).toMatchObject({ status: 'ACTIVE', registeredAt: date })
    }
    const { taskDefinition, tags } = await boto3.call('ecs', 'describe_task_definition', {
      taskDefinition: 'app',
      include: ['TAGS'],
    })
    expect(taskDefinition).toMatchObject({ revision: 5, containerDefinitions: [{ image: 'shop/app:v5', cpu: 0 }] })
    expect(tags).toEqual([{ key: 'tag', value: 'v5' }])
    const pages = await boto3.pages('ecs', 'list_task_definitions', {
      familyPrefix: 'app',
      sort: 'DESC',
      PaginationConfig: { PageSize: 2 },
    })
    expect(pages.map(({ taskDefinitionArns }) => taskDefinitionArns.map(nameOf))).toEqual([
      ['app:5', 'app:4'],
      ['app:3', 'app:2'],
      ['app:1'],
    ])
    const families = await boto3.pages('ecs', 'list_task_definition_families', { familyPrefix: 'app' })
    expect(families.flatMap((page) => page.families)).toEqual(['app'])
    const gone = await boto3.call('ecs', 'deregister_task_definition', { taskDefinition: 'app:1' })
    expect(gone.taskDefinition).toMatchObject({ status: 'INACTIVE', deregisteredAt: date })
    const deleted = await boto3.call('ecs', 'delete_task_definitions', { taskDefinitions: ['app:1', 'app:2'] })
    expect(deleted.taskDefinitions).toMatchObject([{ revision: 1, status: 'DELETE_IN_PROGRESS' }])
    expect(deleted.failures).toHaveLength(1)
  })

  test('a service comes up and rolls, services_stable sees it each time, and both deployments are on record', async () => {
    const app = { cluster: 'shop', service: 'app' }
    const stable = { cluster: 'shop', services: ['app'], WaiterConfig: soon }
    const made = await boto3.call('ecs', 'create_service', {
      cluster: 'shop',
      serviceName: 'app',
      taskDefinition: 'app:3',
      desiredCount: 2,
    })
    expect(made.service).toMatchObject({ status: 'ACTIVE', runningCount: 0, deployments: [{ createdAt: date }] })
    await boto3.wait('ecs', 'services_stable', stable)
    await boto3.call('ecs', 'update_service', { ...app, taskDefinition: 'app:4' })
    await boto3.wait('ecs', 'services_stable', stable)
    const { services } = await boto3.call('ecs', 'describe_services', { cluster: 'shop', services: ['app'] })
    expect(services).toMatchObject([
      {
        runningCount: 2,
        taskDefinition: expect.stringMatching(/app:4$/),
        deployments: [{ rolloutState: 'COMPLETED' }],
      },
    ])
    expect(services[0].events[0]).toMatchObject({
      message: '(service app) has reached a steady state.',
      createdAt: date,
    })
    const pages = await boto3.pages('ecs', 'list_services', { cluster: 'shop' })
    expect(pages.flatMap(({ serviceArns }) => serviceArns.map(nameOf))).toEqual(['app'])

    const { serviceDeployments: known } = await boto3.call('ecs', 'list_service_deployments', app)
    expect(known).toHaveLength(2)
    expect(known[0]).toMatchObject({ status: 'SUCCESSFUL', finishedAt: date })
    const { serviceDeployments } = await boto3.call('ecs', 'describe_service_deployments', {
      serviceDeploymentArns: [known[0].serviceDeploymentArn],
    })
    const revision = serviceDeployments[0].targetServiceRevision.arn
    const { serviceRevisions } = await boto3.call('ecs', 'describe_service_revisions', {
      serviceRevisionArns: [revision],
    })
    expect(serviceRevisions).toMatchObject([{ taskDefinition: expect.stringMatching(/app:4$/), createdAt: date }])
    const serviceDeploymentArn = known[0].serviceDeploymentArn
    await expect(boto3.call('ecs', 'stop_service_deployment', { serviceDeploymentArn })).rejects.toMatchObject({
      code: 'ConflictException',
      status: 400,
    })
    await expect(
      boto3.call('ecs', 'continue_service_deployment', { serviceDeploymentArn, hookId: 'hook' }),
    ).rejects.toMatchObject({ code: 'InvalidParameterException' })
  })

  test('tasks run, are listed and stopped, and the waiters for both see it', async () => {
    const family = 'migration'
    await boto3.call('ecs', 'register_task_definition', { family, containerDefinitions: containers('slow-10m') })
    const { tasks, failures } = await boto3.call('ecs', 'run_task', {
      cluster: 'shop',
      taskDefinition: family,
      count: 2,
    })
    expect(failures).toEqual([])
    const arns = tasks.map(({ taskArn }: any) => taskArn)
    await boto3.wait('ecs', 'tasks_running', { cluster: 'shop', tasks: arns, WaiterConfig: soon })
    const pages = await boto3.pages('ecs', 'list_tasks', { cluster: 'shop', family, PaginationConfig: { PageSize: 1 } })
    expect(pages.flatMap(({ taskArns }) => taskArns).toSorted()).toEqual(arns.toSorted())
    for (const task of arns) await boto3.call('ecs', 'stop_task', { cluster: 'shop', task, reason: 'enough' })
    await boto3.wait('ecs', 'tasks_stopped', { cluster: 'shop', tasks: arns, WaiterConfig: soon })
    const stopped = await boto3.call('ecs', 'describe_tasks', { cluster: 'shop', tasks: [arns[0]] })
    expect(stopped.tasks).toMatchObject([{ lastStatus: 'STOPPED', stopCode: 'UserInitiated', stoppedAt: date }])
  })

  test('tags are put, listed and taken away; a service and its cluster go, and services_inactive sees it', async () => {
    const resourceArn = arn('ecs', 'service/shop/app')
    await boto3.call('ecs', 'tag_resource', { resourceArn, tags: [{ key: 'team', value: 'shop' }] })
    const tagged = await boto3.call('ecs', 'list_tags_for_resource', { resourceArn })
    expect(tagged.tags).toEqual([{ key: 'team', value: 'shop' }])
    await boto3.call('ecs', 'untag_resource', { resourceArn, tagKeys: ['team'] })
    expect((await boto3.call('ecs', 'list_tags_for_resource', { resourceArn })).tags).toEqual([])
    await boto3.call('ecs', 'delete_service', { cluster: 'shop', service: 'app', force: true })
    await boto3.wait('ecs', 'services_inactive', { cluster: 'shop', services: ['app'], WaiterConfig: soon })
    const { cluster } = await boto3.call('ecs', 'delete_cluster', { cluster: 'shop' })
    expect(cluster.status).toBe('INACTIVE')
    await expect(boto3.call('ecs', 'describe_services', { cluster: 'nope', services: ['app'] })).rejects.toMatchObject({
      code: 'ClusterNotFoundException',
      message: 'Cluster not found.',
      status: 400,
    })
  })
})

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

test('boto3 and SNS: a topic, what is published to it, and its end', async () => {
  const { TopicArn } = await boto3.call('sns', 'create_topic', {
    Name: 'deploys',
    Attributes: { DisplayName: 'A & B' },
  })
  const { Attributes } = await boto3.call('sns', 'get_topic_attributes', { TopicArn })
  expect(Attributes).toMatchObject({ TopicArn, DisplayName: 'A & B' })
  const Message = 'größe <&> "🚀"\n'
  const { MessageId } = await boto3.call('sns', 'publish', { TargetArn: TopicArn, Message })
  const answer = await fetch(`${drivers().local.url}/_local/published?topic=${TopicArn}`)
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

test('boto3 and STS: who it is', async () => {
  expect(await boto3.call('sts', 'get_caller_identity')).toMatchObject({
    Account: '123456789012',
    Arn: 'arn:aws:iam::123456789012:user/local',
  })
})

test('boto3 and CloudWatch Logs: groups, streams, and events by each of the ways to read them', async () => {
  const stream = { logGroupName: '/shop', logStreamName: 'app/1' }
  await boto3.call('logs', 'create_log_group', { logGroupName: '/shop' })
  await boto3.call('logs', 'create_log_stream', stream)
  const { regions } = (await (await fetch(`${drivers().local.url}/_local/world`)).json()) as any
  expect(Object.keys(regions)).toEqual(['us-east-1'])
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
})

test('boto3 and Elastic Load Balancing: from the load balancer to its targets, and back to nothing', async () => {
  const elb = (method: string, input: object = {}): Promise<any> => boto3.call('elbv2', method, input)
  const certificate = (id: string): string => arn('acm', `certificate/${id}`)
  const made = await elb('create_load_balancer', {
    Name: 'shop',
    Subnets: ['subnet-1', 'subnet-2'],
    SecurityGroups: ['sg-1'],
  })
  const { LoadBalancerArn } = made.LoadBalancers[0]
  await boto3.wait('elbv2', 'load_balancer_available', { LoadBalancerArns: [LoadBalancerArn], WaiterConfig: soon })
  const pages = await boto3.pages('elbv2', 'describe_load_balancers')
  expect(pages.flatMap((page) => page.LoadBalancers)).toMatchObject([{ LoadBalancerName: 'shop', CreatedTime: date }])
  await elb('set_subnets', { LoadBalancerArn, Subnets: ['subnet-2', 'subnet-3'] })
  await elb('set_security_groups', { LoadBalancerArn, SecurityGroups: ['sg-2'] })
  const Attributes = [{ Key: 'idle_timeout.timeout_seconds', Value: '30' }]
  await elb('modify_load_balancer_attributes', { LoadBalancerArn, Attributes })
  expect((await elb('describe_load_balancer_attributes', { LoadBalancerArn })).Attributes).toEqual(
    expect.arrayContaining(Attributes),
  )

  const group = await elb('create_target_group', {
    Name: 'app',
    Protocol: 'HTTP',
    Port: 80,
    VpcId: 'vpc-1',
    TargetType: 'ip',
  })
  const { TargetGroupArn } = group.TargetGroups[0]
  await elb('modify_target_group', { TargetGroupArn, HealthCheckPath: '/up' })
  const drain = [{ Key: 'deregistration_delay.timeout_seconds', Value: '10' }]
  await elb('modify_target_group_attributes', { TargetGroupArn, Attributes: drain })
  expect((await elb('describe_target_group_attributes', { TargetGroupArn })).Attributes).toEqual(
    expect.arrayContaining(drain),
  )

  const DefaultActions = [{ Type: 'forward', TargetGroupArn }]
  const Certificates = [{ CertificateArn: certificate('1') }]
  const listener = await elb('create_listener', {
    LoadBalancerArn,
    Protocol: 'HTTPS',
    Port: 443,
    Certificates,
    DefaultActions,
  })
  const { ListenerArn } = listener.Listeners[0]
  await elb('modify_listener', { ListenerArn, Port: 8443 })
  expect((await elb('describe_listeners', { LoadBalancerArn })).Listeners).toMatchObject([{ Port: 8443 }])
  const second = { ListenerArn, Certificates: [{ CertificateArn: certificate('2') }] }
  await elb('add_listener_certificates', second)
  expect((await elb('describe_listener_certificates', { ListenerArn })).Certificates).toHaveLength(2)
  await elb('remove_listener_certificates', second)
  const Conditions = [{ Field: 'path-pattern', PathPatternConfig: { Values: ['/api/*'] } }]
  const rule = await elb('create_rule', { ListenerArn, Priority: 10, Conditions, Actions: DefaultActions })
  const { RuleArn } = rule.Rules[0]
  expect((await elb('describe_rules', { ListenerArn })).Rules.map(({ Priority }: any) => Priority)).toEqual([
    '10',
    'default',
  ])

  const Targets = [{ Id: '10.0.0.1', Port: 8080 }]
  await elb('register_targets', { TargetGroupArn, Targets })
  await boto3.wait('elbv2', 'target_in_service', { TargetGroupArn, WaiterConfig: soon })
  const health = await elb('describe_target_health', { TargetGroupArn })
  expect(health.TargetHealthDescriptions).toMatchObject([
    { Target: { Id: '10.0.0.1' }, TargetHealth: { State: 'healthy' } },
  ])
  await elb('deregister_targets', { TargetGroupArn, Targets })
  await boto3.wait('elbv2', 'target_deregistered', { TargetGroupArn, Targets, WaiterConfig: soon })

  await elb('add_tags', { ResourceArns: [TargetGroupArn], Tags: [{ Key: 'team', Value: 'shop' }] })
  expect((await elb('describe_tags', { ResourceArns: [TargetGroupArn] })).TagDescriptions[0].Tags).toEqual([
    { Key: 'team', Value: 'shop' },
  ])
  await elb('remove_tags', { ResourceArns: [TargetGroupArn], TagKeys: ['team'] })
  await expect(elb('delete_target_group', { TargetGroupArn })).rejects.toMatchObject({ code: 'ResourceInUse' })
  await elb('delete_rule', { RuleArn })
  await elb('delete_listener', { ListenerArn })
  await elb('delete_target_group', { TargetGroupArn })
  expect((await elb('describe_target_groups')).TargetGroups).toEqual([])
  await elb('delete_load_balancer', { LoadBalancerArn })
  await boto3.wait('elbv2', 'load_balancers_deleted', { LoadBalancerArns: [LoadBalancerArn], WaiterConfig: soon })
})

test('boto3 has called every operation that the local AWS has', () => {
  const known = Object.entries(operations).flatMap(([service, table]) =>
    Object.keys(table).map((name) => `${service}.${name}`),
  )
  const called = new Set(Array.from(boto3.called, (method) => method.replaceAll('_', '')))
  expect(known.filter((name) => !called.has(name.toLowerCase()))).toEqual([])
})

/** Milliseconds since 1970 by the clock of the local AWS. */
async function localNow(): Promise<number> {
  const answer = await fetch(`${drivers().local.url}/_local/world`)
  return ((await answer.json()) as { now: number }).now
}
