// Signals for which any number of calls may listen: Node takes more than ten listeners for a leak, and warns.
import { setMaxListeners } from 'node:events'

export function abortController(): AbortController {
  const controller = new AbortController()
  setMaxListeners(0, controller.signal)
  return controller
}

/** One that is aborted with the first of these. */
export function anySignal(signals: AbortSignal[]): AbortSignal {
  const signal = AbortSignal.any(signals)
  setMaxListeners(0, signal)
  return signal
}
