// Returns up to ten parameters, and the names of those that are not there. https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html
import type { GetParametersRequest, GetParametersResult } from '@aws-sdk/client-ssm'
import { AwsFault } from '../../world/fault.ts'
import type { Operation, Wire } from '../../world/operation.ts'
import { violation } from '../../wire/violation.ts'
import { findParameter, shownParameter } from '../parameter.ts'

export const getParameters: Operation<GetParametersRequest, GetParametersResult> = (
  { Names, WithDecryption },
  { region },
): Wire<GetParametersResult> => {
  if (Names.length < 1 || Names.length > 10) {
    const must = Names.length > 10 ? 'have length less than or equal to 10' : 'have length greater than or equal to 1'
    throw new AwsFault('ValidationException', violation('names', `[${Names.join(', ')}]`, must))
  }
  const asked = [...new Set(Names)].map((name) => ({ name, found: findParameter(region, name) }))
  return {
    Parameters: asked.flatMap(({ found }) => (found ? [shownParameter(found, { WithDecryption })] : [])),
    InvalidParameters: asked.flatMap(({ name, found }) => (found ? [] : [name])),
  }
}
