// Lists parameters without their values, by name; filters by name, path and type. https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeParameters.html
import type { DescribeParametersRequest, DescribeParametersResult, ParameterStringFilter } from '@aws-sdk/client-ssm'
import { AwsFault } from '../../world/fault.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import type { ParameterVersion } from '../../world/world.ts'
import { page } from '../../wire/page.ts'
import { refuseAs } from '../../wire/refuseAs.ts'

export const describeParameters: Operation<DescribeParametersRequest, DescribeParametersResult> = (
  { ParameterFilters = [], MaxResults, NextToken },
  { region },
): Wire<DescribeParametersResult> => {
  const found = Object.values(region.parameters)
    .flatMap((versions) => versions.at(-1) ?? [])
    .filter((parameter) => ParameterFilters.every((filter) => passes(parameter, filter)))
    .toSorted((one, other) => (one.Name < other.Name ? -1 : 1))
  const { items, nextToken } = refuseAs('InvalidNextToken', () =>
    page(found, { maxResults: MaxResults, nextToken: NextToken }, { default: 10, max: 50 }),
  )
  return { Parameters: items.map(({ Value: _, ...shown }) => shown), NextToken: nextToken }
}

/** `BeginsWith` of a path is one level; `Recursive` all below it. */
function passes(
  { Name, Type }: ParameterVersion,
  { Key, Option = 'Equals', Values = [] }: Wire<ParameterStringFilter>,
): boolean {
  if (Key === 'Type') return Values.includes(Type)
  if (Key === 'Path') {
    return Values.map((path) => path.replace(/\/?$/, '/')).some(
      (path) => Name.startsWith(path) && (Option === 'Recursive' || !Name.slice(path.length).includes('/')),
    )
  }
  if (Key !== 'Name') throw new AwsFault('InvalidFilterKey', `The local AWS has no filter by ${Key}.`)
  if (Option === 'BeginsWith') return Values.some((value) => Name.startsWith(value))
  return Option === 'Contains' ? Values.some((value) => Name.includes(value)) : Values.includes(Name)
}
