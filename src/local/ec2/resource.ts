import { AwsFault } from '../world/fault.ts'
import type { Wire } from '../world/operation.ts'
import type { Region } from '../world/world.ts'

interface Kind {
  /** As DescribeTags has it. */
  readonly resourceType: string
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
export const resourceTypeOf = (id: string): string | undefined => kindOf(id)?.resourceType

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
export function named(
  region: Region,
  kind: string,
  records: Record<string, Wire>,
  ids: readonly string[] = [],
): Wire[] {
  const missing = ids.find((id) => !Object.hasOwn(records, id))
  if (missing !== undefined) throw kinds[kind]!.missing(missing)
  const wanted = ids.length > 0 ? [...new Set(ids)] : Object.keys(records)
  return wanted.map((id) => withTags(region, id, records[id]!))
}

/** A record of EC2 as it is shown, with the tags of that id. */
export const withTags = (region: Region, id: string, record: Wire): Wire => ({
  ...record,
  Tags: region.tags[id] ?? [],
})
