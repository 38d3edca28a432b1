// A policy that was handed to the local AWS: what each call needs, and what AWS says where it is not allowed.
import { describe, expect, it } from 'vitest'
import { startLocalAws } from '../../src/local/index.ts'
import { createLocalAws } from '../../src/local/localAws.ts'
import type { Unchecked } from '../../src/local/world/operation.ts'
import { localAws, start } from './support.ts'

const statement = (more: object) => ({ Effect: 'Allow', Action: '*', Resource: '*', ...more })
const policy = (...Statement: object[]): string => JSON.stringify({ Version: '2012-10-17', Statement })
const everything = policy(statement({}))
const arn = (service: string, resource: string): string => `arn:aws:${service}:us-east-1:123456789012:${resource}`
const user = 'arn:aws:iam::123456789012:user/local'
const role = (name: string): string => `arn:aws:iam::123456789012:role/${name}`
const deploymentArn = arn('ecs', 'service-deployment/shop/web/abcdefghijklmnopqrstu')

/** A cluster with a service, and the same world with a policy. */
function world(document: string) {
  const open = localAws()
  open.call('ecs', 'CreateCluster', { clusterName: 'shop' })
  open.call('ecs', 'RegisterTaskDefinition', {
    family: 'web',
    taskRoleArn: role('task'),
    executionRoleArn: role('execution'),
    containerDefinitions: [{ name: 'web', image: 'web:1', memory: 64 }],
  })
  open.call('ecs', 'CreateService', { cluster: 'shop', serviceName: 'web', taskDefinition: 'web', desiredCount: 1 })
  return localAws({ world: open.world, policy: document })
}

/** What one call was asked about, answered by a policy that allows everything. */
function needed(service: string, operation: string, input: Unchecked): string[] {
  const told: string[] = []
  const { world: there } = world(everything)
  const aws = createLocalAws({
    now: () => start,
    world: there,
    throttle: false,
    policy: everything,
    decided: ({ action, resource, context }) => {
      const keys = [...context].filter(([key]) => !/^aws:(requestedregion|principal)/.test(key))
      told.push([action, resource, ...keys.map(([key, values]) => `${key}=${values.join(',')}`)].join(' '))
    },
  })
  aws.perform({ service, operation, input: () => input })
  return told
}

const cluster = `ecs:cluster=${arn('ecs', 'cluster/shop')}`
const passTasks = 'iam:passedtoservice=ecs-tasks.amazonaws.com'
const containerDefinitions = [{ name: 'web', image: 'web:2', memory: 64 }]

const scalable = {
  ServiceNamespace: 'ecs',
  ResourceId: 'service/shop/web',
  ScalableDimension: 'ecs:service:DesiredCount',
}
const ofTarget =
  'application-autoscaling:service-namespace=ecs application-autoscaling:scalable-dimension=ecs:service:DesiredCount'

