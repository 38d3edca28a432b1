// Deletes a parameter. https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DeleteParameter.html
import type { DeleteParameterRequest } from '@aws-sdk/client-ssm'
import type { Nothing, Operation } from '../../world/operation.ts'
import { findParameter, notFound } from '../parameter.ts'

export const deleteParameter: Operation<DeleteParameterRequest, Nothing> = ({ Name }, { region }): Nothing => {
  const found = findParameter(region, Name)
  if (!found) throw notFound()
  delete region.parameters[found.Name]
  delete region.tags[found.ARN]
  return {}
}
