import type { Operation } from '../../operation.ts'
import { putTags, taggedArn } from '../../tags.ts'

/** Tags a cluster, service, task or task definition. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TagResource.html */
export const tagResource: Operation = ({ resourceArn, tags }, { region }) => {
  putTags(region, taggedArn(region, resourceArn), tags)
  return {}
}
