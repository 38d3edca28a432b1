// Deletes a launch configuration that no group uses.
// https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DeleteLaunchConfiguration.html
import type { LaunchConfigurationNameType } from '@aws-sdk/client-auto-scaling'
import { AwsFault } from '../../world/fault.ts'
import { findLaunchConfiguration } from '../launchConfiguration.ts'
import type { Nothing, Operation } from '../../world/operation.ts'

export const deleteLaunchConfiguration: Operation<LaunchConfigurationNameType, Nothing> = (
  { LaunchConfigurationName: name },
  { region },
): Nothing => {
  findLaunchConfiguration(region, name)
  const user = Object.values(region.autoScalingGroups).find(({ group }) => group.LaunchConfigurationName === name)
  if (user) {
    const message = `Cannot delete launch configuration ${name} because it is attached to AutoScalingGroup ${user.group.AutoScalingGroupName}`
    throw new AwsFault('ResourceInUse', message)
  }
  delete region.launchConfigurations[name]
  return {}
}
