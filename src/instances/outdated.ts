/** Whether an instance is outdated: how its group would launch one now, and in what the instance differs. */
import type { AutoScalingGroup, Instance, LaunchTemplateSpecification } from '@aws-sdk/client-auto-scaling'
import type { TemplateVersions } from './fleet.ts'

/** A launch template in one version, which is a number. */
interface TemplateVersion {
  readonly id: string
  readonly name: string
  readonly version: string
}

/** One way in which a group would launch an instance now. */
export interface LaunchChoice {
  readonly launchConfiguration?: string | undefined
  readonly launchTemplate?: TemplateVersion | undefined
  /** Undefined: any type that the launch template or the instance requirements allow. */
  readonly instanceType?: string | undefined
  /** An AMI that overrides the launch template's. */
  readonly imageId?: string | undefined
}

/**
 * What the group would launch now: its launch configuration, or its launch template, or one choice for each override of its
 * mixed instances policy. `templates` resolves `$Latest` and `$Default`.
 * https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_LaunchTemplate.html
 */
export function launchChoicesOf(
  group: AutoScalingGroup,
  templates: ReadonlyMap<string, TemplateVersions>,
): LaunchChoice[] {
  const { LaunchConfigurationName, LaunchTemplate, MixedInstancesPolicy } = group
  const base = MixedInstancesPolicy?.LaunchTemplate?.LaunchTemplateSpecification
  const overrides = MixedInstancesPolicy?.LaunchTemplate?.Overrides ?? []
  if (base && overrides.length > 0) {
    return overrides.map(({ InstanceType, ImageId, LaunchTemplateSpecification }) => ({
      launchTemplate: resolved(LaunchTemplateSpecification ?? base, templates),
      instanceType: InstanceType,
      imageId: ImageId,
    }))
  }
  const template = base ?? LaunchTemplate
  if (template) return [{ launchTemplate: resolved(template, templates) }]
  return [{ launchConfiguration: LaunchConfigurationName }]
}

/** The ids of the group's launch templates whose version is not a number: `$Latest`, `$Default` or none. */
export function unresolvedTemplates({ LaunchTemplate, MixedInstancesPolicy }: AutoScalingGroup): string[] {
  const { LaunchTemplateSpecification, Overrides = [] } = MixedInstancesPolicy?.LaunchTemplate ?? {}
  const specifications = [
    LaunchTemplate,
    LaunchTemplateSpecification,
    ...Overrides.map((override) => override.LaunchTemplateSpecification),
  ]
  const open = specifications.filter((one) => one !== undefined && !isNumber(one.Version))
  return [...new Set(open.flatMap((one) => one?.LaunchTemplateId ?? []))]
}

/** `launch template web, version 4`, each only once. */
export function shownLaunchChoices(choices: readonly LaunchChoice[]): string {
  const ways = choices.map(({ launchConfiguration, launchTemplate, instanceType }) => {
    const what = launchTemplate
      ? `launch template ${launchTemplate.name}, version ${launchTemplate.version}`
      : `launch configuration ${launchConfiguration ?? 'none'}`
    return { what, instanceType }
  })
  return [...new Set(ways.map(({ what }) => what))]
    .map((what) => {
      const types = ways.flatMap((way) => (way.what === what ? (way.instanceType ?? []) : []))
      return types.length > 0 ? `${what} as ${types.join(' or ')}` : what
    })
    .join('; ')
}

/**
 * In what an instance differs from everything that its group would launch now, in words; undefined if it is like one of the
 * choices. If it differs from all of them, the closest one counts.
 */
export function outdatedBecause(instance: Instance, choices: readonly LaunchChoice[]): string | undefined {
  const differences = choices.map((choice) => differencesOf(instance, choice))
  const closest = differences.toSorted((one, other) => one.length - other.length)[0] ?? []
  return closest.length === 0 ? undefined : closest.join(', ')
}

function differencesOf(instance: Instance, choice: LaunchChoice): string[] {
  const { LaunchConfigurationName, LaunchTemplate, InstanceType, ImageId } = instance
  const { launchConfiguration, launchTemplate, instanceType, imageId } = choice
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

function resolved(
  { LaunchTemplateId = '', LaunchTemplateName, Version = '$Default' }: LaunchTemplateSpecification,
  templates: ReadonlyMap<string, TemplateVersions>,
): TemplateVersion {
  const known = templates.get(LaunchTemplateId)
  const version = { $Default: known?.defaultVersion, $Latest: known?.latestVersion }[Version] ?? Version
  return { id: LaunchTemplateId, name: LaunchTemplateName ?? known?.name ?? LaunchTemplateId, version }
}

function isNumber(version: string | undefined): boolean {
  return version !== undefined && /^\d+$/.test(version)
}
