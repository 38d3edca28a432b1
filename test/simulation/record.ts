import type { Method } from '../../src/aws/aws.ts'
import type { ToldEvent } from '../../src/engine/events.ts'
import type { Unchecked } from '../../src/local/world/wire.ts'
import type { Result } from '../../src/deploy/definitionCommand.ts'
import type { Fault } from './faults.ts'
import type { Picture } from './picture.ts'
import type { Act, Scenario } from './scenario.ts'

/** One request, and what became of it on either side of the wire. */
export interface Sent {
  /** The run that sent it; `other`: another person. */
  readonly run: string
  readonly method: Method | 'deleteService' | 'deleteSchedule'
  readonly input: Unchecked
  /** Epoch milliseconds at which AWS got it. */
  readonly at: number
  fault?: Fault
  /** Whether it is a write that AWS carried out. */
  acted: boolean
  /** What AWS answered, whether or not the answer arrived. */
  answer?: Unchecked
  /** What the engine got instead of the answer. */
  error?: string
  /** With UpdateService: the run whose lock was on the service at that moment. */
  lockedBy?: string | undefined
  /** With DeregisterTaskDefinition: what pointed at the revision at that moment. */
  uses?: readonly string[]
}

/** One command that was run, and everything about it that was seen. */
export interface Run {
  readonly name: string
  readonly act: Act
  readonly before: Picture
  readonly beganAt: number
  /** The place in the list of all requests at which it began, and at which it ended. */
  readonly from: number
  to: number
  endedAt: number
  after: Picture | undefined
  result: Result | undefined
  readonly events: ToldEvent[]
  /** By id of a step that was followed: whether its deployment had completed when the engine said so. */
  readonly followed: { readonly step: string; readonly hasCompleted: boolean }[]
  calls: number
  wasKilled: boolean
  wasInterrupted: boolean
  /** The objects of the locks that it held when it ended. */
  locksKept: readonly string[]
  /** ARNs of the one-off tasks that it had started and that nobody had told to stop when it ended. */
  stillRunning: readonly string[]
}

/** What came of a seed. */
export interface Outcome {
  readonly seed: number
  readonly scenario: Scenario
  readonly runs: readonly Run[]
  readonly sent: readonly Sent[]
  /** Virtual milliseconds from the first command to the end of the last. */
  readonly milliseconds: number
  readonly counts: Readonly<Record<string, number>>
  readonly violations: readonly Violation[]
}

/** An invariant that did not hold. */
export interface Violation {
  readonly invariant: string
  readonly run: string
  readonly text: string
}
