import type { LocalAws } from '../../src/local/localAws.ts'
import type { Picture } from './picture.ts'
import type { Run, Sent } from './record.ts'
import type { Scenario } from './scenario.ts'
import type { Touched } from './touched.ts'

/** One run that has ended by itself, and what the invariants compare it with. */
export interface Ended {
  readonly scenario: Scenario
  readonly run: Run
  readonly exitCode: number
  readonly before: Picture
  readonly after: Picture
  /** Its own requests. */
  readonly own: readonly Sent[]
  /** What it has changed itself, and what others have changed while it went on (another run counts as another). */
  readonly ours: Touched
  readonly theirs: Touched
  readonly aws: LocalAws
}

/** One invariant: what it is called, and why it does not hold for a run that has ended. */
export interface Invariant {
  readonly name: string
  readonly check: (ended: Ended) => string[]
}
