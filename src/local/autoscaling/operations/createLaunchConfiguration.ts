// Creates a launch configuration.
// https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CreateLaunchConfiguration.html
import type { CreateLaunchConfigurationType } from '@aws-sdk/client-auto-scaling'
import { AwsFault } from '../../world/fault.ts'
import { newLaunchConfiguration } from '../launchConfiguration.ts'
import type { Nothing, Operation } from '../../world/operation.ts'

export const createLaunchConfiguration: Operation<CreateLaunchConfigurationType, Nothing> = (
  input,
  context,
): Nothing => {
  const { launchConfigurations } = context.region
  const name = input.LaunchConfigurationName
  if (Object.hasOwn(launchConfigurations, name)) {
    const message = `Launch Configuration by this name already exists - A launch configuration already exists with the name ${name}`
    throw new AwsFault('AlreadyExists', message)
  }
  launchConfigurations[name] = newLaunchConfiguration(context, input)
  return {}
}