describe('what a call needs', () => {
  it.each<[call: string, input: Unchecked, needed: string[]]>([
    [
      'ecs RegisterTaskDefinition',
      {
        family: 'web',
        containerDefinitions,
        taskRoleArn: 'task',
        executionRoleArn: role('path/execution'),
        tags: [{ key: 'team', value: 'x' }],
      },
      [
        `ecs:RegisterTaskDefinition ${arn('ecs', 'task-definition/web:*')} aws:requesttag/team=x aws:tagkeys=team`,
        `ecs:TagResource ${arn('ecs', 'task-definition/web:*')} aws:requesttag/team=x aws:tagkeys=team ecs:createaction=RegisterTaskDefinition`,
        `iam:PassRole ${role('task')} ${passTasks}`,
        `iam:PassRole ${role('path/execution')} ${passTasks}`,
      ],
    ],
    ['ecs DeregisterTaskDefinition', { taskDefinition: 'web:1' }, ['ecs:DeregisterTaskDefinition *']],
    ['ecs ListTaskDefinitions', { familyPrefix: 'web' }, ['ecs:ListTaskDefinitions *']],
    ['ecs DescribeTaskDefinition', { taskDefinition: 'web:1' }, ['ecs:DescribeTaskDefinition *']],
    ['ecs ListServices', { cluster: 'shop' }, [`ecs:ListServices * ${cluster}`]],
    ['ecs ListTasks', { cluster: 'shop' }, [`ecs:ListTasks ${arn('ecs', 'container-instance/shop/*')} ${cluster}`]],
    ['ecs DescribeClusters', { clusters: ['shop'] }, [`ecs:DescribeClusters ${arn('ecs', 'cluster/shop')}`]],
    [
      'ecs DescribeServices',
      { cluster: 'shop', services: ['web', arn('ecs', 'service/shop/api')] },
      ['web', 'api'].map((name) => `ecs:DescribeServices ${arn('ecs', `service/shop/${name}`)} ${cluster}`),
    ],
    ['ecs StopTask', { cluster: 'shop', task: '1' }, [`ecs:StopTask ${arn('ecs', 'task/shop/1')} ${cluster}`]],
    [
      'ecs RunTask',
      {
        cluster: 'shop',
        taskDefinition: 'web',
        enableExecuteCommand: true,
        overrides: { taskRoleArn: role('other') },
        propagateTags: 'TASK_DEFINITION',
      },
      [
        `ecs:RunTask ${arn('ecs', 'task-definition/web:1')} ${cluster} ecs:enable-execute-command=true aws:tagkeys=`,
        `ecs:TagResource ${arn('ecs', 'task/shop/*')} aws:tagkeys= ecs:createaction=RunTask`,
        `iam:PassRole ${role('other')} ${passTasks}`,
        `iam:PassRole ${role('execution')} ${passTasks}`,
      ],
    ],
    [
      'ecs UpdateService',
      { cluster: 'shop', service: 'web', taskDefinition: 'web:1' },
      [
        `ecs:UpdateService ${arn('ecs', 'service/shop/web')} ${cluster} ecs:task-definition=${arn('ecs', 'task-definition/web:1')}`,
        `iam:PassRole ${role('task')} ${passTasks}`,
        `iam:PassRole ${role('execution')} ${passTasks}`,
      ],
    ],
    [
      'ecs UpdateService',
      {
        cluster: 'shop',
        service: 'web',
        volumeConfigurations: [{ name: 'data', managedEBSVolume: { roleArn: role('ebs') } }],
      },
      [
        `ecs:UpdateService ${arn('ecs', 'service/shop/web')} ${cluster}`,
        `iam:PassRole ${role('ebs')} iam:passedtoservice=ecs.amazonaws.com`,
      ],
    ],
    [
      'ecs StopServiceDeployment',
      { serviceDeploymentArn: deploymentArn },
      [arn('ecs', 'service/shop/web'), deploymentArn].map(
        (one) => `ecs:StopServiceDeployment ${one} ${cluster} ecs:service=${arn('ecs', 'service/shop/web')}`,
      ),
    ],
    ['events ListEventBuses', {}, ['events:ListEventBuses *']],
    ['events ListTargetsByRule', { Rule: 'nightly' }, [`events:ListTargetsByRule ${arn('events', 'rule/nightly')}`]],
    [
      'events PutTargets',
      { Rule: 'nightly', EventBusName: 'own', Targets: [{ Id: 'x', Arn: 'arn:x', RoleArn: role('events') }] },
      [
        `events:PutTargets ${arn('events', 'rule/own/nightly')} events:targetarn=arn:x`,
        `iam:PassRole ${role('events')} iam:passedtoservice=events.amazonaws.com`,
      ],
    ],
    [
      'scheduler UpdateSchedule',
      {
        Name: 'nightly',
        GroupName: 'jobs',
        ScheduleExpression: 'rate(1 day)',
        FlexibleTimeWindow: { Mode: 'OFF' },
        Target: { Arn: arn('sqs', 'queue'), RoleArn: role('scheduler') },
      },
      [
        `scheduler:UpdateSchedule ${arn('scheduler', 'schedule/jobs/nightly')}`,
        `iam:PassRole ${role('scheduler')} iam:passedtoservice=scheduler.amazonaws.com`,
      ],
    ],
    [
      'scheduler GetSchedule',
      { Name: 'nightly' },
      [`scheduler:GetSchedule ${arn('scheduler', 'schedule/default/nightly')}`],
    ],
    ['scheduler ListSchedules', {}, ['scheduler:ListSchedules *']],
    ['sns Publish', { TopicArn: arn('sns', 'deploys'), Message: 'x' }, [`sns:Publish ${arn('sns', 'deploys')}`]],
    [
      'logs GetLogEvents',
      { logGroupName: '/ecs/web', logStreamName: 'web/web/1' },
      [`logs:GetLogEvents ${arn('logs', 'log-group:/ecs/web:log-stream:web/web/1')}`],
    ],
    [
      'ecr BatchGetImage',
      { registryId: '111122223333', repositoryName: 'web', imageIds: [{ imageTag: 'v1' }] },
      ['ecr:BatchGetImage arn:aws:ecr:us-east-1:111122223333:repository/web'],
    ],
    ['ecr GetAuthorizationToken', {}, ['ecr:GetAuthorizationToken *']],
    ['elbv2 DescribeTargetHealth', { TargetGroupArn: 'arn:x' }, ['elasticloadbalancing:DescribeTargetHealth *']],
    ['iam GetRole', { RoleName: 'task' }, [`iam:GetRole ${role('task')}`]],
    [
      'ssm GetParameters',
      { Names: ['/a/b', 'c'] },
      [`ssm:GetParameters ${arn('ssm', 'parameter/a/b')}`, `ssm:GetParameters ${arn('ssm', 'parameter/c')}`],
    ],
    [
      'secretsmanager DescribeSecret',
      { SecretId: 'db' },
      [`secretsmanager:DescribeSecret ${arn('secretsmanager', 'secret:db-??????')}`],
    ],
    ['s3 HeadObject', { Bucket: 'b', Key: 'k' }, ['s3:GetObject arn:aws:s3:::b/k']],
    [
      'applicationautoscaling RegisterScalableTarget',
      { ...scalable, MinCapacity: 1, MaxCapacity: 2 },
      [
        `application-autoscaling:RegisterScalableTarget ${arn('application-autoscaling', 'scalable-target/new')} ${ofTarget}`,
      ],
    ],
    [
      'applicationautoscaling DescribeScalableTargets',
      { ServiceNamespace: 'ecs' },
      ['application-autoscaling:DescribeScalableTargets *'],
    ],
    ['sts GetCallerIdentity', {}, []],
  ])('%s %j', (call, input, expected) => {
    const [service = '', operation = ''] = call.split(' ')
    expect(needed(service, operation, input)).toEqual(expected)
  })
})

