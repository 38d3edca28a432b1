// Describes the images of a repository with their tags, the newest digest of each; or those that are named.
// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeImages.html
import type { DescribeImagesRequest, DescribeImagesResponse } from '@aws-sdk/client-ecr'
import { page } from '../../wire/page.ts'
import { AwsFault } from '../../world/fault.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import { own } from '../../world/own.ts'
import { sizeOf, tagsOfImage } from '../image.ts'
import { findRepository } from '../repository.ts'

export const describeImages: Operation<DescribeImagesRequest, DescribeImagesResponse> = (
  input,
  { region },
): Wire<DescribeImagesResponse> => {
  const { registryId, repositoryName, imageIds, filter: { tagStatus = 'ANY' } = {} } = input
  const repository = findRepository(region, repositoryName, registryId)
  const named = imageIds?.map(({ imageDigest, imageTag }) => {
    const digest = imageDigest ?? own(repository.tags, imageTag ?? '')
    if (digest !== undefined && own(repository.images, digest)) return digest
    throw new AwsFault(
      'ImageNotFoundException',
      `The image with imageId {imageDigest:'${imageDigest ?? 'null'}', imageTag:'${imageTag ?? 'null'}'} does not exist within ` +
        `the repository with name '${repositoryName}' in the registry with id '${region.account}'`,
    )
  })
  const digests = (named ?? Object.keys(repository.images)).filter(
    (digest) => tagStatus === 'ANY' || tagsOfImage(repository, digest).length > 0 === (tagStatus === 'TAGGED'),
  )
  const { items, nextToken } = page(digests, input, { default: 100, max: 1000 })
  const imageDetails = items.map((imageDigest) => {
    const { imageManifest, imageManifestMediaType, pushedAt = repository.createdAt } = repository.images[imageDigest]!
    const imageTags = tagsOfImage(repository, imageDigest)
    return {
      registryId: region.account,
      repositoryName,
      imageDigest,
      ...(imageTags.length > 0 && { imageTags }),
      imageSizeInBytes: sizeOf(imageManifest),
      imagePushedAt: pushedAt,
      imageManifestMediaType,
    }
  })
  return { imageDetails, nextToken }
}
