import { EcsTaskError } from '../../src/ground/errors.ts'
import type { ToldEvent } from '../../src/engine/events.ts'
import { createLocalAws, type LocalAws } from '../../src/local/localAws.ts'
import type { Unchecked } from '../../src/local/world/wire.ts'
import { type DefinitionCommand, type Result, executeDefinitionCommand } from '../../src/deploy/definitionCommand.ts'
import { type UpdateServiceOptions, updateService } from '../../src/deploy/updateService.ts'
import { readAll } from '../../src/definition/read.ts'
import { notifiers } from '../../src/notify.ts'
import { isEnforced, printed, tellDecided } from '../policy/printed.ts'
import { type VirtualClock, virtualClock } from './clock.ts'
import { imageOf } from './declarations.ts'
import { faults } from './faults.ts'
import { follows } from './follows.ts'
import { listenersOn, unaffected, withoutDisk } from './fullDisk.ts'
import { happened } from './happened.ts'
import { violationsOf } from './invariants.ts'
import { bucket, heldBy } from './locks.ts'
import { make, regionOf } from './make.ts'
import { pictureOf } from './picture.ts'
import { random } from './random.ts'
import type { Outcome, Run, Sent } from './record.ts'
import { type Act, type Scenario, scenarioOf } from './scenario.ts'
import { type Wires, wires } from './wires.ts'

/** Epoch milliseconds at which every simulated world begins. */
const start = Date.UTC(2026, 0, 1)
/** Virtual milliseconds after which a scenario that has not ended never will. */
const longest = 24 * 3_600_000

/** Plays the scenario of a seed, from the initial state to the end of the last command, and checks every invariant. */
export async function simulate(seed: number): Promise<Outcome> {
  const scenario = scenarioOf(seed)
  const outcome = await play(scenario)
  if (scenario.acts.every(({ disk }) => disk === undefined)) return outcome
  const other = await play(withoutDisk(scenario))
  return { ...outcome, violations: [...outcome.violations, ...unaffected(outcome, other)] }
}

async function play(scenario: Scenario): Promise<Outcome> {
  const clock = virtualClock(start)
  const how = { now: clock.now, throttle: scenario.faults.buckets }
  const aws = createLocalAws(how)
  make(aws, scenario.before, clock.jump)
  const counts: Record<string, number> = {}
  const count = (what: string): void => void (counts[what] = (counts[what] ?? 0) + 1)
  const definitions = readAll(scenario.definitions.map(({ name, declared }) => ({ name, source: declared })))
  const wired = wires({
    aws,
    // The policy of a class says nothing of auto scaling.
    ofRuns: scenario.acts.some(({ of }) => of) ? aws : withPolicy(aws, definitions, how),
    clock,
    faults: faults(scenario.faults),
    scenario,
    count,
  })
  const stage = {
    aws,
    clock,
    wired,
    scenario,
    definitions,
    count,
  }
  const runs: Run[] = []
  let isOver = false
  const began = clock.now()
  void performAll(stage, runs).then(() => void (isOver = true))
  const hasEnded = await clock.turn(() => isOver, began + longest)
  const sent: readonly Sent[] = wired.sent
  for (const { result } of runs) if (result) count(`exit ${result.exitCode}`)
  const seen = { scenario, runs, sent, aws, hasEnded }
  return {
    seed: scenario.seed,
    scenario,
    runs,
    sent,
    milliseconds: clock.now() - began,
    counts: { ...counts, ...happened(seen) },
    violations: violationsOf(seen),
  }
}

/** The same world for whoever has the printed policy alone, where every story is to be told with it. */
function withPolicy(
  aws: LocalAws,
  definitions: Stage['definitions'],
  how: { readonly now: () => number; readonly throttle: boolean },
): LocalAws {
  if (!isEnforced) return aws
  const policy = JSON.stringify(printed(definitions.map(({ definition }) => definition)))
  return createLocalAws({ ...how, world: aws.world, policy, decided: tellDecided })
}

interface Stage {
  readonly aws: LocalAws
  readonly clock: VirtualClock
  readonly wired: Wires
  readonly scenario: Scenario
  readonly definitions: ReturnType<typeof readAll>
  readonly count: (what: string) => void
}

/** The acts in their order; one that is `beside` another does not wait for its end. */
async function performAll(stage: Stage, runs: Run[]): Promise<void> {
  let before: Promise<void> = Promise.resolve()
  for (const [index, act] of stage.scenario.acts.entries()) {
    if (!act.beside) await before
    if (act.after > 0) await stage.clock.sleep(act.after)
    const ended = performAct(stage, act, `run ${index + 1}`, runs)
    before = Promise.all([before, ended]).then(() => {})
  }
  await before
}

