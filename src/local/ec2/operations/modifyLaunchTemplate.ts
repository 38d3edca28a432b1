// Makes another version of a launch template its default one.
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyLaunchTemplate.html
import type { ModifyLaunchTemplateRequest, ModifyLaunchTemplateResult } from '@aws-sdk/client-ec2'
import { withTags } from '../resource.ts'
import { findLaunchTemplate, findVersion } from '../launchTemplate.ts'
import type { Operation, Wire } from '../../world/operation.ts'

export const modifyLaunchTemplate: Operation<ModifyLaunchTemplateRequest, ModifyLaunchTemplateResult> = (
  input,
  { region },
): Wire<ModifyLaunchTemplateResult> => {
  const record = findLaunchTemplate(region, input)
  const { launchTemplate } = record
  if (input.DefaultVersion !== undefined) {
    launchTemplate.DefaultVersionNumber = findVersion(record, input.DefaultVersion).VersionNumber
  }
  return { LaunchTemplate: withTags(region, launchTemplate.LaunchTemplateId, launchTemplate) }
}
