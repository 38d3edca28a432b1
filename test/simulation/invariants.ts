import type { LocalAws } from '../../src/local/localAws.ts'
import type { Run, Sent, Violation } from './record.ts'
import type { Scenario } from './scenario.ts'

export interface Seen {
  readonly scenario: Scenario
  readonly runs: readonly Run[]
  readonly sent: readonly Sent[]
  readonly aws: LocalAws
  readonly hasEnded: boolean
}

export function violationsOf({ runs, hasEnded }: Seen): Violation[] {
  return [
    ...(hasEnded ? [] : [{ invariant: 'every run ends', run: '', text: 'it hangs' }]),
    ...runs.flatMap((run) => (run.result?.exitCode === 70 ? [{ invariant: 'no bug', run: run.name, text: run.result.problem?.stack ?? '' }] : [])),
  ]
}
