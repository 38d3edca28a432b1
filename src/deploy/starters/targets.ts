/** Event targets as a deploy sends them: what is declared, over what is there, until EventBridge has taken all of them. */
import type { PutTargetsResultEntry, RemoveTargetsResultEntry, Target } from '@aws-sdk/client-eventbridge'
import type { RuleTarget } from '../../definition/definition.ts'
import { EcsTaskError } from '../../ground/errors.ts'
import { isPlain } from '../../ground/shown.ts'
import type { StepContext } from '../../engine/stepHandler.ts'

/** Members of which AWS takes only one. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Target.html */
const alternatives = [
  ['Input', 'InputPath', 'InputTransformer'],
  ['LaunchType', 'CapacityProviderStrategy'],
]

/**
 * The declared target with every member that it does not declare as it is on the target of the same Id; inside
 * `EcsParameters` too, however deep. PutTargets replaces a target whole, so what is not sent would be gone. Another
 * service's target is replaced: its members say nothing of this one.
 */
export function mergedTarget(declared: RuleTarget, live: Target | undefined): RuleTarget {
  if (live === undefined || serviceOf(live.Arn) !== serviceOf(declared.Arn)) return declared
  const EcsParameters = over(live.EcsParameters, declared.EcsParameters)
  return { ...shallow(live, declared), ...(EcsParameters !== undefined && { EcsParameters }) } as RuleTarget
}

/** The declared value over the live one, member by member however deep. */
export function over(live: unknown, declared: unknown): unknown {
  if (declared === undefined || !isPlain(live) || !isPlain(declared)) return declared ?? live
  const members = Object.entries(declared).map(([name, value]) => [name, over(live[name], value)])
  return shallow(live, Object.fromEntries(members))
}

/** The members of both, as declared where they are. */
export function shallow(live: object, declared: object): object {
  const given = Object.entries(declared).filter(([, value]) => value !== undefined)
  const names = given.map(([name]) => name)
  const displaced = alternatives.filter((group) => group.some((name) => names.includes(name))).flat()
  const kept = Object.entries(live).filter(([name]) => !displaced.includes(name))
  return Object.fromEntries([...kept, ...given])
}

/** `ecs` of `arn:aws:ecs:…`. */
function serviceOf(arn: string | undefined): string | undefined {
  return arn?.split(':')[2]
}

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
