// What `docker push` would do, without Docker: an image under a tag, with a digest of its own for each push.
import { repositoryArn } from '../world/arn.ts'
import type { Context } from '../world/operation.ts'
import { byName, own } from '../world/own.ts'
import type { Repository } from '../world/world.ts'
import { digestOfManifest, storeImage } from './image.ts'

/** `linux/amd64`, `linux/arm64/v8`. */
export const isPlatform = (text: string): boolean => /^[a-z]+\/[a-z0-9]+(?:\/v\d+)?$/.test(text)

/**
 * Pushes to a tag of a repository, which is made where it is missing. The digest follows from repository, tag and how
 * often the tag was pushed to, so it is the same in every world. With `platforms` it is that of a list of manifests.
 */
export function push(
  { region, now }: Context,
  { repository: name, tag, platforms = [] }: { repository: string; tag: string; platforms?: readonly string[] },
): { repositoryArn: string; imageDigest: string } {
  const repository = own(region.repositories, name) ?? emptyRepository(now)
  const pushes = own(repository.pushes ?? {}, tag) ?? 0
  const counted: Repository = {
    ...repository,
    pushes: Object.assign(byName(), repository.pushes, { [tag]: pushes + 1 }),
  }
  region.repositories[name] = counted
  const of = `${name}:${tag} push ${pushes + 1}`
  const manifests = platforms.map((platform) => {
    const [os, architecture, variant] = platform.split('/')
    const imageManifest = manifestOf(`${of} ${platform}`)
    const digest = storeImage(counted, { imageManifest }, now)
    return {
      mediaType: ofImage,
      digest,
      size: imageManifest.length,
      platform: { architecture, os, ...(variant !== undefined && { variant }) },
    }
  })
  const imageManifest =
    platforms.length > 0 ? JSON.stringify({ schemaVersion: 2, mediaType: ofIndex, manifests }) : manifestOf(of)
  return { repositoryArn: repositoryArn(region, name), imageDigest: storeImage(counted, { imageManifest, tag }, now) }
}

export const emptyRepository = (now: number): Repository => ({
  createdAt: now / 1000,
  images: byName(),
  tags: byName(),
})

const ofImage = 'application/vnd.oci.image.manifest.v1+json'
const ofIndex = 'application/vnd.oci.image.index.v1+json'

/** The manifest of an image whose configuration and only layer are named after what was pushed. */
function manifestOf(what: string): string {
  const config = {
    mediaType: 'application/vnd.oci.image.config.v1+json',
    size: 512,
    digest: digestOfManifest(`${what} config`),
  }
  const layer = { mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip', size: 4096, digest: digestOfManifest(what) }
  return JSON.stringify({ schemaVersion: 2, mediaType: ofImage, config, layers: [layer] })
}
