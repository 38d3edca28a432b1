/** A controller for whose signal any number of calls may listen: Node takes more than ten listeners for a leak, and warns. */
import { setMaxListeners } from 'node:events'

export function abortController(): AbortController {
  const controller = new AbortController()
  setMaxListeners(0, controller.signal)
  return controller
}
