// Lists secrets by name, those marked for deletion only where asked for; filters by name. https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ListSecrets.html
import type { ListSecretsRequest, ListSecretsResponse } from '@aws-sdk/client-secrets-manager'
import { AwsFault } from '../../world/fault.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import { page } from '../../wire/page.ts'
import { refuseAs } from '../../wire/refuseAs.ts'
import { stagesOf } from '../secret.ts'

export const listSecrets: Operation<ListSecretsRequest, ListSecretsResponse> = (
  input,
  { region, now },
): Wire<ListSecretsResponse> => {
  const { Filters = [], IncludePlannedDeletion = false, MaxResults, NextToken } = input
  const other = Filters.find(({ Key }) => Key !== 'name')
  if (other) throw new AwsFault('InvalidParameterException', `The local AWS has no filter by ${other.Key}.`)
  const found = Object.values(region.secrets)
    .filter(({ DeletionDate = Infinity }) => DeletionDate > now / 1000)
    .filter(({ DeletedDate }) => IncludePlannedDeletion || DeletedDate === undefined)
    .filter(({ Name }) => Filters.every(({ Values = [] }) => Values.some((prefix) => Name.startsWith(prefix))))
    .toSorted((one, next) => (one.Name < next.Name ? -1 : 1))
  const { items, nextToken } = refuseAs('InvalidNextTokenException', () =>
    page(found, { maxResults: MaxResults, nextToken: NextToken }, { default: 100, max: 100 }),
  )
  return {
    SecretList: items.map((secret) => {
      const { versions: _, DeletionDate: __, ...shown } = secret
      return { ...shown, SecretVersionsToStages: stagesOf(secret) }
    }),
    NextToken: nextToken,
  }
}
