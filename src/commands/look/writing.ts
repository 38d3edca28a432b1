// Writes what comes for as long as somebody reads: no faster than it is taken, and until the output is closed.
import { abortController, anySignal } from '../../ground/abortController.ts'
import { once } from 'node:events'
import type { Writable } from 'node:stream'

interface Writing {
  /** Resolves when there is room for more; rejects with the signal's reason. */
  readonly write: (text: string) => Promise<void>
  /** Aborted when the output can take no more, or with the signal that was given. */
  readonly signal: AbortSignal
  /** What has kept the output from taking more: `EPIPE` where whoever read it has ended, as `head` does. */
  readonly error: () => NodeJS.ErrnoException | undefined
  readonly end: () => void
}

export function writing(stream: Writable, until: AbortSignal): Writing {
  const lost = abortController()
  const signal = anySignal([until, lost.signal])
  let error: NodeJS.ErrnoException | undefined
  const hear = (heard: NodeJS.ErrnoException): void => {
    error = heard
    lost.abort(heard)
  }
  stream.on('error', hear)
  return {
    async write(text) {
      if (stream.write(text)) return
      await once(stream, 'drain', { signal }).catch(() => signal.throwIfAborted())
    },
    signal,
    error: () => error,
    end: () => void stream.off('error', hear),
  }
}
