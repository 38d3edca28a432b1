/** Sends target entries until EventBridge has taken all of them. */
import type { PutTargetsResultEntry, RemoveTargetsResultEntry } from '@aws-sdk/client-eventbridge'
import { EcsTaskError } from '../ground/errors.ts'
import type { StepContext } from '../engine/stepHandler.ts'

/** How often entries that EventBridge could not take are sent again. */
const attempts = 5

type Entry = PutTargetsResultEntry | RemoveTargetsResultEntry

/**
 * Sends the entries of a request, and those again that EventBridge reports as failed in an answer that is otherwise a
 * success; what still fails then is thrown as `TargetsFailed`.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html
 */
export async function untilAllTaken<T, A extends { FailedEntries?: Entry[] | undefined }>(
  of: { rule: string | undefined; entries: readonly T[]; idOf: (entry: T) => string | undefined },
  send: (entries: readonly T[]) => Promise<A>,
  { clock, signal }: StepContext,
): Promise<A> {
  let { entries } = of
  for (let attempt = 1; ; attempt++) {
    const answer = await send(entries).catch((error: unknown) => {
      if (attempt === 1) throw error
      throw new EcsTaskError('TargetsFailed', `Rule ${of.rule} took only some of its targets.`, {
        cause: error,
        why: String(error),
      })
    })
    const failed = answer.FailedEntries ?? []
    if (failed.length === 0) return answer
    if (attempt === attempts) {
      throw new EcsTaskError('TargetsFailed', `Rule ${of.rule} did not take ${failed.length} of its targets.`, {
        problems: failed.map((entry) => `${of.rule}/${entry.TargetId}: ${entry.ErrorCode}: ${entry.ErrorMessage}`),
        evidence: { failedEntries: failed },
      })
    }
    const ids = new Set(failed.map((entry) => entry.TargetId))
    entries = entries.filter((entry) => ids.has(of.idOf(entry)))
    await clock.sleep(500 * 2 ** attempt, signal)
  }
}
