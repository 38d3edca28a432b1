import type { Instance } from '@aws-sdk/client-auto-scaling'
import type { Wanted } from './wanted.ts'

/**
 * In what an instance differs from everything that its group would start now, in words; undefined where it is as one of
 * the ways. Where several ways differ from it, the one that is closest is told of.
 */
export function outdatedBecause(instance: Instance, wanted: readonly Wanted[]): string | undefined {
  const differences = wanted.map((one) => differencesOf(instance, one))
  const closest = differences.toSorted((one, other) => one.length - other.length)[0] ?? []
  return closest.length === 0 ? undefined : closest.join(', ')
}

function differencesOf(instance: Instance, wanted: Wanted): string[] {
  const { LaunchConfigurationName, LaunchTemplate, InstanceType, ImageId } = instance
  const { launchConfiguration, launchTemplate, instanceType, imageId } = wanted
  const differences: string[] = []
  if (launchTemplate) {
    const { id, name, version } = launchTemplate
    if (!LaunchTemplate) differences.push(`no launch template instead of ${name}`)
    else if (LaunchTemplate.LaunchTemplateId !== id) {
      differences.push(`launch template ${LaunchTemplate.LaunchTemplateName} instead of ${name}`)
    } else if (LaunchTemplate.Version !== version) {
      differences.push(`version ${LaunchTemplate.Version} of launch template ${name} instead of ${version}`)
    }
  } else if (LaunchConfigurationName !== launchConfiguration) {
    const has = LaunchConfigurationName ?? 'none'
    differences.push(`launch configuration ${has} instead of ${launchConfiguration}`)
  }
  if (instanceType !== undefined && InstanceType !== instanceType) {
    differences.push(`instance type ${InstanceType}, which the group no longer starts`)
  }
  if (imageId !== undefined && ImageId !== imageId) differences.push(`another AMI than ${imageId}`)
  return differences
}
