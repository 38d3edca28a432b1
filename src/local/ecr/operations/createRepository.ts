// CreateRepository: makes a repository; its tags can be moved from image to image.
// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html
import type { CreateRepositoryRequest, CreateRepositoryResponse } from '@aws-sdk/client-ecr'
import { repositoryArn } from '../../world/arn.ts'
import { AwsFault } from '../../world/fault.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import { own } from '../../world/own.ts'
import { emptyRepository } from '../push.ts'
import { describedRepository } from '../repository.ts'

export const createRepository: Operation<CreateRepositoryRequest, CreateRepositoryResponse> = (
  { repositoryName: name, tags },
  { region, now },
): Wire<CreateRepositoryResponse> => {
  if (own(region.repositories, name)) {
    throw new AwsFault(
      'RepositoryAlreadyExistsException',
      `The repository with name '${name}' already exists in the registry with id '${region.account}'`,
    )
  }
  const repositoryArnOf = repositoryArn(region, name)
  region.repositories[name] = emptyRepository(now)
  if (tags) region.tags[repositoryArnOf] = tags
  return { repository: describedRepository(region, name) }
}
