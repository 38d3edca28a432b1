import { EcsTaskError } from '../ground/errors.ts'
import type { StepContext } from '../engine/stepHandler.ts'
import { settled } from '../rollout/settled.ts'

/** Waits until Cloud Map has done what it was told to; answers with the id of the namespace that it was about. */
export async function finished(operation: string, what: string, context: StepContext): Promise<string | undefined> {
  let namespace: string | undefined
  const isDone = async (): Promise<boolean> => {
    const { Operation } = await context.aws.call('getOperation', { OperationId: operation }, context.signal)
    if (Operation?.Status === 'FAIL') {
      throw new EcsTaskError('RefusedByAws', `${what}: Cloud Map could not do it.`, { why: Operation.ErrorMessage })
    }
    namespace = Operation?.Targets?.NAMESPACE
    return Operation?.Status === 'SUCCESS'
  }
  await settled(isDone, { what, context })
  return namespace
}
