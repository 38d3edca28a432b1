import { checkResource, putTags } from '../resource.ts'
import type { Operation } from '../../world/operation.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTags.html */
export const createTags: Operation = ({ Resources, Tags }, { region }) => {
  for (const id of Resources) checkResource(region, id)
  for (const id of Resources) putTags(region, id, Tags)
  return {}
}
