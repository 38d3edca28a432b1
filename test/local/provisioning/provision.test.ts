import { expect, test } from 'vitest'
import type { Provision } from '../../../src/local/provisioning/provision.ts'
import { balancedTargetGroup, behind, createTargetGroup, states } from '../balancedWeb.ts'
import { localAws } from '../support.ts'
import type { TestAws } from '../support.ts'

const topic = 'arn:aws:sns:us-east-1:999999999999:deploys'

const wanted: Provision = {
  region: 'us-east-1',
  clusters: ['jobs'],
  services: [
    {
      cluster: 'shop',
      service: 'web',
      taskDefinition: { family: 'web', containerDefinitions: [{ name: 'web', image: 'web:v1', memory: 128 }] },
    },
  ],
  rules: [{ name: 'nightly', targets: [{ Id: 'web', Arn: 'x', EcsParameters: { TaskDefinitionArn: 'web:1' } }] }],
  topics: [topic],
}

const ask = (aws: TestAws, method: string, path: string, body: unknown = ''): { status: number; output: any } => {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const answer = aws.handle({ method, path, headers: {}, body: text })
  return { status: answer.status, output: JSON.parse(answer.body) }
}

const provision = (aws: TestAws, body: unknown): ReturnType<typeof ask> => ask(aws, 'POST', '/_local/provision', body)

test('creates and reports every prerequisite of a definition', () => {
  expect(provision(localAws(), wanted)).toEqual({
    status: 200,
    output: {
      made: [
        'cluster jobs',
        'cluster shop',
        'task definition web:1',
        'service shop/web',
        'rule default/nightly',
        `topic ${topic}`,
      ],
    },
  })
})

test('a task definition whose container has no image yet has tasks all the same', () => {
  const aws = localAws()
  const taskDefinition = { family: 'web', containerDefinitions: [{ name: 'web' }] }
  const services = [{ cluster: 'shop', service: 'web', taskDefinition }]
  expect(provision(aws, { services }).status).toBe(200)
  const tasks = Object.values(aws.region.tasks).map(({ task }) => task)
  expect(tasks).toMatchObject([{ lastStatus: 'RUNNING' }, { lastStatus: 'RUNNING' }])
})

test('existing resources are left alone: a second provision creates and changes nothing', () => {
  const aws = localAws()
  provision(aws, wanted)
  const before = JSON.stringify(aws.world)
  expect(provision(aws, wanted)).toEqual({ status: 200, output: { made: [] } })
  expect(JSON.stringify(aws.world)).toBe(before)
})

test('provisioned resources outlive the process', () => {
  const aws = localAws()
  provision(aws, wanted)
  const again = localAws({ world: JSON.parse(aws.saved.at(-1)!) })
  expect(provision(again, wanted).output).toEqual({ made: [] })
})

test('a provisioned service is settled: two tasks run, its deployment is complete, nothing more happens', () => {
  const aws = localAws()
  provision(aws, wanted)
  const described = (): any => aws.call('ecs', 'DescribeServices', { cluster: 'shop', services: ['web'] }).services[0]
  const service = described()
  expect(service).toMatchObject({
    status: 'ACTIVE',
    desiredCount: 2,
    runningCount: 2,
    pendingCount: 0,
    launchType: 'EC2',
    taskDefinition: 'arn:aws:ecs:us-east-1:123456789012:task-definition/web:1',
    deploymentConfiguration: {
      minimumHealthyPercent: 100,
      maximumPercent: 200,
      deploymentCircuitBreaker: { enable: true, rollback: true },
    },
    deployments: [{ status: 'PRIMARY', rolloutState: 'COMPLETED', runningCount: 2 }],
  })
  const { taskArns } = aws.call('ecs', 'ListTasks', { cluster: 'shop', serviceName: 'web' })
  const { tasks } = aws.call('ecs', 'DescribeTasks', { cluster: 'shop', tasks: taskArns })
  expect(tasks.map(({ lastStatus }: { lastStatus: string }) => lastStatus)).toEqual(['RUNNING', 'RUNNING'])
  aws.advance(600_000)
  expect(described()).toEqual(service)
})

test('a service of a Fargate task definition runs on Fargate, in a network', () => {
  const aws = localAws()
  const taskDefinition = {
    family: 'web',
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    cpu: '256',
    memory: '512',
    containerDefinitions: [{ name: 'web', image: 'web:v1' }],
  }
  provision(aws, { services: [{ service: 'web', taskDefinition }] })
  expect(aws.call('ecs', 'DescribeServices', { services: ['web'] }).services[0]).toMatchObject({
    launchType: 'FARGATE',
    runningCount: 2,
    networkConfiguration: { awsvpcConfiguration: { subnets: [expect.stringMatching(/^subnet-/)] } },
  })
})

