// PutImage: pushes a manifest, and moves a tag to it. Its layers are nobody's concern here.
// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutImage.html
import { createHash } from 'node:crypto'
import { AwsFault } from '../../world/fault.ts'
import type { Operation } from '../../world/operation.ts'
import { own } from '../../world/own.ts'
import { parseJson } from '../../world/parseJson.ts'
import { findRepository } from '../repository.ts'

export const putImage: Operation = (input, { region }) => {
  const { registryId, repositoryName, imageManifest, imageTag, imageDigest: asked } = input
  const repository = findRepository(region, repositoryName, registryId)
  const imageDigest = `sha256:${createHash('sha256').update(imageManifest).digest('hex')}`
  if (asked !== undefined && asked !== imageDigest) {
    throw new AwsFault('ImageDigestDoesNotMatchException', 'The digest of the image does not match its manifest.')
  }
  const isThere =
    imageTag === undefined
      ? own(repository.images, imageDigest) !== undefined
      : own(repository.tags, imageTag) === imageDigest
  if (isThere) {
    throw new AwsFault(
      'ImageAlreadyExistsException',
      `Image with digest '${imageDigest}' and tag '${imageTag}' already exists in the repository with name '${repositoryName}' in registry with id '${region.account}'`,
    )
  }
  const imageManifestMediaType = input.imageManifestMediaType ?? mediaTypeOf(imageManifest)
  repository.images[imageDigest] = { imageManifest, imageManifestMediaType }
  if (imageTag !== undefined) repository.tags[imageTag] = imageDigest
  const imageId = { imageDigest, ...(imageTag !== undefined && { imageTag }) }
  return {
    image: { registryId: region.account, repositoryName, imageId, imageManifest, imageManifestMediaType },
  }
}

function mediaTypeOf(manifest: string): string {
  const { mediaType } = (parseJson(manifest) ?? {}) as { mediaType?: unknown }
  return typeof mediaType === 'string' ? mediaType : 'application/vnd.docker.distribution.manifest.v2+json'
}
