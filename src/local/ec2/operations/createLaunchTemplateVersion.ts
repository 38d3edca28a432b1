// Adds a version to a launch template. SourceVersion fills in the members that are not given; the same ClientToken
// again returns the existing version.
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateLaunchTemplateVersion.html
import type { CreateLaunchTemplateVersionRequest, CreateLaunchTemplateVersionResult } from '@aws-sdk/client-ec2'
import { addVersion, findLaunchTemplate, findVersion, shownVersion, versionOfToken } from '../launchTemplate.ts'
import type { Operation, Wire } from '../../world/operation.ts'

export const createLaunchTemplateVersion: Operation<
  CreateLaunchTemplateVersionRequest,
  CreateLaunchTemplateVersionResult
> = (input, context): Wire<CreateLaunchTemplateVersionResult> => {
  const { SourceVersion, LaunchTemplateData, VersionDescription, ClientToken } = input
  const record = findLaunchTemplate(context.region, input)
  const existing = versionOfToken(record, input)
  if (existing !== undefined) {
    return { LaunchTemplateVersion: shownVersion(record, findVersion(record, String(existing))) }
  }
  const source = SourceVersion === undefined ? {} : findVersion(record, SourceVersion).LaunchTemplateData
  const version = addVersion(context, record, { ...source, ...LaunchTemplateData }, VersionDescription)
  if (ClientToken) record.tokens[ClientToken] = { input: JSON.stringify(input), version: version.VersionNumber }
  return { LaunchTemplateVersion: shownVersion(record, version) }
}
