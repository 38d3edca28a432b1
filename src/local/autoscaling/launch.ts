// The ways to launch an instance of a group, out of its launch configuration or launch templates.
import type { LaunchTemplateOverrides, LaunchTemplateSpecification } from '@aws-sdk/client-auto-scaling'
import { specifiedTags } from '../ec2/resource.ts'
import { AwsFault } from '../world/fault.ts'
import { findLaunchConfiguration } from './launchConfiguration.ts'
import { findLaunchTemplate, findVersion } from '../ec2/launchTemplate.ts'
import type { Wire } from '../world/operation.ts'
import type { Tag } from '../world/tags.ts'
import type {
  AutoScalingGroup,
  AutoScalingInstance,
  LaunchConfiguration,
  LaunchTemplateData,
  LaunchTemplateRecord,
  LaunchTemplateVersionRecord,
  Region,
} from '../world/world.ts'

/** One way to launch an instance of a group. */
export interface LaunchOption {
  readonly imageId: string
  readonly instanceType: string
  /** Absent: the default one of the subnet's VPC. */
  readonly securityGroupIds?: readonly string[]
  readonly userData: string | undefined
  readonly keyName: string | undefined
  readonly iamInstanceProfile: LaunchTemplateData['IamInstanceProfile']
  readonly tags: readonly Tag[]
  /** What the group shows of the instance: where it comes from, and its weight. */
  readonly shown: Pick<AutoScalingInstance, 'LaunchConfigurationName' | 'LaunchTemplate' | 'WeightedCapacity'>
}

/** What EC2 launches when nobody says what. */
const usualType = 'm1.small'

/**
 * The ways to launch an instance of a group, the one that it prefers first: several only where it has a mixed instances
 * policy with overrides. Throws ValidationError where a launch template or what it must have is missing.
 */
export function launchOptions(region: Region, group: AutoScalingGroup): LaunchOption[] {
  const { LaunchConfigurationName, LaunchTemplate, MixedInstancesPolicy } = group
  if (LaunchConfigurationName) return [ofConfiguration(findLaunchConfiguration(region, LaunchConfigurationName))]
  if (LaunchTemplate) return [ofTemplate(region, LaunchTemplate)]
  const { LaunchTemplateSpecification, Overrides = [] } = MixedInstancesPolicy?.LaunchTemplate ?? {}
  if (!LaunchTemplateSpecification) throw notFormed('It has no launch template.')
  if (Overrides.length === 0) return [ofTemplate(region, LaunchTemplateSpecification)]
  return Overrides.map((override) =>
    ofTemplate(region, override.LaunchTemplateSpecification ?? LaunchTemplateSpecification, override),
  )
}

function ofConfiguration(configuration: LaunchConfiguration): LaunchOption {
  const { LaunchConfigurationName, ImageId, InstanceType, SecurityGroups, UserData, KeyName } = configuration
  const { IamInstanceProfile: profile } = configuration
  return {
    imageId: ImageId,
    instanceType: InstanceType,
    ...(SecurityGroups.length > 0 && { securityGroupIds: SecurityGroups }),
    userData: UserData,
    keyName: KeyName,
    iamInstanceProfile: profile ? { Arn: profile } : undefined,
    tags: [],
    shown: { LaunchConfigurationName },
  }
}

function ofTemplate(
  region: Region,
  specification: Wire<LaunchTemplateSpecification>,
  override: Wire<LaunchTemplateOverrides> = {},
): LaunchOption {
  const { version, data } = templateData(region, specification)
  const { LaunchTemplateId, LaunchTemplateName, VersionNumber } = version
  const groups = data.SecurityGroupIds ?? data.NetworkInterfaces?.[0]?.Groups
  const imageId = override.ImageId ?? data.ImageId
  if (!imageId) throw notFormed('The request must contain the parameter ImageId.')
  return {
    imageId,
    instanceType: override.InstanceType ?? data.InstanceType ?? usualType,
    ...(groups && { securityGroupIds: groups }),
    userData: data.UserData,
    keyName: data.KeyName,
    iamInstanceProfile: data.IamInstanceProfile,
    tags: specifiedTags(data.TagSpecifications, 'instance'),
    shown: {
      LaunchTemplate: { LaunchTemplateId, LaunchTemplateName, Version: `${VersionNumber}` },
      ...(override.WeightedCapacity && { WeightedCapacity: override.WeightedCapacity }),
    },
  }
}

function templateData(
  region: Region,
  specification: Wire<LaunchTemplateSpecification>,
): { version: LaunchTemplateVersionRecord; data: LaunchTemplateData } {
  try {
    const version = findVersion(specifiedTemplate(region, specification), specification.Version)
    return { version, data: version.LaunchTemplateData }
  } catch (fault) {
    if (fault instanceof AwsFault) throw notFormed(fault.message)
    throw fault
  }
}

/** The launch template of a specification; a group shows both its id and its name, and goes by the id. */
export const specifiedTemplate = (
  region: Region,
  { LaunchTemplateId, LaunchTemplateName }: Wire<LaunchTemplateSpecification>,
): LaunchTemplateRecord =>
  findLaunchTemplate(region, LaunchTemplateId === undefined ? { LaunchTemplateName } : { LaunchTemplateId })

const notFormed = (why: string): AwsFault =>
  new AwsFault('ValidationError', `You must use a valid fully-formed launch template. ${why}`)
