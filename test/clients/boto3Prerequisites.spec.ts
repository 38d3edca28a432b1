// boto3 and what deployments stand on: schedules, roles, parameters, secrets, objects and scalable targets.
import { expect, test } from 'vitest'
import { neverCalled, prerequisites } from './boto3.ts'
import { useDrivers } from './drivers.ts'

const { boto3 } = useDrivers()

const arn = (service: string, rest: string): string => `arn:aws:${service}:us-east-1:123456789012:${rest}`
const date = { date: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) }
const RoleArn = 'arn:aws:iam::123456789012:role/scheduler'

test('schedules are created, changed, listed in groups, start their tasks, and are deleted', async () => {
  const scheduler = (method: string, input: object = {}): Promise<any> => boto3.call('scheduler', method, input)
  await boto3.call('ecs', 'create_cluster', { clusterName: 'shop' })
  const containerDefinitions = [{ name: 'job', image: 'job:1', memory: 64 }]
  await boto3.call('ecs', 'register_task_definition', { family: 'job', containerDefinitions })
  const { ScheduleGroupArn } = await scheduler('create_schedule_group', {
    Name: 'shop',
    Tags: [{ Key: 'a', Value: 'größe' }],
  })
  const schedule = {
    Name: 'often',
    GroupName: 'shop',
    ScheduleExpression: 'rate(1 minute)',
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: { Arn: arn('ecs', 'cluster/shop'), RoleArn, EcsParameters: { TaskDefinitionArn: 'job' } },
  }
  const { ScheduleArn } = await scheduler('create_schedule', { ...schedule, Description: 'x' })
  expect(ScheduleArn).toBe(arn('scheduler', 'schedule/shop/often'))
  const tasks = async (): Promise<string[]> =>
    (await boto3.call('ecs', 'list_tasks', { cluster: 'shop', desiredStatus: 'STOPPED' })).taskArns
  await expect.poll(async () => (await tasks()).length, { timeout: 20_000 }).toBeGreaterThan(1)
  await scheduler('update_schedule', { ...schedule, State: 'DISABLED' })
  const shown = await scheduler('get_schedule', { Name: 'often', GroupName: 'shop' })
  expect(shown).toMatchObject({ State: 'DISABLED', CreationDate: date, Target: { EcsParameters: { TaskCount: 1 } } })
  expect(shown.Description).toBeUndefined()
  await scheduler('create_schedule', { ...schedule, Name: 'never', GroupName: 'default', State: 'DISABLED' })
  const pages = await boto3.pages('scheduler', 'list_schedules', { PaginationConfig: { PageSize: 1 } })
  expect(pages.map((page) => page.Schedules.map(({ Name }: any) => Name))).toEqual([['never'], ['often']])
  await expect(scheduler('get_schedule', { Name: 'often' })).rejects.toMatchObject({
    code: 'ResourceNotFoundException',
    message: 'Schedule often does not exist.',
    status: 404,
  })
  await expect(scheduler('create_schedule', { ...schedule })).rejects.toMatchObject({
    code: 'ConflictException',
    status: 409,
  })

  await scheduler('tag_resource', { ResourceArn: ScheduleGroupArn, Tags: [{ Key: 'b', Value: '2' }] })
  await scheduler('untag_resource', { ResourceArn: ScheduleGroupArn, TagKeys: ['a'] })
  const { Tags } = await scheduler('list_tags_for_resource', { ResourceArn: ScheduleGroupArn })
  expect(Tags).toEqual([{ Key: 'b', Value: '2' }])
  expect(await scheduler('get_schedule_group', { Name: 'shop' })).toMatchObject({ State: 'ACTIVE', CreationDate: date })
  const groups = await boto3.pages('scheduler', 'list_schedule_groups')
  expect(groups.flatMap((page) => page.ScheduleGroups.map(({ Name }: any) => Name))).toEqual(['default', 'shop'])
  await scheduler('delete_schedule', { Name: 'never' })
  await scheduler('delete_schedule_group', { Name: 'shop' })
  await expect(scheduler('get_schedule_group', { Name: 'shop' })).rejects.toMatchObject({ status: 404 })
})

