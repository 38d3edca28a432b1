// An image in a repository: a manifest under its digest, and the tags that stand for it.
import { createHash } from 'node:crypto'
import { parseJson } from '../world/parseJson.ts'
import type { Image, Repository } from '../world/world.ts'

export const digestOfManifest = (manifest: string): string =>
  `sha256:${createHash('sha256').update(manifest).digest('hex')}`

/** What a manifest says it is, beside its digest. */
interface Manifest {
  readonly mediaType?: unknown
  readonly config?: { readonly size?: unknown; readonly mediaType?: unknown }
  readonly layers?: readonly { readonly size?: unknown }[]
}

const parsed = (manifest: string): Manifest => {
  const value: unknown = parseJson(manifest)
  return typeof value === 'object' && value !== null ? value : {}
}

export function mediaTypeOf(manifest: string): string {
  const { mediaType } = parsed(manifest)
  return typeof mediaType === 'string' ? mediaType : 'application/vnd.docker.distribution.manifest.v2+json'
}

/** Bytes of the layers that a manifest names; a list of manifests has none. */
export function sizeOf(manifest: string): number {
  const { layers } = parsed(manifest)
  return (Array.isArray(layers) ? layers : []).reduce((sum, { size }) => sum + (typeof size === 'number' ? size : 0), 0)
}

/** Keeps a manifest under its digest, which it answers; a tag stands for it from now on. */
export function storeImage(
  repository: Repository,
  {
    imageManifest,
    imageManifestMediaType = mediaTypeOf(imageManifest),
    tag,
  }: Partial<Image> & { imageManifest: string; tag?: string | undefined },
  now: number,
): string {
  const digest = digestOfManifest(imageManifest)
  repository.images[digest] ??= { imageManifest, imageManifestMediaType, pushedAt: now / 1000 }
  if (tag !== undefined) repository.tags[tag] = digest
  return digest
}

/** The tags that stand for an image, by name. */
export const tagsOfImage = ({ tags }: Repository, digest: string): string[] =>
  Object.keys(tags)
    .filter((tag) => tags[tag] === digest)
    .toSorted()
