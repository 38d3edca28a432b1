// What PutRule and PutTargets refuse.
import { type Row, rowsOf } from '../row.ts'
import { api, issue, measured } from './sources.ts'

const rule = rowsOf('events PutRule', 'ValidationException')
const target = rowsOf('events PutTargets', 'ValidationException')
const t = 'Targets.0'
const ecs = `${t}.EcsParameters`
const transformer = { base: 'a target with a transformer' }
const many = <T>(count: number, of: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => of(index))
const one = (Id: string) => ({ Id, Arn: 'arn:aws:sns:us-east-1:123456789012:topic' })
const subnets = (more: object) => ({ awsvpcConfiguration: { Subnets: ['subnet-1'], ...more } })

export const putRuleRows: readonly Row[] = [
  rule({ Name: 'no spaces' }, /regular expression pattern/, api),
  rule({ Name: 'x'.repeat(65) }, /length less than or equal to 64/, api),
  rule({ ScheduleExpression: undefined }, 'Parameter(s) EventPattern or ScheduleExpression must be specified.', api),
  rule({ ScheduleExpression: 'rate(1 hours)' }, 'Parameter ScheduleExpression is not valid.', api),
  rule({ ScheduleExpression: 'cron(0 12 * * *)' }, 'Parameter ScheduleExpression is not valid.', api),
  rule(
    { ScheduleExpression: 'cron(60 12 * * ? *)' },
    'Parameter ScheduleExpression is not valid.',
    measured('pf-events-rule-cron-fields'),
  ),
  rule(
    { ScheduleExpression: 'cron(0 12 * 13 ? *)' },
    'Parameter ScheduleExpression is not valid.',
    measured('pf-events-rule-cron-fields'),
  ),
  rule(
    { ScheduleExpression: 'cron(0 12 ? * 2#6 *)' },
    'Parameter ScheduleExpression is not valid.',
    measured('pf-events-rule-cron-fields'),
  ),
  rule({ ScheduleExpression: `rate(${'1'.repeat(260)} hours)` }, /length less than or equal to 256/, api),
  rule(
    { EventBusName: 'mine' },
    'ScheduleExpression is supported only on the default event bus.',
    measured('pf-events-rule-schedule-default-bus'),
  ),
  rule({ EventBusName: 'no spaces' }, /regular expression pattern/, api),
  rule({ EventPattern: 'source' }, /^Event pattern is not valid/, api, {
    base: 'a pattern',
    code: 'InvalidEventPatternException',
  }),
  rule({ EventPattern: '{"source":"aws.ecs"}' }, /^Event pattern is not valid/, api, {
    base: 'a pattern',
    code: 'InvalidEventPatternException',
  }),
  rule(
    { EventPattern: JSON.stringify({ source: ['x'.repeat(2100)] }) },
    'Parameter EventPattern for rule hourly exceeds limit of 2048.',
    measured('pf-events-rule-pattern-size'),
    { base: 'a pattern' },
  ),
  rule({ EventPattern: JSON.stringify({ source: ['x'.repeat(4100)] }) }, /length less than or equal to 4096/, api, {
    base: 'a pattern',
  }),
  rule({ State: 'PAUSED' }, /satisfy enum value set: \[ENABLED, DISABLED/, api),
  rule({ Description: 'x'.repeat(513) }, /length less than or equal to 512/, api),
  rule({ RoleArn: 'role/web' }, /Provided role is not in correct format/, api),
  rule(
    { Tags: [{ Key: 'aws:x', Value: '' }] },
    'aws: prefixed tag key names are not allowed for external use.',
    measured('pf-tag-key-aws-prefix'),
  ),
  rule(
    {
      Tags: [
        { Key: 'a', Value: '' },
        { Key: 'a', Value: '' },
      ],
    },
    /^Duplicate tag keys/,
    api,
  ),
  rule({ Tags: [{ Key: 'x'.repeat(129), Value: '' }] }, /length less than or equal to 128/, api),
  rule({ Tags: [{ Key: 'x', Value: 'x'.repeat(257) }] }, /length less than or equal to 256/, api),
]

export const putTargetsRows: readonly Row[] = [
  target({ Rule: 'gone' }, 'Rule gone does not exist on EventBus default.', issue('getmoto/moto, events/models.py'), {
    code: 'ResourceNotFoundException',
  }),
  target(
    {
      [`${t}.Arn`]: 'arn:aws:ecs:us-east-1:111111111111:cluster/c',
      [`${t}.RoleArn`]: 'arn:aws:iam::222222222222:role/events',
    },
    'Cross-account pass role is not allowed.',
    issue('artilleryio/chaos-lambda#29'),
    { code: 'AccessDeniedException' },
  ),
  target({ EventBusName: 'no spaces' }, /regular expression pattern/, api),
  target({ Targets: [] }, /length greater than or equal to 1/, api),
  target({ Targets: many(11, (index) => one(`t${index}`)) }, /exceeds the maximum number allowed/, api, {
    code: 'LimitExceededException',
  }),
  target({ Targets: many(6, (index) => one(`t${index}`)) }, /exceeds the maximum number allowed/, api, {
    code: 'LimitExceededException',
  }),
  target(
    { Targets: [one('a'), one('a')] },
    "More than one target with Id 'a' is provided.",
    measured('pf-events-target-id-duplicate'),
  ),
  target({ [`${t}.Id`]: 'no spaces' }, /regular expression pattern/, api),
  target({ [`${t}.Arn`]: 'cluster/c' }, /Provided Arn is not in correct format/, api),
  target({ [`${t}.RoleArn`]: undefined }, /^RoleArn is required for target arn:aws:ecs/, issue('ecs-facts [F]')),
  target({ [`${t}.RoleArn`]: 'arn:aws:iam::1:role/web' }, /Provided role is not in correct format/, api),
  target({ [ecs]: undefined }, /^Parameter\(s\) EcsParameters must be specified for target/, api),
  target(
    { [`${t}.KinesisParameters`]: { PartitionKeyPath: '$.a' } },
    'Parameter(s) KinesisParameters not supported for target: web.',
    measured('pf-events-target-parameters-mismatch'),
  ),
  target(
    { [`${t}.BatchParameters`]: { JobDefinition: 'a', JobName: 'a' } },
    /^Parameter\(s\) BatchParameters not supported/,
    measured('pf-events-target-parameters-mismatch'),
  ),
  target(
    { [`${t}.SqsParameters`]: { MessageGroupId: 'a' } },
    /^Parameter\(s\) SqsParameters not supported/,
    measured('pf-events-target-parameters-mismatch'),
  ),
  target(
    { [`${t}.HttpParameters`]: {} },
    /^Parameter\(s\) HttpParameters not supported/,
    measured('pf-events-target-parameters-mismatch'),
  ),
  target(
    { [`${t}.RedshiftDataParameters`]: { Database: 'd' } },
    /^Parameter\(s\) RedshiftDataParameters not supported/,
    measured('pf-events-target-parameters-mismatch'),
  ),
  target(
    { [`${t}.SageMakerPipelineParameters`]: {} },
    /^Parameter\(s\) SageMakerPipelineParameters not supported/,
    measured('pf-events-target-parameters-mismatch'),
  ),
  target(
    { [`${t}.AppSyncParameters`]: {} },
    /^Parameter\(s\) AppSyncParameters not supported/,
    measured('pf-events-target-parameters-mismatch'),
  ),
  target({ [`${t}.Input`]: '{' }, 'JSON syntax error in input for target web', measured('pf-events-target-input-json')),
  target({ [`${t}.Input`]: `"${'x'.repeat(8200)}"` }, /length less than or equal to 8192/, api),
  target(
    { [`${t}.Input`]: '{}', [`${t}.InputPath`]: '$.a' },
    'Only one of Input, InputPath, or InputTransformer must be provided for target web.',
    measured('pf-events-target-input-exclusive'),
  ),
  target(
    { [`${t}.InputPath`]: 'detail' },
    'InputPath for target web is invalid.',
    measured('pf-events-input-path-jsonpath'),
  ),
  target({ [`${t}.InputPath`]: `$.${'x'.repeat(260)}` }, /length less than or equal to 256/, api),
  target(
    { [`${t}.InputTransformer.InputTemplate`]: '{"at": <when>}' },
    'InputTemplate for target web contains invalid placeholder when.',
    measured('pf-events-input-transformer-placeholders'),
    transformer,
  ),
  target({ [`${t}.InputTransformer.InputPathsMap.at`]: 'time' }, /has an invalid entry at/, api, transformer),
  target({ [`${t}.DeadLetterConfig`]: { Arn: 'queue' } }, /is not the ARN of a standard queue/, api),
  target({ [`${t}.RetryPolicy`]: { MaximumRetryAttempts: 186 } }, /less than or equal to 185/, api),
  target({ [`${t}.RetryPolicy`]: { MaximumEventAgeInSeconds: 59 } }, /greater than or equal to 60/, api),
  target({ [`${ecs}.TaskDefinitionArn`]: 'web' }, /Provided Arn is not in correct format/, api),
  target(
    { [`${ecs}.TaskDefinitionArn`]: 'arn:aws:ecs:eu-west-1:123456789012:task-definition/web:1' },
    /^Region of .* does not match region of/,
    measured('pf-events-target-ecs-task-definition-region'),
  ),
  target({ [`${ecs}.TaskCount`]: 0 }, /TaskCount/, api),
  target({ [`${ecs}.LaunchType`]: 'LAMBDA' }, /satisfy enum value set: \[EC2, FARGATE, EXTERNAL\]/, api),
  target({ [`${ecs}.LaunchType`]: 'FARGATE' }, /^NetworkConfiguration must be specified/, api),
  target(
    { [`${ecs}.LaunchType`]: 'EC2', [`${ecs}.CapacityProviderStrategy`]: [{ capacityProvider: 'FARGATE' }] },
    /^Only one of LaunchType or CapacityProviderStrategy/,
    api,
  ),
  target(
    { [`${ecs}.CapacityProviderStrategy`]: many(7, (index) => ({ capacityProvider: `p${index}` })) },
    /length less than or equal to 6/,
    api,
  ),
  target(
    { [`${ecs}.CapacityProviderStrategy`]: [{ capacityProvider: 'p', weight: 1001 }] },
    /less than or equal to 1000/,
    api,
  ),
  target(
    { [`${ecs}.CapacityProviderStrategy`]: [{ capacityProvider: 'p', base: 100_001 }] },
    /less than or equal to 100000/,
    api,
  ),
  target({ [`${ecs}.CapacityProviderStrategy`]: [{ capacityProvider: '' }] }, /length greater than or equal to 1/, api),
  target(
    { [`${ecs}.LaunchType`]: 'EC2', [`${ecs}.PlatformVersion`]: '1.4.0' },
    /^PlatformVersion is only supported/,
    api,
  ),
  target(
    { [`${ecs}.LaunchType`]: 'EC2', [`${ecs}.NetworkConfiguration`]: subnets({ AssignPublicIp: 'ENABLED' }) },
    /^AssignPublicIp is only supported/,
    api,
  ),
  target({ [`${ecs}.NetworkConfiguration`]: subnets({ AssignPublicIp: 'YES' }) }, /satisfy enum value set/, api),
  target(
    { [`${ecs}.NetworkConfiguration`]: subnets({ Subnets: many(17, (index) => `subnet-${index}`) }) },
    /length less than or equal to 16/,
    api,
  ),
  target(
    { [`${ecs}.NetworkConfiguration`]: subnets({ SecurityGroups: many(6, (index) => `sg-${index}`) }) },
    /length less than or equal to 5/,
    api,
  ),
  target({ [`${ecs}.Group`]: 'x'.repeat(256) }, /length less than or equal to 255/, api),
  target(
    { [`${ecs}.PlacementConstraints`]: many(11, () => ({ type: 'distinctInstance' })) },
    /length less than or equal to 10/,
    api,
  ),
  target({ [`${ecs}.PlacementConstraints`]: [{ type: 'affinity' }] }, /satisfy enum value set/, api),
  target(
    { [`${ecs}.PlacementConstraints`]: [{ type: 'memberOf', expression: 'x'.repeat(2001) }] },
    /length less than or equal to 2000/,
    api,
  ),
  target({ [`${ecs}.PlacementStrategy`]: many(6, () => ({ type: 'random' })) }, /length less than or equal to 5/, api),
  target({ [`${ecs}.PlacementStrategy`]: [{ type: 'tetris' }] }, /satisfy enum value set/, api),
  target(
    { [`${ecs}.PlacementStrategy`]: [{ type: 'spread', field: 'x'.repeat(256) }] },
    /length less than or equal to 255/,
    api,
  ),
  target({ [`${ecs}.PropagateTags`]: 'SERVICE' }, /satisfy enum value set: \[TASK_DEFINITION\]/, api),
  target({ [`${ecs}.ReferenceId`]: 'x'.repeat(1025) }, /length less than or equal to 1024/, api),
  target({ [`${ecs}.Tags`]: [{ Key: '', Value: '' }] }, /length greater than or equal to 1/, api),
  target({ [`${t}.RunCommandParameters`]: { RunCommandTargets: [] } }, /length greater than or equal to 1/, api),
]