const lacks = (action: string, resource: string): string =>
  `User: ${user} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`

describe('a call that the policy does not allow', () => {
  it.each<[call: string, input: Unchecked, code: string, status: number, message: string]>([
    [
      'ecs UpdateService',
      { cluster: 'shop', service: 'web' },
      'AccessDeniedException',
      400,
      lacks('ecs:UpdateService', arn('ecs', 'service/shop/web')),
    ],
    ['events ListEventBuses', {}, 'AccessDeniedException', 400, lacks('events:ListEventBuses', '*')],
    ['sns Publish', { TopicArn: 'arn:x', Message: 'x' }, 'AuthorizationError', 403, lacks('sns:Publish', 'arn:x')],
    [
      'elbv2 DescribeTargetHealth',
      { TargetGroupArn: 'arn:x' },
      'AccessDenied',
      403,
      lacks('elasticloadbalancing:DescribeTargetHealth', '*'),
    ],
    ['iam GetRole', { RoleName: 'x' }, 'AccessDenied', 403, lacks('iam:GetRole', role('x'))],
    [
      'ec2 DescribeInstances',
      {},
      'UnauthorizedOperation',
      403,
      `You are not authorized to perform this operation. ${lacks('ec2:DescribeInstances', '').replace(' on resource: ', '')}`,
    ],
    ['s3 GetObject', { Bucket: 'b', Key: 'k' }, 'AccessDenied', 403, lacks('s3:GetObject', '"arn:aws:s3:::b/k"')],
    ['route53 ListHostedZones', {}, 'AccessDenied', 403, lacks('route53:ListHostedZones', '*')],
  ])('%s is answered in the words of AWS', (call, input, code, status, message) => {
    const [service = '', operation = ''] = call.split(' ')
    const aws = createLocalAws({ now: () => start, throttle: false, policy: policy(statement({ Action: 'x:Y' })) })
    const answer = aws.perform({ service, operation, input: () => input })
    expect(answer).toEqual({ status, output: { __type: code, message } })
  })

  it('has done nothing', () => {
    const aws = world(policy(statement({ Action: 'ecs:Describe*' })))
    const before = JSON.stringify(aws.world)
    expect(() => aws.call('ecs', 'UpdateService', { cluster: 'shop', service: 'web', desiredCount: 3 })).toThrow(
      expect.objectContaining({ code: 'AccessDeniedException' }),
    )
    expect(JSON.stringify(aws.world)).toBe(before)
    expect(aws.call('ecs', 'DescribeServices', { cluster: 'shop', services: ['web'] }).services).toHaveLength(1)
  })

  it('lacks any one of several permissions', () => {
    const aws = world(
      policy(statement({}), statement({ Effect: 'Deny', Action: 'iam:PassRole', Resource: role('execution') })),
    )
    expect(() =>
      aws.call('ecs', 'UpdateService', { cluster: 'shop', service: 'web', taskDefinition: 'web:1' }),
    ).toThrow(
      `${user} is not authorized to perform: iam:PassRole on resource: ${role('execution')} with an explicit deny in an identity-based policy`,
    )
  })

  it('is one that the session of a role makes, which AWS names', () => {
    const AssumeRolePolicyDocument = JSON.stringify({
      Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }],
    })
    const open = localAws()
    open.call('iam', 'CreateRole', { RoleName: 'deploy', AssumeRolePolicyDocument })
    const { Credentials } = open.call('sts', 'AssumeRole', { RoleArn: role('deploy'), RoleSessionName: 'ci' })
    const { handle } = localAws({ world: open.world, policy: policy(statement({ Action: 'x:Y' })) })
    const { body } = handle({
      method: 'POST',
      path: '/',
      headers: {
        'x-amz-target': 'AmazonEC2ContainerServiceV20141113.ListClusters',
        authorization: `AWS4-HMAC-SHA256 Credential=${Credentials.AccessKeyId}/20260101/us-east-1/ecs/aws4_request, SignedHeaders=host, Signature=0`,
      },
      body: '{}',
    })
    expect(JSON.parse(body).message).toContain(
      'User: arn:aws:sts::123456789012:assumed-role/deploy/ci is not authorized',
    )
  })
})