test('roles have a trust policy and inline policies, which decide in a simulation', async () => {
  const iam = (method: string, input: object = {}): Promise<any> => boto3.call('iam', method, input)
  const policy = (...Statement: object[]): string => JSON.stringify({ Version: '2012-10-17', Statement })
  const trust = { Effect: 'Allow', Principal: { Service: 'ecs-tasks.amazonaws.com' }, Action: 'sts:AssumeRole' }
  const { Role } = await iam('create_role', { RoleName: 'task', AssumeRolePolicyDocument: policy(trust) })
  const shown = (await iam('get_role', { RoleName: 'task' })).Role
  expect(shown).toMatchObject({ Arn: Role.Arn, CreateDate: date, AssumeRolePolicyDocument: { Statement: [trust] } })
  await expect(iam('get_role', { RoleName: 'none' })).rejects.toMatchObject({ code: 'NoSuchEntity', status: 404 })
  const PolicyDocument = policy({ Effect: 'Allow', Action: 'ecs:*', Resource: '*' })
  await iam('put_role_policy', { RoleName: 'task', PolicyName: 'p', PolicyDocument })
  await iam('put_user_policy', { UserName: 'local', PolicyName: 'p', PolicyDocument })
  for (const PolicySourceArn of [Role.Arn, 'arn:aws:iam::123456789012:user/local']) {
    const input = { PolicySourceArn, ActionNames: ['ecs:RunTask', 'iam:PassRole'] }
    const pages = await boto3.pages('iam', 'simulate_principal_policy', input)
    const results = pages.flatMap(({ EvaluationResults }) => EvaluationResults)
    expect(results.map(({ EvalDecision }) => EvalDecision)).toEqual(['allowed', 'implicitDeny'])
  }
  await iam('delete_user_policy', { UserName: 'local', PolicyName: 'p' })
  await expect(iam('delete_role', { RoleName: 'task' })).rejects.toMatchObject({ code: 'DeleteConflict', status: 409 })
  await iam('delete_role_policy', { RoleName: 'task', PolicyName: 'p' })
  await iam('delete_role', { RoleName: 'task' })
})

test('parameters are put, found by name, together and by path, and deleted', async () => {
  const ssm = (method: string, input: object = {}): Promise<any> => boto3.call('ssm', method, input)
  await ssm('put_parameter', { Name: '/shop/url', Value: 'größe', Type: 'String' })
  await ssm('put_parameter', { Name: '/shop/key', Value: 's3cret', Type: 'SecureString' })
  const { Parameter } = await ssm('get_parameter', { Name: '/shop/key', WithDecryption: true })
  expect(Parameter).toMatchObject({ Value: 's3cret', Version: 1, LastModifiedDate: date })
  const found = await ssm('get_parameters', { Names: ['/shop/url', '/none'] })
  expect(found).toMatchObject({ Parameters: [{ Value: 'größe' }], InvalidParameters: ['/none'] })
  const pages = await boto3.pages('ssm', 'get_parameters_by_path', { Path: '/shop', PaginationConfig: { PageSize: 1 } })
  expect(pages.flatMap(({ Parameters }) => Parameters.map(({ Name }: any) => Name))).toEqual(['/shop/key', '/shop/url'])
  const listed = await boto3.pages('ssm', 'describe_parameters')
  expect(listed.flatMap(({ Parameters }) => Parameters)).toHaveLength(2)
  await ssm('delete_parameter', { Name: '/shop/url' })
  await expect(ssm('get_parameter', { Name: '/shop/url' })).rejects.toMatchObject({
    code: 'ParameterNotFound',
    status: 400,
  })
})

test('secrets are created, read, described, listed and deleted', async () => {
  const secrets = (method: string, input: object = {}): Promise<any> => boto3.call('secretsmanager', method, input)
  const { ARN } = await secrets('create_secret', { Name: 'shop/db', SecretString: '{"user":"a"}' })
  await secrets('put_secret_value', { SecretId: ARN, SecretString: '{"user":"b"}' })
  const value = await secrets('get_secret_value', { SecretId: 'shop/db' })
  expect(value).toMatchObject({ ARN, SecretString: '{"user":"b"}', VersionStages: ['AWSCURRENT'], CreatedDate: date })
  const { VersionIdsToStages } = await secrets('describe_secret', { SecretId: 'shop/db' })
  expect(Object.values(VersionIdsToStages)).toEqual([['AWSPREVIOUS'], ['AWSCURRENT']])
  const pages = await boto3.pages('secretsmanager', 'list_secrets')
  expect(pages.flatMap(({ SecretList }) => SecretList)).toMatchObject([{ Name: 'shop/db' }])
  await secrets('delete_secret', { SecretId: 'shop/db', ForceDeleteWithoutRecovery: true })
  await expect(secrets('get_secret_value', { SecretId: 'shop/db' })).rejects.toMatchObject({
    code: 'ResourceNotFoundException',
    message: "Secrets Manager can't find the specified secret.",
  })
})

