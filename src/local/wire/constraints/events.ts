// What EventBridge's model says of texts and lists.
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Types.html
import { type Constraints, items, oneOf, upTo } from './constraint.ts'

const arn = upTo(1600, 1)
const bus = {
  length: [1, 1600],
  pattern: /^(arn:aws[\w-]*:events:[a-z]+-[a-z]+-[\w-]+:[0-9]{12}:event-bus\/)?[/.\-_A-Za-z0-9]+$/,
} as const

export const events: Constraints = {
  'PutRuleRequest.Description': upTo(512),
  'PutRuleRequest.EventBusName': bus,
  'PutRuleRequest.EventPattern': upTo(4096),
  'PutRuleRequest.RoleArn': arn,
  'PutRuleRequest.ScheduleExpression': upTo(256),
  'PutRuleRequest.State': oneOf('ENABLED', 'DISABLED', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'),
  'PutTargetsRequest.EventBusName': bus,
  'PutTargetsRequest.Targets': items(100, 1),
  'Target.Arn': arn,
  'Target.Input': upTo(8192),
  'Target.InputPath': upTo(256),
  'Target.RoleArn': arn,
  'AwsVpcConfiguration.AssignPublicIp': oneOf('ENABLED', 'DISABLED'),
  'AwsVpcConfiguration.SecurityGroups': items(5),
  'AwsVpcConfiguration.Subnets': items(16),
  'CapacityProviderStrategyItem.capacityProvider': upTo(255, 1),
  'EcsParameters.CapacityProviderStrategy': items(6),
  'EcsParameters.Group': upTo(255),
  'EcsParameters.LaunchType': oneOf('EC2', 'FARGATE', 'EXTERNAL'),
  'EcsParameters.PlacementConstraints': items(10),
  'EcsParameters.PlacementStrategy': items(5),
  'EcsParameters.PropagateTags': oneOf('TASK_DEFINITION'),
  'EcsParameters.ReferenceId': upTo(1024),
  'EcsParameters.TaskDefinitionArn': arn,
  'InputTransformer.InputTemplate': upTo(8192, 1),
  'KinesisParameters.PartitionKeyPath': upTo(256),
  'PlacementConstraint.expression': upTo(2000),
  'PlacementConstraint.type': oneOf('distinctInstance', 'memberOf'),
  'PlacementStrategy.field': upTo(255),
  'PlacementStrategy.type': oneOf('random', 'spread', 'binpack'),
  'RunCommandParameters.RunCommandTargets': items(5, 1),
  'SqsParameters.MessageGroupId': upTo(100),
  'Tag.Key': upTo(128, 1),
  'Tag.Value': upTo(256),
}
