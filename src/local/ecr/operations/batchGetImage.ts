// BatchGetImage: the manifests of images, by tag or by digest.
// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_BatchGetImage.html
import type { BatchGetImageRequest, BatchGetImageResponse, Image, ImageFailure } from '@aws-sdk/client-ecr'
import { AwsFault } from '../../world/fault.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import { own } from '../../world/own.ts'
import { findRepository } from '../repository.ts'

export const batchGetImage: Operation<BatchGetImageRequest, BatchGetImageResponse> = (
  { registryId, repositoryName, imageIds },
  { region },
): Wire<BatchGetImageResponse> => {
  if (imageIds.length === 0 || imageIds.length > 100) {
    throw new AwsFault('InvalidParameterException', 'imageIds must have 1 to 100 elements.')
  }
  const repository = findRepository(region, repositoryName, registryId)
  const [images, failures]: [Wire<Image>[], Wire<ImageFailure>[]] = [[], []]
  for (const asked of imageIds) {
    const imageDigest = asked.imageDigest ?? own(repository.tags, asked.imageTag ?? '')
    const found = imageDigest === undefined ? undefined : own(repository.images, imageDigest)
    if (found) {
      const { imageManifest, imageManifestMediaType } = found
      const imageId = { ...asked, imageDigest }
      images.push({ registryId: region.account, repositoryName, imageId, imageManifest, imageManifestMediaType })
    } else failures.push({ imageId: asked, failureCode: 'ImageNotFound', failureReason: 'Requested image not found' })
  }
  return { images, failures }
}