test('a family that has an ACTIVE revision gets no new one', () => {
  const aws = localAws()
  provision(aws, wanted)
  const other = { ...wanted.services![0]!, service: 'web-two' }
  expect(provision(aws, { services: [other] }).output).toEqual({ made: ['service shop/web-two'] })
  expect(aws.call('ecs', 'ListTaskDefinitions').taskDefinitionArns).toHaveLength(1)
})

test('a family whose revisions are all deregistered gets a new one', () => {
  const aws = localAws()
  const { taskDefinition } = wanted.services![0]!
  aws.call('ecs', 'RegisterTaskDefinition', taskDefinition)
  aws.call('ecs', 'DeregisterTaskDefinition', { taskDefinition: 'web:1' })
  expect(provision(aws, { services: [{ service: 'web', taskDefinition }] }).output.made).toContain(
    'task definition web:2',
  )
})

test('a deleted cluster and a deleted service are created again', () => {
  const aws = localAws()
  provision(aws, wanted)
  aws.call('ecs', 'DeleteService', { cluster: 'shop', service: 'web', force: true })
  aws.advance(600_000)
  aws.call('ecs', 'DeleteCluster', { cluster: 'jobs' })
  expect(provision(aws, wanted).output).toEqual({ made: ['cluster jobs', 'service shop/web'] })
})

test('a provisioned rule is scheduled, enabled, and has its targets', () => {
  const aws = localAws()
  provision(aws, wanted)
  expect(aws.call('events', 'DescribeRule', { Name: 'nightly' })).toMatchObject({
    Arn: 'arn:aws:events:us-east-1:123456789012:rule/nightly',
    ScheduleExpression: 'rate(1 day)',
    State: 'ENABLED',
  })
  expect(aws.call('events', 'ListTargetsByRule', { Rule: 'nightly' }).Targets).toEqual(wanted.rules![0]!.targets)
})

test('ARNs of the real account name the same things as their names', () => {
  const aws = localAws()
  provision(aws, wanted)
  const service = { ...wanted.services![0]!, cluster: 'arn:aws:ecs:us-east-1:999999999999:cluster/shop' }
  const rule = { name: 'arn:aws:events:us-east-1:999999999999:rule/nightly' }
  expect(provision(aws, { services: [service], rules: [rule] }).output).toEqual({ made: [] })
})

test('a rule of another bus is created there', () => {
  const aws = localAws()
  expect(provision(aws, { rules: [{ name: 'nightly', eventBusName: 'orders' }] }).output.made).toEqual([
    'rule orders/nightly',
  ])
  expect(aws.call('events', 'DescribeRule', { Name: 'nightly', EventBusName: 'orders' })).toMatchObject({
    State: 'ENABLED',
  })
  expect(() => aws.call('events', 'DescribeRule', { Name: 'nightly' })).toThrow('nightly does not exist')
})

test('only the requested region is provisioned', () => {
  const aws = localAws({ region: 'eu-west-1' })
  provision(aws, { region: 'eu-west-1', clusters: ['shop'] })
  expect(aws.call('ecs', 'ListClusters').clusterArns).toEqual(['arn:aws:ecs:eu-west-1:123456789012:cluster/shop'])
  expect(aws.world.regions['us-east-1']?.clusters ?? {}).toEqual({})
})

test('messages published to a topic can be read back', () => {
  const aws = localAws()
  provision(aws, wanted)
  const path = `/_local/published?topic=${encodeURIComponent(topic)}`
  expect(ask(aws, 'GET', path)).toEqual({ status: 200, output: { published: [] } })
  aws.call('sns', 'Publish', { TopicArn: topic, Message: 'deployed <v1> & "more"', Subject: 'deploy' })
  expect(ask(aws, 'GET', path)).toMatchObject({
    status: 200,
    output: { published: [{ Message: 'deployed <v1> & "more"', Subject: 'deploy' }] },
  })
})

test.each([
  '/_local/published',
  '/_local/published?topic=arn:aws:sns:us-east-1:1:no',
  '/_local/published?topic=__proto__',
])('%s is a topic that does not exist', (path) => {
  expect(ask(localAws(), 'GET', path)).toMatchObject({ status: 404, output: { __type: 'NotFound' } })
})

test('the whole state can be read', () => {
  const aws = localAws()
  provision(aws, wanted)
  expect(ask(aws, 'GET', '/_local/world')).toEqual({ status: 200, output: JSON.parse(JSON.stringify(aws.world)) })
})

test('an unknown control path is refused, with a warning', () => {
  const aws = localAws()
  expect(ask(aws, 'GET', '/_local/weather')).toMatchObject({
    status: 404,
    output: { __type: 'UnknownOperationException' },
  })
  expect(ask(aws, 'GET', '/_local/provision')).toMatchObject({ status: 404 })
  expect(aws.warnings).toEqual([
    'GET /_local/weather is nothing that the local AWS has',
    'GET /_local/provision is nothing that the local AWS has',
  ])
})

test.each(['', '{', 'null', '5'])('%j provisions nothing', (body) => {
  expect(provision(localAws(), body)).toMatchObject({ status: 400, output: { __type: 'SerializationException' } })
})

