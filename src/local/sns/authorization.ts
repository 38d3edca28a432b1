// What SNS asks of a caller's policies.
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsns.html
import type * as sns from '@aws-sdk/client-sns'
import { topicArn } from '../world/arn.ts'
import { type Authorization, type Authorizations, onEach } from '../world/authorization.ts'

const createTopic: Authorization<sns.CreateTopicInput> = ({ Name }, { region }) => onEach([topicArn(region, Name)])
const ofTopic: Authorization<{ TopicArn: string }> = ({ TopicArn }) => onEach([TopicArn])
const publish: Authorization<sns.PublishInput> = ({ TopicArn, TargetArn }) => onEach([TopicArn ?? TargetArn ?? '*'])

export const snsAuthorizations: Authorizations = {
  createTopic,
  deleteTopic: ofTopic,
  getTopicAttributes: ofTopic,
  publish,
}
