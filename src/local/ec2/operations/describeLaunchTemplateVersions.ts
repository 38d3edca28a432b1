// Lists the versions of one launch template, the newest first, or `$Latest` and `$Default` of all.
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeLaunchTemplateVersions.html
import { filtered } from '../../wire/filtered.ts'
import { pageOf } from '../page.ts'
import { AwsFault } from '../../world/fault.ts'
import { findLaunchTemplate, findVersion, shownVersion } from '../launchTemplate.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import type { LaunchTemplateRecord, Region } from '../../world/world.ts'

export const describeLaunchTemplateVersions: Operation = (input, { region }) => {
  const { LaunchTemplateId, LaunchTemplateName } = input
  const isOne = LaunchTemplateId !== undefined || LaunchTemplateName !== undefined
  const shown = isOne ? ofOne(findLaunchTemplate(region, input), input) : ofAll(region, input)
  const found = filtered(shown, input.Filters, {
    'image-id': ({ LaunchTemplateData }) => LaunchTemplateData.ImageId,
    'instance-type': ({ LaunchTemplateData }) => LaunchTemplateData.InstanceType,
    'is-default-version': ({ DefaultVersion }) => DefaultVersion,
  })
  return pageOf('LaunchTemplateVersions', found, input, { min: 1, max: 200 })
}

function ofOne(record: LaunchTemplateRecord, { Versions = [], MinVersion, MaxVersion }: Wire): Wire[] {
  if (Versions.length > 0) {
    return unique(Versions.map((version: string) => findVersion(record, version))).map((each) =>
      shownVersion(record, each),
    )
  }
  const [from, to] = [Number(MinVersion ?? 1), Number(MaxVersion ?? Infinity)]
  return record.versions
    .filter(({ VersionNumber }) => VersionNumber >= from && VersionNumber <= to)
    .toReversed()
    .map((version) => shownVersion(record, version))
}

function ofAll(region: Region, { Versions = [] }: Wire): Wire[] {
  if (Versions.length === 0 || Versions.some((version: string) => !['$Latest', '$Default'].includes(version))) {
    const message = 'Without a launch template ID or name, the versions that can be described are $Latest and $Default.'
    throw new AwsFault('InvalidParameterCombination', message)
  }
  return Object.values(region.launchTemplates).flatMap((record) => ofOne(record, { Versions }))
}

const unique = (versions: Wire[]): Wire[] => [...new Set(versions)]
