import { shapes } from './shapes.ts'

/**
 * The structures of an event target. EventBridge has two of the same name as ECS that are spelled otherwise:
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_AwsVpcConfiguration.html
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Tag.html
 */
export const eventShapes: typeof shapes = {
  ...shapes,
  AwsVpcConfiguration: { Subnets: 'list string!', SecurityGroups: 'list string', AssignPublicIp: 'string' },
  Tag: { Key: 'string!', Value: 'string!' },
}
