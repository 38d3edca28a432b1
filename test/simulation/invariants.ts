import type { LocalAws } from '../../src/local/localAws.ts'
import { asScaled, asUpdated } from './autoScaling.ts'
import { afterKill } from './afterKill.ts'
import { dryRun, exitFive, exitFour, exitTwo, interrupted, neverSeventy } from './exitCodes.ts'
import { exitZero } from './exitZero.ts'
import { eachClass, inFlight, inOrder } from './fleet.ts'
import { followed } from './followed.ts'
import { inPeace } from './inPeace.ts'
import { givenBack, oneWriter } from './locks.ts'
import { leftRunning, oneOff } from './oneOff.ts'
import { oneWins } from './oneWins.ts'
import { plansHold } from './plans.ts'
import { exitOne, exitThree, interruptedLeft } from './putBack.ts'
import type { Run, Sent, Violation } from './record.ts'
import { inUse, pruned } from './revisions.ts'
import type { Scenario } from './scenario.ts'
import { secrets } from './secrets.ts'
import type { Ended, Invariant } from './seen.ts'
import { lag } from './stale.ts'
import { isWrite, touchedBy } from './touched.ts'
import { undeclared } from './untouched.ts'
import { continued, waited } from './watched.ts'

/** Those that are checked of every run that was not killed. */
const invariants: readonly Invariant[] = [
  neverSeventy,
  exitZero,
  exitOne,
  exitTwo,
  exitThree,
  inPeace,
  exitFour,
  exitFive,
  interrupted,
  interruptedLeft,
  dryRun,
  inUse,
  pruned,
  oneOff,
  leftRunning,
  undeclared,
  followed,
  secrets,
  waited,
  continued,
  inOrder,
  inFlight,
  eachClass,
  oneWriter,
  givenBack,
  asScaled,
]

/** Those that are checked of an update, which no class declares. */
const ofUpdates: readonly Invariant[] = [
  neverSeventy,
  exitOne,
  exitTwo,
  exitThree,
  exitFour,
  exitFive,
  interrupted,
  interruptedLeft,
  inUse,
  followed,
  secrets,
  asScaled,
  asUpdated,
]

/** Everything that did not hold in a scenario that has been played. */
export function violationsOf(seen: {
  readonly scenario: Scenario
  readonly runs: readonly Run[]
  readonly sent: readonly Sent[]
  readonly aws: LocalAws
  readonly hasEnded: boolean
}): Violation[] {
  const { scenario, runs, sent, aws, hasEnded } = seen
  const hanging = hasEnded ? [] : runs.filter(({ after }) => !after)
  return [
    ...hanging.map(({ name }) => ({ invariant: 'every run ends', run: name, text: 'it never does' })),
    ...runs.flatMap((run) => {
      const { before, after, result, name } = run
      if (!after || !result) return []
      const during = sent.slice(run.from, run.to).filter(isWrite)
      const own = sent.slice(run.from, run.to).filter((one) => one.run === name)
      const ours = touchedBy(during.filter((one) => one.run === name))
      const theirs = touchedBy([...justBefore(run, sent, scenario), ...during].filter((one) => one.run !== name))
      const ended: Ended = { scenario, run, exitCode: result.exitCode, before, after, own, ours, theirs, aws }
      return (run.act.command === 'update' ? ofUpdates : invariants).flatMap((invariant) =>
        invariant.check(ended).map((text) => ({ invariant: invariant.name, run: name, text })),
      )
    }),
    ...plansHold(runs, sent),
    ...oneWins(runs, sent),
    ...afterKill(scenario, runs, sent),
  ]
}

/** Where reads lag behind, what somebody has changed in the last moment before a run counts as meanwhile. */
function justBefore({ beganAt, from }: Run, sent: readonly Sent[], { faults }: Scenario): Sent[] {
  return faults.stale > 0 ? sent.slice(0, from).filter((one) => beganAt - one.at <= lag && isWrite(one)) : []
}