describe('a server', () => {
  it('does not start with a policy that is malformed', async () => {
    await expect(startLocalAws({ policy: '{}' })).rejects.toThrow('The policy is malformed. Statement: there is none.')
  })

  it('enforces its policy', async () => {
    const aws = await startLocalAws({ policy: policy(statement({ Action: 'x:Y' })) })
    const headers = { 'x-amz-target': 'AmazonEC2ContainerServiceV20141113.ListClusters' }
    const answer = await fetch(aws.url, { method: 'POST', headers, body: '{}' })
    expect([answer.status, await answer.json()]).toEqual([
      400,
      { __type: 'AccessDeniedException', message: lacks('ecs:ListClusters', '*') },
    ])
    await aws.close()
  })
})

describe('the simulation of the caller', () => {
  const simulate = (document: string, PolicySourceArn: string) =>
    world(document)
      .call('iam', 'SimulatePrincipalPolicy', {
        PolicySourceArn,
        ActionNames: ['ecs:RunTask', 'iam:SimulatePrincipalPolicy'],
      })
      .EvaluationResults.map(({ EvalDecision }: Unchecked) => EvalDecision)

  it('answers from the policy that was handed', () => {
    expect(simulate(policy(statement({ Action: 'iam:*' })), user)).toEqual(['implicitDeny', 'allowed'])
  })

  it('needs a permission of its own', () => {
    expect(() => simulate(policy(statement({ Action: 'ecs:*' })), user)).toThrow(
      lacks('iam:SimulatePrincipalPolicy', user),
    )
  })
})
