/** Reads the targets of the rules that definitions declare, before anything is changed. */
import type { Target } from '@aws-sdk/client-eventbridge'
import type { Aws } from '../../aws/aws.ts'
import type { Definition } from '../../definition/definition.ts'
import { ruleKey } from '../../ground/names.ts'

/** By `bus/rule`: all targets of each rule. A rule that is not there is reported with its path in its class. */
export async function observeTargets(
  aws: Aws,
  definitions: readonly Definition[],
  report: (path: string, problem: string) => void,
  signal: AbortSignal | undefined,
): Promise<Map<string, readonly Target[]>> {
  const found = new Map<string, readonly Target[]>()
  await Promise.all(
    definitions.flatMap((definition) =>
      definition.eventTargets.map(async (eventTarget, index) => {
        const { Rule, EventBusName } = eventTarget
        const answer = await aws.all('listTargetsByRule', { Rule, EventBusName }, signal).catch((error: Error) => {
          if (error.name !== 'ResourceNotFoundException') throw error
        })
        if (answer) found.set(ruleKey(eventTarget), answer.Targets ?? [])
        else
          report(
            `${definition.name}/eventTargets/${index}/Rule`,
            `there is no rule ${Rule} on the event bus ${EventBusName ?? 'default'}.`,
          )
      }),
    ),
  )
  return found
}
