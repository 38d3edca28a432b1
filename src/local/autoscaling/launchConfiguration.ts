// A launch configuration: how it is made and found.
import type { CreateLaunchConfigurationType } from '@aws-sdk/client-auto-scaling'
import { findInstances } from '../ec2/instance.ts'
import { AwsFault } from '../world/fault.ts'
import type { Context, Wire } from '../world/operation.ts'
import { own } from '../world/own.ts'
import { refuseAs } from '../wire/refuseAs.ts'
import { present } from '../world/members.ts'
import type { Ec2Instance, LaunchConfiguration, Region } from '../world/world.ts'
import { copyOf } from '../world/copy.ts'

/** A launch configuration of a CreateLaunchConfiguration input, as DescribeLaunchConfigurations shows it. */
export function newLaunchConfiguration(
  { region, ids, now }: Context,
  { InstanceId, ...asked }: Wire<CreateLaunchConfigurationType>,
): LaunchConfiguration {
  const input = present(asked)
  const { LaunchConfigurationName } = input
  const { ImageId, InstanceType } = { ...sameAs(region, InstanceId), ...input }
  if (!ImageId || !InstanceType) {
    const message =
      'Valid requests must contain either the InstanceID parameter or both the ImageId and InstanceType parameters.'
    throw new AwsFault('ValidationError', message)
  }
  const resource = `launchConfiguration:${ids.uuid()}:launchConfigurationName/${LaunchConfigurationName}`
  return {
    KeyName: '',
    UserData: '',
    KernelId: '',
    RamdiskId: '',
    SecurityGroups: [],
    ClassicLinkVPCSecurityGroups: [],
    BlockDeviceMappings: [],
    InstanceMonitoring: { Enabled: true },
    EbsOptimized: false,
    ...copyOf(input),
    ImageId,
    InstanceType,
    LaunchConfigurationARN: `arn:aws:autoscaling:${region.name}:${region.account}:${resource}`,
    CreatedTime: now / 1000,
  }
}

/** What a launch configuration takes over from an instance. */
function sameAs(region: Region, instanceId: string | undefined): Partial<Ec2Instance> {
  if (instanceId === undefined) return {}
  const [record] = refuseAs('ValidationError', () => findInstances(region, [instanceId]))
  return record?.instance ?? {}
}

export function findLaunchConfiguration(region: Region, name: string): LaunchConfiguration {
  const found = own(region.launchConfigurations, name)
  if (found) return found
  const message = `Launch configuration name not found - A launch configuration with the name: ${name} does not exist`
  throw new AwsFault('ValidationError', message)
}
