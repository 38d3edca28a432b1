// The capacity providers of a region: Fargate's two, those that somebody created, and those that a cluster was made with.
import { nameOf } from '../world/arn.ts'
import { own } from '../world/own.ts'
import type { CapacityProviderRecord, Region } from '../world/world.ts'

const ofFargate = ['FARGATE', 'FARGATE_SPOT']

/** The capacity provider of that name or ARN; undefined where there is none. */
export function findCapacityProvider(region: Region, nameOrArn: string): CapacityProviderRecord | undefined {
  const name = nameOf(nameOrArn)
  const created = own(region.capacityProviders, name)
  if (created) return created
  return ofFargate.includes(name) || ofClusters(region).includes(name) ? shown(region, name) : undefined
}

/** All of them, Fargate's first. */
export const capacityProvidersOf = (region: Region): CapacityProviderRecord[] =>
  [...new Set([...ofFargate, ...Object.keys(region.capacityProviders), ...ofClusters(region)])].flatMap(
    (name) => findCapacityProvider(region, name) ?? [],
  )

export const shown = (region: Region, name: string): CapacityProviderRecord => ({
  capacityProviderArn: `arn:aws:ecs:${region.name}:${region.account}:capacity-provider/${name}`,
  name,
  status: 'ACTIVE',
})

const ofClusters = (region: Region): string[] =>
  Object.values(region.clusters).flatMap(({ cluster }) => cluster.capacityProviders)
