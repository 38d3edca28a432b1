import { checkResource } from '../../ec2Resource.ts'
import { putResourceTags } from '../../ec2Tags.ts'
import type { Operation } from '../../operation.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTags.html */
export const createTags: Operation = ({ Resources, Tags }, { region }) => {
  for (const id of Resources) checkResource(region, id)
  for (const id of Resources) putResourceTags(region, id, Tags)
  return {}
}
