// PutImage: pushes a manifest, and moves a tag to it. Its layers are nobody's concern here.
// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutImage.html
import type { PutImageRequest, PutImageResponse } from '@aws-sdk/client-ecr'
import { AwsFault } from '../../world/fault.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import { own } from '../../world/own.ts'
import { digestOfManifest, mediaTypeOf, storeImage } from '../image.ts'
import { findRepository } from '../repository.ts'

export const putImage: Operation<PutImageRequest, PutImageResponse> = (
  input,
  { region, now },
): Wire<PutImageResponse> => {
  const { registryId, repositoryName, imageManifest, imageTag, imageDigest: asked } = input
  const repository = findRepository(region, repositoryName, registryId)
  const imageDigest = digestOfManifest(imageManifest)
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
  storeImage(repository, { imageManifest, imageManifestMediaType, tag: imageTag }, now)
  const imageId = { imageDigest, ...(imageTag !== undefined && { imageTag }) }
  return {
    image: { registryId: region.account, repositoryName, imageId, imageManifest, imageManifestMediaType },
  }
}
