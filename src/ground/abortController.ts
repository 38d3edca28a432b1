// Signals for which any number of calls may listen: Node takes more than ten listeners for a leak, and warns.
import { setMaxListeners } from 'node:events'

export function abortController(): AbortController {
  const controller = new Ending()
  setMaxListeners(0, controller.signal)
  return controller
}

/** Every call ends a signal or two, and without a reason Node makes an error of each, with a stack: a tenth of a millisecond. */
class Ending extends AbortController {
  override abort(reason: unknown = (ended ??= new DOMException('This operation was aborted', 'AbortError'))): void {
    super.abort(reason)
  }
}

let ended: DOMException | undefined

/** One that is aborted with the first of these. */
export function anySignal(signals: AbortSignal[]): AbortSignal {
  const signal = AbortSignal.any(signals)
  setMaxListeners(0, signal)
  return signal
}
