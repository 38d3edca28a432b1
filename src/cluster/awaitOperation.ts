/** Waits for an operation of Cloud Map to succeed. */
import { EcsTaskError } from '../ground/errors.ts'
import type { StepContext } from '../engine/stepHandler.ts'
import { settled } from '../rollout/settled.ts'

/** Answers with the id of the namespace that the operation is about; `what` says what is unfinished until then. */
export async function awaitOperation(
  OperationId: string,
  what: string,
  context: StepContext,
): Promise<string | undefined> {
  let namespace: string | undefined
  const isDone = async (): Promise<boolean> => {
    const { Operation } = await context.aws.call('getOperation', { OperationId }, context.signal)
    if (Operation?.Status === 'FAIL') {
      throw new EcsTaskError('RefusedByAws', `${what}: Cloud Map could not do it.`, { why: Operation.ErrorMessage })
    }
    namespace = Operation?.Targets?.NAMESPACE
    return Operation?.Status === 'SUCCESS'
  }
  await settled(isDone, { what, context })
  return namespace
}
