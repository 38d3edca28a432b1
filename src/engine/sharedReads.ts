/** Reads that the steps of a stage share. */
import type { Clock } from '../ground/clock.ts'

/** Reads, or answers with what another step has read under the same key in the last ten seconds. */
export type ReadOnce = <T>(key: string, read: () => Promise<T>) => Promise<T>

/** Milliseconds for which an answer is good: many steps of one kind pass in that time, and little else can. */
const freshness = 10_000

/** For one stage: what a stage before has changed is never answered from before it. */
export function sharedReads({ now }: Clock): ReadOnce {
  const known = new Map<string, { readonly at: number; readonly answer: Promise<unknown> }>()
  return <T>(key: string, read: () => Promise<T>): Promise<T> => {
    const before = known.get(key)
    if (before && now() - before.at < freshness) return before.answer as Promise<T>
    const answer = read()
    known.set(key, { at: now(), answer })
    return answer
  }
}
