// Lists launch configurations; unknown names are skipped.
// https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DescribeLaunchConfigurations.html
import { pageOf } from '../page.ts'
import type { Operation } from '../../world/operation.ts'

export const describeLaunchConfigurations: Operation = (input, { region }) => {
  const { LaunchConfigurationNames: names = [] } = input
  const all = Object.values(region.launchConfigurations)
  const found = all.filter(({ LaunchConfigurationName: name }) => names.length === 0 || names.includes(name))
  return pageOf('LaunchConfigurations', found, input)
}
