/** Calls the methods of classes around a deploy of them. */
import type { Definition } from '../../definition/definition.ts'
import { hookNames } from '../../definition/hooks.ts'
import type { RunEnd, RunHooks } from '../../engine/hooks.ts'
import { isFollowedToItsEnd } from '../../engine/summary.ts'
import { EcsTaskError } from '../../ground/errors.ts'
import { frozen } from '../../ground/frozen.ts'
import { messageOf } from '../../ground/messageOf.ts'
import { unlessAborted } from '../../ground/unlessAborted.ts'
import type { AfterDeploy, BeforeDeploy, DeployHooks } from './deployHooks.ts'

/** A class that is deployed. */
interface Deployed {
  readonly definition: Definition
  /** What was declared as it: the methods stay there, and are called on it. */
  readonly source: DeployHooks
}

/** Undefined where no class has such a method. `until` is how far rollouts are followed. */
export function hooksOf(
  classes: readonly Deployed[],
  of: { readonly tag: string; readonly wait: boolean; readonly until: string | undefined; readonly local: boolean },
): RunHooks | undefined {
  if (!classes.some(({ source }) => hookNames.some((name) => source[name]))) return undefined
  const { tag, wait, until, local } = of
  const waited = wait && isFollowedToItsEnd(until)
  const contextOf = ({ definition }: Deployed): BeforeDeploy => ({ tag, definition, local })
  /** The classes whose `beforeDeploy` has come to its end. */
  const prepared = new Set<Deployed>()
  return {
    async before(interrupts) {
      for (const one of classes) {
        const { source, definition } = one
        if (!source.beforeDeploy) continue
        try {
          await unlessAborted(interrupts, async () => source.beforeDeploy?.(frozen(contextOf(one))))
        } catch (error) {
          if (interrupts.some(({ aborted }) => aborted)) throw error
          throw new EcsTaskError('HookFailed', `beforeDeploy of ${definition.name} refused the deploy.`, {
            why: messageOf(error),
            cause: error,
          })
        }
        prepared.add(one)
      }
    },
    async after(end, interrupts, warn) {
      let interrupted: string | undefined
      for (const one of classes) {
        const { source, definition } = one
        const name = nameFor(one, end, prepared.has(one))
        if (name === undefined || !source[name]) continue
        const context: AfterDeploy = frozen({ ...contextOf(one), result: end.result, waited })
        try {
          await unlessAborted(interrupts, async () => source[name]?.(context))
        } catch (error) {
          const called = `${name} of ${definition.name}`
          if (interrupts.some(({ aborted }) => aborted)) {
            interrupted ??= called
            warn(`Stopped waiting for ${called}.`)
          } else warn(`${called} failed: ${messageOf(error)}`)
        }
      }
      return interrupted
    },
  }
}

/** Which of them is called for a class. Of classes that go on where another fails, each has its own end. */
function nameFor(
  { definition }: Deployed,
  { result: { exitCode, outcome }, hasWritten, lost }: RunEnd,
  isPrepared: boolean,
): 'afterDeploy' | 'afterFailure' | undefined {
  if (exitCode === 0) return 'afterDeploy'
  if (outcome === 'refused' || !hasWritten) return isPrepared ? 'afterFailure' : undefined
  return lost.length === 0 || lost.includes(definition.name) ? 'afterFailure' : 'afterDeploy'
}
