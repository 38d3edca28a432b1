// Says of each action on each resource whether the policies of a user or a role allow it, beside those that are passed.
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
import type { EvaluationResult, SimulatePolicyResponse, SimulatePrincipalPolicyRequest } from '@aws-sdk/client-iam'
import { AwsFault } from '../../world/fault.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import { page } from '../../wire/page.ts'
import { refuseAs } from '../../wire/refuseAs.ts'
import { checkDocument, decide, statementsOf } from '../policy.ts'
import { policiesOf } from '../user.ts'

const everything = '{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}'

export const simulatePrincipalPolicy: Operation<SimulatePrincipalPolicyRequest, SimulatePolicyResponse> = (
  input,
  callContext,
): Wire<SimulatePolicyResponse> => {
  const { PolicySourceArn, ActionNames, ResourceArns = ['*'], PolicyInputList = [], ContextEntries = [] } = input
  for (const document of PolicyInputList) checkDocument(document)
  const wrong = ActionNames.find((action) => !/^[\w-]+:[\w*?]+$/.test(action))
  if (wrong !== undefined) throw new AwsFault('InvalidInput', `Invalid Action Name: ${wrong}`)
  const documents = [...(policiesOf(callContext, PolicySourceArn) ?? [everything]), ...PolicyInputList]
  const statements = documents.flatMap(statementsOf)
  const context = new Map(
    ContextEntries.map(({ ContextKeyName = '', ContextKeyValues = [] }) => [
      ContextKeyName.toLowerCase(),
      ContextKeyValues,
    ]),
  )
  const results = ActionNames.flatMap((action) =>
    ResourceArns.map((resource): Wire<EvaluationResult> => ({
      EvalActionName: action,
      EvalResourceName: resource,
      EvalDecision: decide(statements, { action, resource, context }),
      MatchedStatements: [],
      MissingContextValues: [],
    })),
  )
  const { items, nextToken } = refuseAs('InvalidInput', () =>
    page(results, { maxResults: input.MaxItems, nextToken: input.Marker }, { default: 100, max: 1000 }),
  )
  return { EvaluationResults: items, IsTruncated: nextToken !== undefined, Marker: nextToken }
}
