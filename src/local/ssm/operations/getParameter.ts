// Returns a parameter by name, `name:version` or ARN. https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html
import type { GetParameterRequest, GetParameterResult } from '@aws-sdk/client-ssm'
import type { Operation, Wire } from '../../world/operation.ts'
import { findParameter, notFound, shownParameter } from '../parameter.ts'

export const getParameter: Operation<GetParameterRequest, GetParameterResult> = (
  { Name, WithDecryption },
  { region },
): Wire<GetParameterResult> => {
  const found = findParameter(region, Name)
  if (!found) throw notFound()
  const [Selector] = /:\d+$/.exec(Name) ?? []
  return { Parameter: shownParameter(found, { WithDecryption, ...(Selector !== undefined && { Selector }) }) }
}
