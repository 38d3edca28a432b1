/** Waits until AWS has made something or deleted it. */
import { refusalOf } from '../aws/retry.ts'
import { EcsTaskError } from '../ground/errors.ts'
import type { StepContext } from '../engine/stepHandler.ts'

/** Milliseconds between two looks at what AWS is making or taking away. */
const interval = 5_000

/**
 * Looks again and again until `isSettled` says so. Throws `TimedOut` when it takes longer than the run may, with what
 * `what` is still doing: `Load balancer web-lb is still provisioning`.
 */
export async function settled(
  isSettled: () => Promise<boolean>,
  { what, context }: { readonly what: string; readonly context: StepContext },
): Promise<void> {
  const { clock, signal, timeout } = context
  for (const end = clock.now() + timeout; ; await clock.sleep(interval, signal)) {
    // Time is up as of the look: a machine may sleep while AWS answers.
    const looked = clock.now()
    if (await isSettled()) return
    if (looked < end) continue
    throw new EcsTaskError('TimedOut', `${what} after ${Math.round(timeout / 1000)} s.`, {
      fix: 'Run it again to continue where this stopped. --timeout raises the limit.',
    })
  }
}

/** Sends something that AWS refuses while something else is still going away; again and again, until it is taken. */
export async function onceFree<T>(
  send: () => Promise<T>,
  of: { readonly what: string; readonly inUse: readonly string[]; readonly context: StepContext },
): Promise<T> {
  let answer: { readonly of: T } | undefined
  const isTaken = async (): Promise<boolean> => {
    try {
      answer = { of: await send() }
      return true
    } catch (error) {
      if (of.inUse.includes(refusalOf(error).name)) return false
      throw error
    }
  }
  await settled(isTaken, of)
  if (!answer) throw new Error('it has settled without an answer')
  return answer.of
}
