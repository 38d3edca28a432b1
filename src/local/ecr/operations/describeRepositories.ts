// Lists repositories by name, or those that are named. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeRepositories.html
import type { DescribeRepositoriesRequest, DescribeRepositoriesResponse } from '@aws-sdk/client-ecr'
import { page } from '../../wire/page.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import { describedRepository, findRepository } from '../repository.ts'

export const describeRepositories: Operation<DescribeRepositoriesRequest, DescribeRepositoriesResponse> = (
  input,
  { region },
): Wire<DescribeRepositoriesResponse> => {
  for (const name of input.repositoryNames ?? []) findRepository(region, name, input.registryId)
  const names = (input.repositoryNames ?? Object.keys(region.repositories)).toSorted()
  const { items, nextToken } = page(names, input, { default: 100, max: 1000 })
  return { repositories: items.map((name) => describedRepository(region, name)), nextToken }
}