test('an object of S3 is a lock: written, read and deleted on conditions', async () => {
  const s3 = (method: string, input: object = {}): Promise<any> => boto3.call('s3', method, input)
  const [Bucket, Key] = ['locks', 'shop/lock']
  await s3('create_bucket', { Bucket })
  expect(await s3('head_bucket', { Bucket })).toMatchObject({ BucketRegion: 'us-east-1' })
  const { ETag } = await s3('put_object', { Bucket, Key, Body: 'größe', IfNoneMatch: '*' })
  await expect(s3('put_object', { Bucket, Key, Body: 'x', IfNoneMatch: '*' })).rejects.toMatchObject({
    code: 'PreconditionFailed',
    status: 412,
  })
  expect(await s3('head_object', { Bucket, Key })).toMatchObject({ ETag, ContentLength: 7, LastModified: date })
  expect(await s3('get_object', { Bucket, Key })).toMatchObject({ ETag, Body: 'größe' })
  await expect(s3('delete_object', { Bucket, Key, IfMatch: '"other"' })).rejects.toMatchObject({ status: 412 })
  await s3('delete_object', { Bucket, Key, IfMatch: ETag })
  await expect(s3('get_object', { Bucket, Key })).rejects.toMatchObject({ code: 'NoSuchKey', status: 404 })
})

test('a service is registered as a scalable target, with a policy and a scheduled action', async () => {
  const scaling = (method: string, input: object = {}): Promise<any> =>
    boto3.call('application-autoscaling', method, input)
  const target = {
    ServiceNamespace: 'ecs',
    ResourceId: 'service/my_cluster/web',
    ScalableDimension: 'ecs:service:DesiredCount',
  }
  await scaling('register_scalable_target', { ...target, MinCapacity: 1, MaxCapacity: 4 })
  const TargetTrackingScalingPolicyConfiguration = {
    TargetValue: 62.5,
    PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' },
  }
  const policy = { PolicyName: 'cpu', PolicyType: 'TargetTrackingScaling', TargetTrackingScalingPolicyConfiguration }
  await scaling('put_scaling_policy', { ...target, ...policy })
  const action = {
    ScheduledActionName: 'night',
    Schedule: 'cron(0 22 * * ? *)',
    ScalableTargetAction: { MaxCapacity: 1 },
  }
  await scaling('put_scheduled_action', { ...target, ...action })
  const ofEcs = { ServiceNamespace: 'ecs' }
  const [targets] = await boto3.pages('application-autoscaling', 'describe_scalable_targets', ofEcs)
  expect(targets.ScalableTargets).toMatchObject([{ ...target, MinCapacity: 1, MaxCapacity: 4, CreationTime: date }])
  const [policies] = await boto3.pages('application-autoscaling', 'describe_scaling_policies', ofEcs)
  expect(policies.ScalingPolicies).toMatchObject([policy])
  const [actions] = await boto3.pages('application-autoscaling', 'describe_scheduled_actions', ofEcs)
  expect(actions.ScheduledActions).toMatchObject([action])
  await scaling('delete_scaling_policy', { ...target, PolicyName: 'cpu' })
  await scaling('delete_scheduled_action', { ...target, ScheduledActionName: 'night' })
  await scaling('deregister_scalable_target', target)
  await expect(scaling('deregister_scalable_target', target)).rejects.toMatchObject({ code: 'ObjectNotFoundException' })
})

test('boto3 has called every operation that the local AWS has of these services', () => {
  expect(neverCalled(boto3, (service) => prerequisites.includes(service))).toEqual([])
})
