/** Waits for something until somebody wants to wait no longer. */
import { abortController } from './abortController.ts'

/** Resolves with what a call does, or rejects with the reason of a signal that is aborted; what was called goes on by itself. */
export async function unlessAborted<T>(signals: readonly AbortSignal[], call: () => Promise<T>): Promise<T> {
  for (const signal of signals) signal.throwIfAborted()
  const over = abortController()
  const aborted = new Promise<never>((_, reject) => {
    for (const signal of signals)
      signal.addEventListener('abort', () => reject(signal.reason), { once: true, signal: over.signal })
  })
  try {
    return await Promise.race([call(), aborted])
  } finally {
    over.abort()
  }
}