test('a service without a family is refused by name', () => {
  expect(provision(localAws(), { services: [{ service: 'web', taskDefinition: {} }] })).toMatchObject({
    status: 400,
    output: { __type: 'ValidationException', message: 'The service web needs a task definition with a family.' },
  })
})

test('a service gets the load balancers whose target groups exist and are in use, and is settled behind them', () => {
  const aws = localAws()
  const group = balancedTargetGroup(aws)
  const unused = createTargetGroup(aws, 'unused')
  const container = { name: 'web', image: 'web:v1', memory: 128, portMappings: [{ containerPort: 8080 }] }
  const taskDefinition = { family: 'web', networkMode: 'awsvpc', containerDefinitions: [container] }
  const loadBalancers = behind(group, unused, 'arn:aws:elasticloadbalancing:us-east-1:999999999999:targetgroup/web/0')
  expect(provision(aws, { services: [{ service: 'web', taskDefinition, loadBalancers }] }).status).toBe(200)
  expect(aws.call('ecs', 'DescribeServices', { services: ['web'] }).services).toMatchObject([
    { runningCount: 2, loadBalancers: behind(group), deployments: [{ rolloutState: 'COMPLETED' }] },
  ])
  expect([states(aws, group), states(aws, unused)]).toEqual([['healthy', 'healthy'], []])
})

test('provisioned instances have joined their cluster, and services run on them', () => {
  const aws = localAws()
  const containerInstances = [
    { cluster: 'shop', ec2InstanceId: 'i-1' },
    { cluster: 'shop', ec2InstanceId: 'i-2', instanceType: 'm5.large', cpu: 4096, memory: 7684 },
  ]
  const { output } = provision(aws, { containerInstances, services: wanted.services })
  expect(output.made).toEqual([
    'cluster shop',
    'container instance shop/i-1',
    'container instance shop/i-2',
    'task definition web:1',
    'service shop/web',
  ])
  expect(provision(aws, { containerInstances }).output).toEqual({ made: [] })
  const arns = aws.call('ecs', 'ListContainerInstances', { cluster: 'shop' }).containerInstanceArns
  const described = aws.call('ecs', 'DescribeContainerInstances', { cluster: 'shop', containerInstances: arns })
  expect(described.containerInstances).toMatchObject([
    { ec2InstanceId: 'i-1', runningTasksCount: 1 },
    { ec2InstanceId: 'i-2', runningTasksCount: 1 },
  ])
  expect(described.containerInstances[1].attributes).toContainEqual({ name: 'ecs.instance-type', value: 'm5.large' })
})

test('existing load balancers and target groups are provisioned by their ARNs, ready for services', () => {
  const aws = localAws()
  const arn = 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shared/50dc6c495c0c9188'
  const group = 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/admin/73e2d6bc24d8a067'
  const body = { loadBalancers: [arn], targetGroups: [{ arn: group, targetType: 'ip' }] }
  expect(provision(aws, body).output).toEqual({ made: ['load balancer shared', 'target group admin'] })
  expect(provision(aws, body).output).toEqual({ made: [] })
  expect(aws.call('elbv2', 'DescribeLoadBalancers', { LoadBalancerArns: [arn] })).toMatchObject({
    LoadBalancers: [{ LoadBalancerName: 'shared', Type: 'application', State: { Code: 'active' } }],
  })
  const { TargetGroups } = aws.call('elbv2', 'DescribeTargetGroups', { TargetGroupArns: [group] })
  expect(TargetGroups).toMatchObject([{ TargetGroupName: 'admin', TargetType: 'ip' }])
  expect(TargetGroups[0].LoadBalancerArns).toHaveLength(1)
})

test('log groups are made by name, and those that the containers of services write to', () => {
  const aws = localAws()
  const logging = (name: string, options: object): object => ({
    name,
    image: 'web:v1',
    memory: 128,
    logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-region': 'us-east-1', ...options } },
  })
  const containerDefinitions = [
    logging('web', { 'awslogs-group': '/ecs/web' }),
    logging('proxy', { 'awslogs-group': '/ecs/web' }),
    logging('agent', { 'awslogs-group': '/ecs/agent', 'awslogs-create-group': 'true' }),
  ]
  const services = [{ service: 'web', taskDefinition: { family: 'web', containerDefinitions } }]
  expect(provision(aws, { services, logGroups: ['/jobs'] }).output.made).toEqual([
    'cluster default',
    'log group /jobs',
    'log group /ecs/web',
    'task definition web:1',
    'service default/web',
  ])
  const { services: described } = aws.call('ecs', 'DescribeServices', { services: ['web'] })
  expect(described).toMatchObject([{ runningCount: 2, deployments: [{ rolloutState: 'COMPLETED' }] }])
  expect(Object.keys(aws.region.logs)).toEqual(['/jobs', '/ecs/web', '/ecs/agent'])
  expect(provision(aws, { logGroups: ['/jobs', 'no group'] })).toMatchObject({ status: 400 })
})
