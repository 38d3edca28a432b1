import { AwsFault } from '../world/fault.ts'
import type { InstanceRecord, Region } from '../world/world.ts'

/** The instances of those ids; throws InvalidInstanceID.NotFound, which names all that are not there, and Malformed. */
export function findInstances(region: Region, ids: readonly string[]): InstanceRecord[] {
  const malformed = ids.find((id) => !/^i-[0-9a-f]{8}([0-9a-f]{9})?$/.test(id))
  if (malformed !== undefined) throw new AwsFault('InvalidInstanceID.Malformed', `Invalid id: "${malformed}"`)
  const missing = ids.filter((id) => !region.instances[id])
  if (missing.length > 0) {
    const named = missing.length > 1 ? `IDs '${missing.join(', ')}' do` : `ID '${missing[0]}' does`
    throw new AwsFault('InvalidInstanceID.NotFound', `The instance ${named} not exist`)
  }
  return [...new Set(ids)].map((id) => region.instances[id]!)
}
