// A local AWS in this process that has everything a deploy needs, and some of what it cannot use.
import type { Declared } from '../../../src/definition/definition.ts'
import { sdkTransport } from '../../../src/aws/sdk.ts'
import { read } from '../../../src/definition/read.ts'
import { type Clock, systemClock } from '../../../src/ground/clock.ts'
import type { Finding } from '../../../src/deploy/verify/finding.ts'
import { subjectsOf } from '../../../src/deploy/verify/subject.ts'
import { verify } from '../../../src/deploy/verify/verify.ts'
import { type Meddle, stage } from '../support.ts'

export const account = '123456789012'
export const ecr = `${account}.dkr.ecr.us-east-1.amazonaws.com`
export const cluster = (name: string): string => `arn:aws:ecs:us-east-1:${account}:cluster/${name}`
export const role = (name: string): string => `arn:aws:iam::${account}:role/${name}`
export const targetGroup = (name: string): string =>
  `arn:aws:elasticloadbalancing:us-east-1:${account}:targetgroup/${name}/0123456789abcdef`
export const network = (subnets = ['subnet-1'], securityGroups = ['sg-1']) => ({
  awsvpcConfiguration: { subnets, securityGroups },
})

type TaskDefinition = Declared['taskDefinition']
type Container = TaskDefinition['containerDefinitions'][number]

const breaker = { deploymentCircuitBreaker: { enable: true, rollback: true } }

/** A service on Fargate behind a load balancer, with a migration, a rule, secrets and a log. */
export function web({
  container = {},
  taskDefinition = {},
  ...more
}: Partial<Omit<Declared, 'taskDefinition'>> & {
  container?: Partial<Container>
  taskDefinition?: Partial<TaskDefinition>
} = {}): Declared {
  const migrate = { containerOverrides: [{ name: 'web', command: ['./migrate'] }] }
  return {
    taskDefinition: {
      family: 'web',
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      cpu: '256',
      memory: '512',
      taskRoleArn: role('web'),
      executionRoleArn: role('execution'),
      containerDefinitions: [
        {
          name: 'web',
          image: `${ecr}/web:<image_tag>`,
          portMappings: [{ containerPort: 80 }],
          secrets: [
            { name: 'KEY', valueFrom: '/web/key' },
            { name: 'PASSWORD', valueFrom: `${secretArn('web')}:password::` },
          ],
          logConfiguration: {
            logDriver: 'awslogs',
            options: { 'awslogs-group': 'web', 'awslogs-region': 'us-east-1', 'awslogs-stream-prefix': 'web' },
          },
          ...container,
        },
      ],
      ...taskDefinition,
    },
    updateServices: [{ cluster: 'my_cluster', service: 'web' }],
    runTasks: [{ cluster: 'my_cluster', overrides: migrate }],
    eventTargets: [
      {
        Rule: 'nightly',
        Targets: [{ Id: 'web', Arn: cluster('my_cluster'), RoleArn: role('events'), EcsParameters: inNetwork }],
      },
    ],
    schedules: [{ Name: 'nightly' }],
    ...more,
  }
}

/** A service on instances. */
export function worker(service = 'worker', more: Partial<Container> = {}, clusterName = 'my_cluster'): Declared {
  return {
    taskDefinition: {
      family: 'worker',
      containerDefinitions: [{ name: 'worker', image: `${ecr}/web:<image_tag>`, cpu: 256, memory: 512, ...more }],
    },
    updateServices: [{ cluster: clusterName, service }],
  }
}

/** As EventBridge and EventBridge Scheduler spell it. */
export const inNetwork = {
  NetworkConfiguration: { awsvpcConfiguration: { Subnets: ['subnet-1'], SecurityGroups: ['sg-1'] } },
}

const suffixes = new Map<string, string>()

/** The ARN of a secret in the world below; it has six characters that AWS draws. */
export const secretArn = (name: string): string =>
  suffixes.get(name) ?? `arn:aws:secretsmanager:us-east-1:${account}:secret:${name}-AbCdEf`

