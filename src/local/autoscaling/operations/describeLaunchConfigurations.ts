// Lists launch configurations; unknown names are skipped.
// https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DescribeLaunchConfigurations.html
import type { LaunchConfigurationNamesType, LaunchConfigurationsType } from '@aws-sdk/client-auto-scaling'
import { pageOf } from '../page.ts'
import type { Operation, Wire } from '../../world/operation.ts'

export const describeLaunchConfigurations: Operation<LaunchConfigurationNamesType, LaunchConfigurationsType> = (
  input,
  { region },
): Wire<LaunchConfigurationsType> => {
  const { LaunchConfigurationNames: names = [] } = input
  const all = Object.values(region.launchConfigurations)
  const found = all.filter(({ LaunchConfigurationName: name }) => names.length === 0 || names.includes(name))
  const { items, nextToken } = pageOf(found, input)
  return { LaunchConfigurations: items, NextToken: nextToken }
}
