// Creates a launch template; the same ClientToken again returns the existing one.
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateLaunchTemplate.html
import type { CreateLaunchTemplateRequest, CreateLaunchTemplateResult } from '@aws-sdk/client-ec2'
import { withTags } from '../resource.ts'
import { newLaunchTemplate, versionOfToken } from '../launchTemplate.ts'
import type { Operation, Wire } from '../../world/operation.ts'

export const createLaunchTemplate: Operation<CreateLaunchTemplateRequest, CreateLaunchTemplateResult> = (
  input,
  context,
): Wire<CreateLaunchTemplateResult> => {
  const { region } = context
  const all = Object.values(region.launchTemplates)
  const existing = all.find((record) => versionOfToken(record, input) === 1)
  const { launchTemplate, tokens } = existing ?? newLaunchTemplate(context, input)
  if (input.ClientToken) tokens[input.ClientToken] = { input: JSON.stringify(input), version: 1 }
  return { LaunchTemplate: withTags(region, launchTemplate.LaunchTemplateId, launchTemplate) }
}