function performAct(stage: Stage, act: Act, name: string, runs: Run[]): Promise<void> {
  const { aws, clock, wired, scenario, definitions, count } = stage
  aws.advance()
  const run: Run = {
    name,
    act,
    before: pictureOf(regionOf(aws)),
    beganAt: clock.now(),
    from: wired.sent.length,
    to: -1,
    endedAt: -1,
    after: undefined,
    result: undefined,
    events: [],
    followed: [],
    calls: 0,
    wasKilled: false,
    wasInterrupted: false,
    stillRunning: [],
    locksKept: [],
  }
  runs.push(run)
  const own = clock.forRun(random(scenario.seed + runs.length))
  const controller = new AbortController()

  function hear(event: ToldEvent): void {
    if (run.wasKilled) return
    run.events.push(event)
    if (event.type === 'step.finished' && !event.undoing) noteFollowed(stage, run, event.id)
    const { interrupt } = act
    if (!interrupt || run.events.length !== interrupt.event) return
    run.wasInterrupted = true
    count(interrupt.signal)
    const { signal } = interrupt
    controller.abort(new EcsTaskError('Interrupted', `Interrupted by ${signal}.`, { evidence: { signal } }))
  }

  return new Promise((resolve) => {
    const end = (result: Result | undefined): void => {
      aws.advance()
      run.stillRunning = stillRunning(stage, run)
      run.locksKept = heldBy(aws, run.name)
      Object.assign(run, { result, after: pictureOf(regionOf(aws)), endedAt: clock.now(), to: wired.sent.length })
      resolve()
    }
    const kill = (): void => {
      run.wasKilled = true
      count('killed')
      own.drop()
      end(undefined)
    }
    const { dryRun, timeout, onFailure, earlyFail, maxInFlight, until } = act
    const printing = act.disk ? listenersOn(act.disk, clock.now, () => count('disk full')) : []
    const declared = definitions.map(({ definition }) => definition)
    const settings = {
      connect: notifiers(declared),
      warnings: definitions.flatMap(({ warnings }) => warnings),
      transport: wired.transport(run, kill),
      clock: own,
      listeners: [{ hear }, ...printing],
      dryRun,
      timeout,
      onFailure,
      earlyFail,
      maxInFlight,
      until,
      program: 'tsx deploy.ts',
      ...(act.locks && { lock: `s3://${bucket}`, ...act.locks, holder: { name } }),
      signal: controller.signal,
    }
    const ended = act.of
      ? updateService(updateOf(act), settings)
      : executeDefinitionCommand(commandOf(act), declared, settings)
    void ended.then(end)
  })
}

function commandOf({ command, tag = '', to, wait, skipUnchanged, keepGoing, reject = false }: Act): DefinitionCommand {
  switch (command) {
    case 'deploy':
      return { command, tag, wait, skipUnchanged, keepGoing }
    case 'rollback':
      return { command, to, wait, keepGoing }
    case 'wait':
      return { command }
    case 'update':
      throw new Error('no class has an update')
    case 'continue':
      return { command, wait, reject }
  }
}

function updateOf({ of, tag = '' }: Act): UpdateServiceOptions {
  const { cluster = '', service, family = '' } = of ?? {}
  return { cluster, service, image: [`${family}=${imageOf(family, tag)}`], suspendAutoScaling: true }
}

/** One-off tasks of a run that keep running although nothing waits for them. */
function stillRunning({ aws, wired }: Stage, { name }: Run): string[] {
  const { tasks } = regionOf(aws)
  return wired.sent.flatMap(({ run, method, acted, answer }) => {
    if (run !== name || method !== 'runTask' || !acted) return []
    const arns: string[] = (answer?.['tasks'] ?? []).map((task: { taskArn: string }) => task.taskArn)
    return arns.filter((arn) => tasks[arn]?.task['desiredStatus'] === 'RUNNING')
  })
}

/** Whether the deployment that a step has just been followed to the end has really come to it. */
function noteFollowed({ aws, wired }: Stage, run: Run, step: string): void {
  if (!follows(run.act) || !step.startsWith('updateService ')) return
  const answered = wired.sent.findLast(
    (one) =>
      one.run === run.name && one.method === 'updateService' && one.acted && step.endsWith(`/${one.input['service']}`),
  )
  const primary = answered?.answer?.['service'].deployments.find((one: { status: string }) => one.status === 'PRIMARY')
  const records = Object.values(regionOf(aws).serviceDeployments)
  const isRecorded = records.some(
    ({ deploymentId, serviceDeployment }) =>
      deploymentId === primary?.id && serviceDeployment['status'] === 'SUCCESSFUL',
  )
  run.followed.push({ step, hasCompleted: isRecorded || wasShownCompleted(wired.sent, primary?.id) })
}

/** AWS forgets the deployments of a service that somebody has deleted; what it once showed as completed stays so. */
function wasShownCompleted(sent: readonly Sent[], id: string): boolean {
  return sent.some(({ method, answer }) => {
    const shown: Unchecked[] =
      method === 'describeServices'
        ? (answer?.['services'] ?? [])
        : method === 'updateService'
          ? [answer?.['service']]
          : []
    return shown.some((service) =>
      service?.deployments.some((one: Unchecked) => one.id === id && one.rolloutState === 'COMPLETED'),
    )
  })
}
