import type { Listener, ToldEvent } from '../../engine/events.ts'

/** Keeps what happens from listeners until it is released, so that no live view is drawn over a question. */
export function holding(listeners: readonly Listener[]): Listener & { release: () => void } {
  let kept: ToldEvent[] | undefined = []
  const tell = (event: ToldEvent): void => listeners.forEach((listener) => listener.hear(event))
  const release = (): void => {
    const events = kept ?? []
    kept = undefined
    events.forEach(tell)
  }
  return {
    hear(event) {
      if (kept === undefined) return tell(event)
      kept.push(event)
      if (event.type === 'run.finished') release()
    },
    close: async () => void (await Promise.all(listeners.map(async (listener) => listener.close?.()))),
    release,
  }
}
