/** Does something for so long and no longer. */
import { abortController } from './abortController.ts'
import type { Clock } from './clock.ts'

/** Does something with a signal that is aborted after so many milliseconds, so that it cannot hold anything up. */
export async function withDeadline<T>(
  clock: Clock,
  milliseconds: number,
  act: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const late = abortController()
  const over = abortController()
  clock.sleep(milliseconds, over.signal).then(
    () => late.abort(),
    () => undefined,
  )
  try {
    return await act(late.signal)
  } finally {
    over.abort()
  }
}
