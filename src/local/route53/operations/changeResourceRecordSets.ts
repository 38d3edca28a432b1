// Makes all changes of a batch, or none of them when one is refused. What Route 53 documents as an
// `InvalidChangeBatch` document with its messages it sends as an error like others, with the messages in brackets;
// that is what clients read. https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html
import type {
  Change,
  ChangeResourceRecordSetsRequest,
  ChangeResourceRecordSetsResponse,
} from '@aws-sdk/client-route-53'
import { normalDomainName } from '../domainName.ts'
import { AwsFault } from '../../world/fault.ts'
import { changeableHostedZone } from '../hostedZone.ts'
import { addChange } from '../change.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import { normalRecordSet } from '../recordSet.ts'
import { changedRecordSets } from '../recordSetChanges.ts'
import { checkChange } from '../recordSetRules.ts'

export const changeResourceRecordSets: Operation<ChangeResourceRecordSetsRequest, ChangeResourceRecordSetsResponse> = (
  { HostedZoneId, ChangeBatch },
  context,
): Wire<ChangeResourceRecordSetsResponse> => {
  const zone = changeableHostedZone(context.global, HostedZoneId)
  const { Changes, Comment } = ChangeBatch
  if (Changes.length === 0)
    throw new AwsFault('InvalidInput', 'Invalid XML ; The content of element Changes is not complete.')
  for (const change of Changes) checkChange(change)
  const problems = Changes.flatMap(nameProblem)
  if (problems.length > 0) throw invalid(problems)
  const changes = Changes.map(({ Action, ResourceRecordSet }) => {
    return { Action, ResourceRecordSet: normalRecordSet(ResourceRecordSet) }
  })
  const changed = changedRecordSets(zone, changes)
  if ('problems' in changed) throw invalid(changed.problems)
  zone.recordSets = changed.recordSets
  return { ChangeInfo: addChange(context, Comment) }
}

const invalid = (problems: readonly string[]): AwsFault =>
  new AwsFault('InvalidChangeBatch', `[${problems.join(', ')}]`)

function nameProblem({ ResourceRecordSet: { Name } }: Wire<Change>): string[] {
  const normal = normalDomainName(Name)
  return 'problem' in normal ? [normal.problem] : []
}