/** The world. What is named for a fault is there for a definition to point at. Whoever asks has the policy, if one is named. */
export function wholeWorld(
  meddle?: Meddle,
  enforced: Pick<NonNullable<Parameters<typeof stage>[1]>, 'policy' | 'decisions'> = {},
) {
  const staged = stage([], {
    made: {
      clusters: ['my_cluster', 'small', 'empty'],
      capacityProviders: ['FARGATE', 'FARGATE_SPOT'].map((capacityProvider) => ({
        cluster: 'my_cluster',
        capacityProvider,
      })),
      vpcs: [
        { id: 'vpc-1', subnets: [{ id: 'subnet-1' }, { id: 'subnet-2' }], securityGroups: ['sg-1'] },
        { id: 'vpc-2', subnets: [{ id: 'subnet-9' }], securityGroups: ['sg-9'] },
      ],
      targetGroups: [
        { arn: targetGroup('web'), targetType: 'ip' },
        { arn: targetGroup('instances'), targetType: 'instance' },
      ],
      containerInstances: [
        { cluster: 'my_cluster', ec2InstanceId: 'i-0000000000000001', cpu: 2048, memory: 4096 },
        { cluster: 'small', ec2InstanceId: 'i-0000000000000002', cpu: 1024, memory: 400 },
      ],
      logGroups: ['web', 'web-other'],
      rules: [
        { name: 'nightly' },
        {
          name: 'full',
          targets: [1, 2, 3, 4, 5].map((Id) => ({ Id: `t${Id}`, Arn: `arn:aws:sqs:us-east-1:${account}:q${Id}` })),
        },
      ],
    },
    ...(meddle && { meddle }),
    ...enforced,
  })
  const { call } = staged
  const trusting = (Service: string): string =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }],
    })
  const roles = {
    web: 'ecs-tasks',
    execution: 'ecs-tasks',
    events: 'events',
    untrusted: 'ec2',
    cron: 'scheduler',
    'may-not-run': 'scheduler',
    'may-not-pass': 'events',
  }
  for (const [RoleName, service] of Object.entries(roles)) {
    call('iam', 'CreateRole', { RoleName, AssumeRolePolicyDocument: trusting(`${service}.amazonaws.com`) })
  }
  const run = { Effect: 'Allow', Action: 'ecs:RunTask', Resource: '*' }
  const pass = (...Resource: string[]) => ({
    Effect: 'Allow',
    Action: 'iam:PassRole',
    Resource,
    Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
  })
  const policies = {
    ...Object.fromEntries(['web', 'events', 'cron'].map((name) => [name, [run, pass('*')]])),
    'may-not-run': [pass('*')],
    'may-not-pass': [run, pass(role('web'))],
  }
  for (const [RoleName, Statement] of Object.entries(policies)) {
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement })
    call('iam', 'PutRolePolicy', { RoleName, PolicyName: 'tasks', PolicyDocument })
  }
  call('scheduler', 'CreateScheduleGroup', { Name: 'jobs' })
  const schedule = (Name: string, family: string, Target: object, GroupName = 'default'): void => {
    const TaskDefinitionArn = `arn:aws:ecs:us-east-1:${account}:task-definition/${family}:1`
    call('scheduler', 'CreateSchedule', {
      Name,
      GroupName,
      ScheduleExpression: 'cron(0 3 * * ? *)',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: { Arn: cluster('my_cluster'), RoleArn: role('cron'), EcsParameters: { TaskDefinitionArn, ...Target } },
    })
  }
  const lost = { NetworkConfiguration: { awsvpcConfiguration: { Subnets: ['subnet-404'] } } }
  schedule('nightly', 'web', inNetwork)
  schedule('bare', 'other', {})
  schedule('lost', 'other', lost)
  schedule('theirs', 'theirs', inNetwork, 'jobs')
  call('scheduler', 'CreateSchedule', {
    Name: 'queue',
    ScheduleExpression: 'rate(1 day)',
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: { Arn: `arn:aws:sqs:us-east-1:${account}:queue`, RoleArn: role('cron') },
  })
  call('ssm', 'PutParameter', { Name: '/web/key', Value: 'the-parameter', Type: 'SecureString' })
  const secrets = { web: '{"password":"the-secret-value"}', text: 'the-secret-text', gone: '{}' }
  for (const [Name, SecretString] of Object.entries(secrets)) {
    suffixes.set(Name, call('secretsmanager', 'CreateSecret', { Name, SecretString }).ARN)
  }
  call('secretsmanager', 'DeleteSecret', { SecretId: 'gone' })
  push(staged.aws.handle, 'web', ['linux/amd64', 'linux/arm64'])
  push(staged.aws.handle, 'arm', ['linux/arm64'])
  const load = { targetGroupArn: targetGroup('web'), containerName: 'web', containerPort: 80 }
  const first = web().taskDefinition
  const register = (taskDefinition: object): string =>
    call('ecs', 'RegisterTaskDefinition', JSON.parse(JSON.stringify(taskDefinition).replaceAll('<image_tag>', 'v1')))
      .taskDefinition.taskDefinitionArn
  const onFargate = register(first)
  const onInstances = register(worker().taskDefinition)
  const create = (clusterName: string, serviceName: string, more: object): void =>
    void call('ecs', 'CreateService', {
      cluster: clusterName,
      serviceName,
      desiredCount: 1,
      taskDefinition: onInstances,
      deploymentConfiguration: breaker,
      ...more,
    })
  create('my_cluster', 'web', {
    taskDefinition: onFargate,
    launchType: 'FARGATE',
    networkConfiguration: network(),
    loadBalancers: [load],
  })
  create('my_cluster', 'worker', { launchType: 'EC2' })
  create('my_cluster', 'unbroken', { launchType: 'EC2', deploymentConfiguration: {} })
  create('my_cluster', 'others', {
    deploymentController: { type: 'EXTERNAL' },
    taskDefinition: undefined,
    deploymentConfiguration: undefined,
  })
  create('small', 'full', { launchType: 'EC2' })
  staged.sent.length = 0
  return staged
}

function push(
  handle: ReturnType<typeof stage>['aws']['handle'],
  repository: string,
  platforms: readonly string[],
): void {
  const body = JSON.stringify({ repository, tag: 'v1', platforms })
  handle({ method: 'POST', path: '/_local/push', headers: {}, body })
}

export type Staged = ReturnType<typeof wholeWorld>

/** Verifies classes, by their names, with the tag v1. Registries are real sockets, so it goes by the machine's clock. */
export async function verified(
  { settings }: Pick<Staged, 'settings'>,
  classes: Readonly<Record<string, Declared>>,
  tag = 'v1',
  clock: Clock = systemClock(),
): Promise<readonly Finding[]> {
  const definitions = Object.entries(classes).map(([name, declared]) => read(declared, name).definition)
  const transport = sdkTransport(settings, { clock })
  return (await verify(subjectsOf(definitions, tag), { transport, clock, env: {} })).findings
}

/** `error roles Web/taskDefinition/taskRoleArn: There is no role web.` */
export const told = ({ severity, check, where, what }: Finding): string => `${severity} ${check} ${where}: ${what}`
