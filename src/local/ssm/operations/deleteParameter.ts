// Deletes a parameter. https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DeleteParameter.html
import type { DeleteParameterRequest, DeleteParameterResult } from '@aws-sdk/client-ssm'
import type { Operation, Wire } from '../../world/operation.ts'
import { findParameter, notFound } from '../parameter.ts'

export const deleteParameter: Operation<DeleteParameterRequest, DeleteParameterResult> = (
  { Name },
  { region },
): Wire<DeleteParameterResult> => {
  const found = findParameter(region, Name)
  if (!found) throw notFound()
  delete region.parameters[found.Name]
  delete region.tags[found.ARN]
  return {}
}
