// A launch template and its versions: how they are made, found and shown.
import type { CreateLaunchTemplateRequest, LaunchTemplateVersion } from '@aws-sdk/client-ec2'
import { specifiedTags, putTags, checkResource } from './resource.ts'
import { AwsFault } from '../world/fault.ts'
import type { Context, Wire } from '../world/operation.ts'
import { own } from '../world/own.ts'
import type { LaunchTemplateData, LaunchTemplateRecord, LaunchTemplateVersionRecord, Region } from '../world/world.ts'
import { callerArn } from '../world/arn.ts'
import { copyOf } from '../world/copy.ts'

const name = /^[\w().\-/]{3,128}$/

/** Makes a launch template of a CreateLaunchTemplate input, with its first version. */
export function newLaunchTemplate(context: Context, input: Wire<CreateLaunchTemplateRequest>): LaunchTemplateRecord {
  const { region, ids, now } = context
  const { LaunchTemplateName, TagSpecifications } = input
  if (!name.test(LaunchTemplateName)) {
    const message =
      'Launch template name must be between 3 and 128 characters, and may contain letters, numbers, and the ' +
      'following characters: - ( ) . / _.'
    throw new AwsFault('InvalidLaunchTemplateName.MalformedException', message)
  }
  if (
    Object.values(region.launchTemplates).some((each) => each.launchTemplate.LaunchTemplateName === LaunchTemplateName)
  ) {
    throw new AwsFault('InvalidLaunchTemplateName.AlreadyExistsException', 'Launch template name already in use.')
  }
  const LaunchTemplateId = `lt-${ids.hex(17)}`
  const record: LaunchTemplateRecord = {
    launchTemplate: {
      LaunchTemplateId,
      LaunchTemplateName,
      CreateTime: now / 1000,
      CreatedBy: callerArn(region),
      DefaultVersionNumber: 1,
      LatestVersionNumber: 0,
    },
    versions: [],
    tokens: {},
  }
  addVersion(context, record, input.LaunchTemplateData, input.VersionDescription)
  putTags(region, LaunchTemplateId, specifiedTags(TagSpecifications, 'launch-template'))
  region.launchTemplates[LaunchTemplateId] = record
  return record
}

/** Adds a version; answers it as it is kept. */
export function addVersion(
  { region, now }: Context,
  record: LaunchTemplateRecord,
  data: LaunchTemplateData,
  description?: string,
): LaunchTemplateVersionRecord {
  const { launchTemplate, versions } = record
  const { LaunchTemplateId, LaunchTemplateName } = launchTemplate
  launchTemplate.LatestVersionNumber += 1
  const version = {
    LaunchTemplateId,
    LaunchTemplateName,
    VersionNumber: launchTemplate.LatestVersionNumber,
    ...(description !== undefined && { VersionDescription: description }),
    CreateTime: now / 1000,
    CreatedBy: callerArn(region),
    LaunchTemplateData: copyOf(data),
  }
  versions.push(version)
  return version
}

/** How an input names a launch template. */
interface Named {
  readonly LaunchTemplateId?: string | undefined
  readonly LaunchTemplateName?: string | undefined
}

/** The launch template that an input names by LaunchTemplateId or LaunchTemplateName, one of the two. */
export function findLaunchTemplate(region: Region, input: Named): LaunchTemplateRecord {
  const { LaunchTemplateId: id, LaunchTemplateName: byName } = input
  if (id !== undefined && byName !== undefined) {
    const message = 'A launch template ID and a launch template name cannot be specified at the same time.'
    throw new AwsFault('InvalidParameterCombination', message)
  }
  if (id === undefined && byName === undefined) {
    const message = 'Either a launch template ID or a launch template name must be specified in the request.'
    throw new AwsFault('MissingParameter', message)
  }
  if (id !== undefined) {
    if (!id.startsWith('lt-'))
      throw new AwsFault('InvalidLaunchTemplateId.Malformed', `Invalid id: "${id}" (expecting "lt-...")`)
    checkResource(region, id)
    return region.launchTemplates[id]!
  }
  const found = Object.values(region.launchTemplates).find((each) => each.launchTemplate.LaunchTemplateName === byName)
  if (found) return found
  const message = `The specified launch template, with template name ${byName}, does not exist.`
  throw new AwsFault('InvalidLaunchTemplateName.NotFoundException', message)
}

/** A version as it is kept: by its number, `$Latest` or `$Default`, which it is by default. */
export function findVersion(
  { launchTemplate, versions }: LaunchTemplateRecord,
  version = '$Default',
): LaunchTemplateVersionRecord {
  const { LaunchTemplateId, DefaultVersionNumber, LatestVersionNumber } = launchTemplate
  const numbers: Readonly<Record<string, number>> = { $Default: DefaultVersionNumber, $Latest: LatestVersionNumber }
  const wanted = Object.hasOwn(numbers, version) ? numbers[version] : Number(version)
  const found = versions.find(({ VersionNumber }) => VersionNumber === wanted)
  if (found) return found
  const message = `Could not find the specified version ${version} for the launch template with ID ${LaunchTemplateId}.`
  throw new AwsFault('InvalidLaunchTemplateId.VersionNotFound', message)
}

/** A version as DescribeLaunchTemplateVersions shows it. */
export const shownVersion = ({ launchTemplate }: LaunchTemplateRecord, version: LaunchTemplateVersionRecord) =>
  ({
    ...version,
    DefaultVersion: version.VersionNumber === launchTemplate.DefaultVersionNumber,
  }) satisfies Wire<LaunchTemplateVersion>

/**
 * The number of the version that was made of this very input before, by its ClientToken; undefined when there is none.
 * Throws IdempotentParameterMismatch when the token came with another input.
 * https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-idempotency.html
 */
export function versionOfToken(
  { tokens }: LaunchTemplateRecord,
  input: { readonly ClientToken?: string | undefined },
): number | undefined {
  const known = own(tokens, input.ClientToken ?? '')
  if (!known) return undefined
  if (known.input === JSON.stringify(input)) return known.version
  const message = 'The client token you have provided is associated with a resource that has other parameters.'
  throw new AwsFault('IdempotentParameterMismatch', message)
}
