// Lists launch templates, all or by id or name.
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeLaunchTemplates.html
import type { DescribeLaunchTemplatesRequest, DescribeLaunchTemplatesResult } from '@aws-sdk/client-ec2'
import { filtered } from '../../wire/filtered.ts'
import { pageOf } from '../page.ts'
import { withTags } from '../resource.ts'
import { findLaunchTemplate } from '../launchTemplate.ts'
import type { Operation, Wire } from '../../world/operation.ts'

export const describeLaunchTemplates: Operation<DescribeLaunchTemplatesRequest, DescribeLaunchTemplatesResult> = (
  input,
  { region },
): Wire<DescribeLaunchTemplatesResult> => {
  const { LaunchTemplateIds = [], LaunchTemplateNames = [] } = input
  const named = [
    ...LaunchTemplateIds.map((LaunchTemplateId) => findLaunchTemplate(region, { LaunchTemplateId })),
    ...LaunchTemplateNames.map((LaunchTemplateName) => findLaunchTemplate(region, { LaunchTemplateName })),
  ]
  const records = named.length > 0 ? [...new Set(named)] : Object.values(region.launchTemplates)
  const shown = records.map(({ launchTemplate }) => withTags(region, launchTemplate.LaunchTemplateId, launchTemplate))
  const found = filtered(shown, input.Filters, {
    'launch-template-name': ({ LaunchTemplateName }) => LaunchTemplateName,
    'create-time': ({ CreateTime }) => new Date(CreateTime * 1000).toISOString(),
  })
  const { items, nextToken } = pageOf(found, input, { min: 1, max: 200 })
  return { LaunchTemplates: items, NextToken: nextToken }
}
