// Runs a plan for a command: opens AWS, lets signals end the run, and prints the plan of a dry run.
import type { Result } from '../../engine/executePlan.ts'
import type { Settings } from '../../engine/settings.ts'
import { sameAws } from '../../ground/command.ts'
import { exitCodeOf } from '../../ground/exitCode.ts'
import { holderIn } from '../../deploy/lock/holder.ts'
import { planText } from '../../output/planText.ts'
import { approvalOf } from './approval.ts'
import { reporting } from '../ci/reporting.ts'
import { checkNotRead, namedFiles } from '../options/outputFile.ts'
import type { Sources } from '../../output/report/annotations.ts'
import { type RunningCommand, classProgram, classesIn } from './command.ts'
import { askBeforeRun } from './confirm.ts'
import { interruptedBeforeRun, interruption } from './interruption.ts'
import type { LocalFixtures } from './localAws.ts'
import { printResult } from './printResult.ts'
import { runListeners } from './runListeners.ts'
import { secretsOf } from './withoutSecrets.ts'
import { openSession } from './session.ts'
import { tellPlace } from './tellPlace.ts'

interface RunInSession {
  /** What a local AWS has to have for it. */
  readonly fixtures: LocalFixtures
  /** Show the plan and do nothing else. */
  readonly dryRun: boolean
  /** Likewise; it is the file in which the plan is saved for approval. */
  readonly planOut?: string | undefined
  /** Show the plan and ask before anything is changed. */
  readonly asks?: boolean
  /** Where that is defined which a step is about. */
  readonly ofSubject?: Sources['ofSubject']
}

/** What every run of a command is given, whatever it does. */
type SessionSettings = Settings &
  Required<Pick<Settings, 'transport' | 'clock' | 'listeners' | 'warnings' | 'signal' | 'dryRun'>>

/** Answers with the exit code. */
export async function runInSession(
  command: RunningCommand,
  { fixtures, planOut, asks = false, ofSubject, ...of }: RunInSession,
  run: (settings: SessionSettings) => Promise<Result>,
): Promise<number> {
  const { context } = command
  const read = [
    ...namedFiles(context.argv, ['--report', '--plan-out']),
    ...(context.file === undefined ? [] : [context.file]),
  ]
  checkNotRead('--report', command.report, read)
  checkNotRead('--plan-out', planOut, read)
  // An approved plan is executed by the words that it was saved with.
  const dryRun = !context.approved && (of.dryRun || planOut !== undefined)
  const session = await openSession(command, fixtures)
  const interrupted = interruption(context)
  const { signal, atOnce } = interrupted
  let hasBegun = false
  let exitCode: number
  let isSaved: boolean
  try {
    const approval = await approvalOf(command, session, planOut)
    const { transport, clock, region, local } = session
    const beside = await reporting({
      report: command.report,
      env: context.env,
      write: (line) => void context.stderr.write(`${line}\n`),
      random: clock.random,
      classes: classesIn(context),
      ofSubject,
    })
    const listeners = [...runListeners(command, dryRun, clock.now), ...beside, { hear: () => void (hasBegun = true) }]
    const result = await run({
      transport,
      clock,
      region,
      listeners,
      ...(local && { local: local.made }),
      program: classProgram(context),
      holder: holderIn(context.env),
      sameAws: sameAws(command),
      warnings: context.notes,
      secrets: secretsOf(context.env),
      signal,
      atOnce,
      dryRun,
      compares: command.report !== undefined,
      ...approval?.settings,
      ...(asks && !dryRun && askBeforeRun(context, listeners, signal)),
    })
    if (dryRun && result.plan) {
      printResult(command, result.plan, planText)
      approval?.save(result.plan)
    }
    exitCode = result.exitCode
  } catch (error) {
    // The first event of a run tells where it goes.
    if (!hasBegun) tellPlace(context, await session.place())
    throw interruptedBeforeRun(error, interrupted)
  } finally {
    interrupted.end()
    isSaved = await session.close()
  }
  // What a local AWS could not save is gone for the next command, however well it went.
  return isSaved || exitCode > 0 ? exitCode : exitCodeOf('halfDone')
}
