// Lists the versions of one launch template, the newest first, or `$Latest` and `$Default` of all.
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeLaunchTemplateVersions.html
import type { DescribeLaunchTemplateVersionsRequest, DescribeLaunchTemplateVersionsResult } from '@aws-sdk/client-ec2'
import { filtered } from '../../wire/filtered.ts'
import { pageOf } from '../page.ts'
import { AwsFault } from '../../world/fault.ts'
import { findLaunchTemplate, findVersion, shownVersion } from '../launchTemplate.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import type { LaunchTemplateRecord, Region } from '../../world/world.ts'

export const describeLaunchTemplateVersions: Operation<
  DescribeLaunchTemplateVersionsRequest,
  DescribeLaunchTemplateVersionsResult
> = (input, { region }): Wire<DescribeLaunchTemplateVersionsResult> => {
  const { LaunchTemplateId, LaunchTemplateName } = input
  const isOne = LaunchTemplateId !== undefined || LaunchTemplateName !== undefined
  const shown = isOne ? ofOne(findLaunchTemplate(region, input), input) : ofAll(region, input)
  const found = filtered(shown, input.Filters, {
    'image-id': ({ LaunchTemplateData }) => LaunchTemplateData.ImageId,
    'instance-type': ({ LaunchTemplateData }) => LaunchTemplateData.InstanceType,
    'is-default-version': ({ DefaultVersion }) => DefaultVersion,
  })
  const { items, nextToken } = pageOf(found, input, { min: 1, max: 200 })
  return { LaunchTemplateVersions: items, NextToken: nextToken }
}

type Asked = Wire<DescribeLaunchTemplateVersionsRequest>

function ofOne(record: LaunchTemplateRecord, { Versions = [], MinVersion, MaxVersion }: Asked) {
  if (Versions.length > 0) {
    return [...new Set(Versions.map((version) => findVersion(record, version)))].map((each) =>
      shownVersion(record, each),
    )
  }
  const [from, to] = [Number(MinVersion ?? 1), Number(MaxVersion ?? Infinity)]
  return record.versions
    .filter(({ VersionNumber }) => VersionNumber >= from && VersionNumber <= to)
    .toReversed()
    .map((version) => shownVersion(record, version))
}

function ofAll(region: Region, { Versions = [] }: Asked) {
  if (Versions.length === 0 || Versions.some((version) => !['$Latest', '$Default'].includes(version))) {
    const message = 'Without a launch template ID or name, the versions that can be described are $Latest and $Default.'
    throw new AwsFault('InvalidParameterCombination', message)
  }
  return Object.values(region.launchTemplates).flatMap((record) => ofOne(record, { Versions }))
}
