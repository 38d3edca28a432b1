import type { AutoScalingGroup, LaunchTemplateSpecification } from '@aws-sdk/client-auto-scaling'
import type { TemplateVersions } from './fleet.ts'

/** A launch template in one version, which is a number. */
export interface TemplateVersion {
  readonly id: string
  readonly name: string
  readonly version: string
}

/** One way in which a group would start an instance now. */
export interface Wanted {
  readonly launchConfiguration?: string | undefined
  readonly launchTemplate?: TemplateVersion | undefined
  /** Undefined where any type will do that the launch template or the instance requirements allow. */
  readonly instanceType?: string | undefined
  /** An AMI that takes the place of the launch template's. */
  readonly imageId?: string | undefined
}

/**
 * What the group would start now: its launch configuration, or its launch template, or one way for each override of its
 * mixed instances policy. `templates` says what `$Latest` and `$Default` are.
 * https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_LaunchTemplate.html
 */
export function wantedOf(group: AutoScalingGroup, templates: ReadonlyMap<string, TemplateVersions>): Wanted[] {
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

/** The ids of the launch templates whose version the group leaves to EC2. */
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

/** `launch template web, version 4`, each way once. */
export function shownWanted(wanted: readonly Wanted[]): string {
  const ways = wanted.map(({ launchConfiguration, launchTemplate, instanceType }) => {
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
