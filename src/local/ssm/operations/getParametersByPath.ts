// Returns the parameters below a path, ten at a time. https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParametersByPath.html
import type { GetParametersByPathRequest, GetParametersByPathResult } from '@aws-sdk/client-ssm'
import { AwsFault } from '../../world/fault.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import { page } from '../../wire/page.ts'
import { refuseAs } from '../../wire/refuseAs.ts'
import { shownParameter } from '../parameter.ts'

export const getParametersByPath: Operation<GetParametersByPathRequest, GetParametersByPathResult> = (
  { Path, Recursive = false, WithDecryption, MaxResults, NextToken },
  { region },
): Wire<GetParametersByPathResult> => {
  if (!Path.startsWith('/')) {
    throw new AwsFault(
      'ValidationException',
      'The parameter doesn\'t meet the parameter name requirements. The path must begin with "/".',
    )
  }
  const path = Path.replace(/\/?$/, '/')
  const below = Object.keys(region.parameters)
    .filter((name) => name.startsWith(path) && (Recursive || !name.slice(path.length).includes('/')))
    .toSorted()
    .flatMap((name) => region.parameters[name]?.at(-1) ?? [])
  const { items, nextToken } = refuseAs('InvalidNextToken', () =>
    page(below, { maxResults: MaxResults, nextToken: NextToken }, { default: 10, max: 10 }),
  )
  return { Parameters: items.map((each) => shownParameter(each, { WithDecryption })), NextToken: nextToken }
}
