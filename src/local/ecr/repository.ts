// A repository of images, as it is found and shown, and what a reference to an image in one stands for.
import type { Wire } from '../world/wire.ts'
import type { Repository as ShownRepository } from '@aws-sdk/client-ecr'
import { repositoryArn } from '../world/arn.ts'
import { AwsFault } from '../world/fault.ts'
import { own } from '../world/own.ts'
import type { Region, Repository } from '../world/world.ts'

/** The repository of that name; throws RepositoryNotFoundException where the registry, by default the account's, has none. */
export function findRepository(region: Region, name: string, registryId = region.account): Repository {
  const found = registryId === region.account ? own(region.repositories, name) : undefined
  if (found) return found
  throw new AwsFault(
    'RepositoryNotFoundException',
    `The repository with name '${name}' does not exist in the registry with id '${registryId}'`,
  )
}

/** The repository of that name, as it is shown. */
export function describedRepository(region: Region, name: string) {
  return {
    repositoryArn: repositoryArn(region, name),
    registryId: region.account,
    repositoryName: name,
    repositoryUri: `${registryOf(region)}/${name}`,
    createdAt: findRepository(region, name).createdAt,
    imageTagMutability: 'MUTABLE' as const,
  } satisfies Wire<ShownRepository>
}

/** The host that Docker pushes to. */
export const registryOf = ({ name, account }: Region): string => `${account}.dkr.ecr.${name}.amazonaws.com`

/**
 * The digest that an image reference stands for: its own, or that of its tag where the image is in ECR here; undefined for
 * what is elsewhere. `123456789012.dkr.ecr.us-east-1.amazonaws.com/web:v1`
 */
export function resolvedDigest(region: Region, image: string): string | undefined {
  const [name = '', digest] = image.split('@')
  if (digest !== undefined) return digest
  const [, account, place, repository = '', tag = 'latest'] =
    /^(\d{12})\.dkr\.ecr\.([a-z\d-]+)\.amazonaws\.com(?:\.cn)?\/([^:]+)(?::(.+))?$/.exec(name) ?? []
  if (account !== region.account || place !== region.name) return undefined
  return own(own(region.repositories, repository)?.tags ?? {}, tag)
}
