// What EC2 knows by id, whatever its kind: what is refused where there is none, and its tags.
import { AwsFault } from '../world/fault.ts'
import type { ResourceType, TagSpecification } from '@aws-sdk/client-ec2'
import type { Wire } from '../world/operation.ts'
import { capitalTagsOf } from '../world/tags.ts'
import type { CapitalTag, Tag } from '../world/tags.ts'
import type { Region } from '../world/world.ts'
import { copyOf } from '../world/copy.ts'

interface Kind {
  /** As DescribeTags has it. */
  readonly resourceType: ResourceType
  /** What EC2 says when there is none of that id. */
  readonly missing: (id: string) => AwsFault
  readonly has: (region: Region, id: string) => boolean
}

const kinds: Readonly<Record<string, Kind>> = {
  vpc: {
    resourceType: 'vpc',
    missing: (id) => new AwsFault('InvalidVpcID.NotFound', `The vpc ID '${id}' does not exist`),
    has: (region, id) => Object.hasOwn(region.vpcs, id),
  },
  subnet: {
    resourceType: 'subnet',
    missing: (id) => new AwsFault('InvalidSubnetID.NotFound', `The subnet ID '${id}' does not exist`),
    has: (region, id) => Object.hasOwn(region.subnets, id),
  },
  sg: {
    resourceType: 'security-group',
    missing: (id) => new AwsFault('InvalidGroup.NotFound', `The security group '${id}' does not exist`),
    has: (region, id) => Object.hasOwn(region.securityGroups, id),
  },
  i: {
    resourceType: 'instance',
    missing: (id) => new AwsFault('InvalidInstanceID.NotFound', `The instance ID '${id}' does not exist`),
    has: (region, id) => Object.hasOwn(region.instances, id),
  },
  lt: {
    resourceType: 'launch-template',
    missing: (id) => {
      const message = `The specified launch template, with template ID ${id}, does not exist.`
      return new AwsFault('InvalidLaunchTemplateId.NotFound', message)
    },
    has: (region, id) => Object.hasOwn(region.launchTemplates, id),
  },
}

/** What an id of EC2 is one of, by its prefix; undefined where it is none that the local AWS has. */
function kindOf(id: string): Kind | undefined {
  const [prefix = ''] = id.split('-', 1)
  return Object.hasOwn(kinds, prefix) ? kinds[prefix] : undefined
}

/** `vpc`, `subnet`, `security-group`, `instance` or `launch-template`. */
export const resourceTypeOf = (id: string): ResourceType | undefined => kindOf(id)?.resourceType

/** Refuses an id that nothing has: with the code of its kind, and with InvalidID where its prefix is none that there is. */
export function checkResource(region: Region, id: string): void {
  const kind = kindOf(id)
  if (!kind) throw new AwsFault('InvalidID', `The ID '${id}' is not valid`)
  if (!kind.has(region, id)) throw kind.missing(id)
}

/**
 * The records of those ids in their order, or all records where no id is given, each with its tags. Throws what EC2 has
 * for an id of that kind that is not there: `vpc`, `subnet`, `sg`, `i`, `lt`.
 */
export function named<Item>(
  region: Region,
  kind: string,
  records: Record<string, Item>,
  ids: readonly string[] = [],
): WithTags<Item>[] {
  const missing = ids.find((id) => !Object.hasOwn(records, id))
  if (missing !== undefined) throw kinds[kind]!.missing(missing)
  const wanted = ids.length > 0 ? [...new Set(ids)] : Object.keys(records)
  return wanted.map((id) => withTags(region, id, records[id]!))
}

/** A record of EC2 as it is shown, with the tags of that id. */
export const withTags = <Item>(region: Region, id: string, record: Item): WithTags<Item> => ({
  ...record,
  Tags: capitalTagsOf(region, id),
})

type WithTags<Item> = Item & { Tags: CapitalTag[] }

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html#tag-restrictions */
const mostTags = 50

/**
 * Puts tags on a resource of EC2; a key that is there already gets the new value. Throws InvalidParameterValue for no key
 * and for one that AWS keeps for itself and TagLimitExceeded for the 51st tag.
 */
export function putTags(region: Region, id: string, tags: readonly Tag[] = []): void {
  if (tags.some(({ Key }) => !Key)) {
    const message = "Value ( '' ) for parameter Tag key is invalid. Tag key cannot be null or empty."
    throw new AwsFault('InvalidParameterValue', message)
  }
  const reserved = tags.find(({ Key = '' }) => isReserved(Key))
  if (reserved) {
    const message = `Value ( ${reserved.Key} ) for parameter key is invalid. Tag keys starting with 'aws:' are reserved for internal use`
    throw new AwsFault('InvalidParameterValue', message)
  }
  putTagsOfAws(region, id, tags)
}

/** The same for the tags that AWS itself puts on. */
export function putTagsOfAws(region: Region, id: string, tags: readonly Tag[]): void {
  const values = new Map(capitalTagsOf(region, id).map(({ Key, Value }) => [Key, Value]))
  for (const { Key = '', Value = '' } of tags) values.set(Key, Value)
  if ([...values.keys()].filter((key) => !isReserved(key)).length > mostTags) {
    throw new AwsFault('TagLimitExceeded', 'The maximum number of Tags for a resource has been reached.')
  }
  if (values.size > 0) region.tags[id] = [...values].map(([Key, Value]) => ({ Key, Value }))
}

/**
 * Takes tags off: of those keys, and where a Value is given only if it is the tag's; without `tags` all but those that
 * AWS has put on.
 */
export function takeTags(region: Region, id: string, tags?: readonly Tag[]): void {
  const isTaken = (tag: Tag): boolean =>
    tags
      ? tags.some(({ Key, Value = tag.Value }) => Key === tag.Key && Value === tag.Value)
      : !isReserved(tag.Key ?? '')
  const kept = (region.tags[id] ?? []).filter((tag) => !isTaken(tag))
  if (kept.length > 0) region.tags[id] = kept
  else delete region.tags[id]
}

/** The tags of a Create call for what is made of that type, out of its TagSpecifications. */
export function specifiedTags(
  specifications: readonly Wire<TagSpecification>[] = [],
  resourceType: ResourceType,
): Tag[] {
  return specifications
    .filter(({ ResourceType }) => ResourceType === resourceType)
    .flatMap(({ Tags = [] }) => copyOf(Tags))
}

const isReserved = (key: string): boolean => key.startsWith('aws:')
