// Deletes a launch template with all its versions, whether they are in use or not.
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteLaunchTemplate.html
import type { DeleteLaunchTemplateRequest, DeleteLaunchTemplateResult } from '@aws-sdk/client-ec2'
import { findLaunchTemplate } from '../launchTemplate.ts'
import { withTags } from '../resource.ts'
import type { Operation, Wire } from '../../world/operation.ts'

export const deleteLaunchTemplate: Operation<DeleteLaunchTemplateRequest, DeleteLaunchTemplateResult> = (
  input,
  { region },
): Wire<DeleteLaunchTemplateResult> => {
  const { launchTemplate } = findLaunchTemplate(region, input)
  const id = launchTemplate.LaunchTemplateId
  const LaunchTemplate = withTags(region, id, launchTemplate)
  delete region.launchTemplates[id]
  delete region.tags[id]
  return { LaunchTemplate }
}
