/** Code of the user's that a run calls: before its first step, and once it is known how it ended. */
import type { Result } from './result.ts'

/** What a run calls. Whatever it calls is waited for, unless one of `interrupts` is aborted: then what is left is not called. */
export interface RunHooks {
  /** Rejects with what the run is refused for, or with the reason of the interrupt. */
  before(interrupts: readonly AbortSignal[]): Promise<void>
  /**
   * It never rejects: what fails here changes nothing of what has happened, and is a warning. Resolves with the name of what was
   * interrupted, if anything was.
   */
  after(end: RunEnd, interrupts: readonly AbortSignal[], warn: (text: string) => void): Promise<string | undefined>
}

/** How a run ended. */
export interface RunEnd {
  readonly result: Result
  /** Whether AWS may have been changed. */
  readonly hasWritten: boolean
  /** The classes that failed or were not started, where the others were deployed all the same. */
  readonly lost: readonly string[]
}
