// What ECR asks of a caller's policies.
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerregistry.html
import { repositoryArn } from '../world/arn.ts'
import { type Authorization, type Authorizations, onEach } from '../world/authorization.ts'

type Repository = { readonly registryId?: string; readonly repositoryName: string }

const ofRepository: Authorization<Repository> = ({ registryId: account, repositoryName }, { region }) =>
  onEach([repositoryArn({ ...region, ...(account !== undefined && { account }) }, repositoryName)])

const describeRepositories: Authorization<{ registryId?: string; repositoryNames?: string[] }> = (input, context) =>
  (input.repositoryNames ?? ['*']).flatMap((repositoryName) =>
    ofRepository({ ...(input.registryId !== undefined && { registryId: input.registryId }), repositoryName }, context),
  )

export const ecrAuthorizations: Authorizations = {
  batchGetImage: ofRepository,
  createRepository: ofRepository,
  describeImages: ofRepository,
  describeRepositories,
  putImage: ofRepository,
}
