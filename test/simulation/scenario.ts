import type { OnFailure } from '../../src/engine/result.ts'
import { isEnforced } from '../policy/printed.ts'
import { definitionsOf, type Declaration } from './declarations.ts'
import type { Drawn } from './drawn.ts'
import { type FaultPlan, faultPlanOf } from './faultPlan.ts'
import { type OtherAct, otherActsOf } from './otherActs.ts'
import { type Random, random } from './random.ts'
import { type FullDisk, withFullDisk } from './fullDisk.ts'
import { withAutoScaling } from './withAutoScaling.ts'
import { withDaemons } from './withDaemons.ts'
import { withCapacityProviders } from './withCapacityProviders.ts'
import { withFleet } from './withFleet.ts'
import { withFollowUps } from './withFollowUps.ts'
import { withSchedules } from './withSchedules.ts'
import { withLocks } from './withLocks.ts'
import { withStrategies } from './withStrategies.ts'
import { withLoadBalancers } from './withLoadBalancers.ts'
import { type Before, beforeOf } from './worldBefore.ts'

/** Everything that one seed decides, as plain data. */
export interface Scenario {
  readonly seed: number
  readonly definitions: readonly Declaration[]
  readonly before: Before
  readonly acts: readonly Act[]
  readonly faults: FaultPlan
  /** What another person does meanwhile. */
  readonly others: readonly OtherAct[]
}

/** One command that is run. */
export interface Act {
  readonly command: 'deploy' | 'rollback' | 'wait' | 'continue' | 'update'
  /** With `update`: the service, whose auto scaling is suspended meanwhile, and the family that it runs. */
  readonly of?: { readonly cluster: string; readonly service: string; readonly family: string }
  readonly tag?: string
  readonly to?: string
  /** With `continue`: roll back what is paused. */
  readonly reject?: boolean
  readonly dryRun: boolean
  readonly wait: boolean
  /** How far to follow, where that is not the end of the deployment. */
  readonly until?: string
  readonly skipUnchanged: boolean
  readonly onFailure: OnFailure
  readonly timeout: number
  readonly earlyFail: number | undefined
  /** How many services may roll at one time. */
  readonly maxInFlight?: number
  /** Go on with the other classes where one fails. */
  readonly keepGoing?: boolean
  /** Milliseconds after the act before has ended; `beside`: after it has begun. */
  readonly after: number
  readonly beside: boolean
  /** Neither faults nor another person while this goes on. */
  readonly quiet: boolean
  /** A signal at the event of this number. */
  readonly interrupt?: { readonly event: number; readonly signal: 'SIGINT' | 'SIGTERM' }
  /** The process is killed at the call of this number, before or after AWS has acted on it. */
  readonly kill?: { readonly call: number; readonly acted: boolean }
  readonly disk?: FullDisk
  /** It takes locks, and waits so many milliseconds for those that others hold. */
  readonly locks?: { readonly waitForLock: number | undefined }
  /** The same command once more, after the kill. */
  readonly again: boolean
}

export function scenarioOf(seed: number): Scenario {
  const chance = random(seed)
  const definitions = definitionsOf(chance.fork())
  const before = beforeOf(chance.fork(), definitions)
  const isCalm = chance.chance(0.35)
  const isAlone = isCalm ? chance.chance(0.8) : chance.chance(0.5)
  const acts = actsOf(chance.fork(), { definitions, isCalm: isCalm && isAlone })
  const faults = faultPlanOf(chance.fork(), isCalm)
  const others = isAlone ? [] : otherActsOf(chance.fork())
  const drawn = partsDrawn.reduce((of: Drawn, add) => add(chance.fork(), of), { definitions, before, acts, others })
  return { seed, faults, ...drawn }
}

/** What few worlds have; each draws from a source of its own. */
const parts = [
  withDaemons,
  withLoadBalancers,
  withStrategies,
  withCapacityProviders,
  withFollowUps,
  withFullDisk,
  withFleet,
  withAutoScaling,
  withSchedules,
  withLocks,
]

/** The policy of a class knows neither what only the command line asks for nor the cluster of a schedule that isn't declared. */
const beyondPolicies: readonly (typeof parts)[number][] = [withLocks, withAutoScaling, withSchedules]
const partsDrawn = isEnforced ? parts.filter((part) => !beyondPolicies.includes(part)) : parts

/** Tags that misbehave, as the local AWS understands them. */
const badTags = ['crash', 'exit-1', 'exit-3', 'no-pull', 'unhealthy', 'no-place', 'slow-30s', 'slow-4m', 'slow-30m']

function actsOf(chance: Random, { isCalm }: { definitions: readonly Declaration[]; isCalm: boolean }): Act[] {
  let version = 1
  const goodTag = (): string => `v${version++}`
  const anyTag = (): string => (chance.chance(0.35) ? chance.pick(badTags) : goodTag())
  const options = {
    dryRun: false,
    wait: !chance.chance(0.07),
    skipUnchanged: chance.chance(0.1),
    onFailure: chance.chance(0.76) ? ('rollback' as const) : chance.pick(['leave', 'stop'] as const),
    timeout: chance.pick([900_000, 900_000, 900_000, 180_000, 60_000]),
    earlyFail: chance.chance(0.75) ? chance.integer(1, 4) : undefined,
    after: 0,
    beside: false,
    quiet: false,
    again: false,
  }
  const deploy = (more: Partial<Act> = {}): Act => ({ ...options, command: 'deploy', tag: anyTag(), ...more })
  const rollback = (more: Partial<Act> = {}): Act => ({ ...options, command: 'rollback', ...more })
  const gap = (): number => chance.pick([0, 5_000, 120_000, 1_200_000])
  const interrupt = (): Partial<Act> => ({
    interrupt: {
      event: chance.integer(1, chance.pick([10, 60, 200])),
      signal: chance.pick(['SIGINT', 'SIGTERM'] as const),
    },
  })

  switch (chance.pick(isCalm ? calmStories : stories)) {
    case 'deploy':
      return [deploy()]
    case 'deployInterrupted':
      return [deploy(interrupt())]
    case 'deployTwice':
      return [deploy(), deploy({ after: gap() })]
    case 'deployAndBack':
      return [deploy({ tag: goodTag() }), rollback({ after: gap() })]
    case 'rollback':
      return [rollback(chance.chance(0.2) ? interrupt() : {})]
    case 'rollbackTo':
      return [rollback({ to: chance.pick(['before-1', 'before-2', '1', '2', '3', 'nowhere']) })]
    case 'atOnce':
      return [deploy(), deploy({ beside: true, after: chance.pick([0, 0, 1_000, 20_000, 70_000]) })]
    case 'dryRunFirst': {
      const act = chance.chance(0.8) ? deploy() : rollback()
      return [{ ...act, dryRun: true }, act]
    }
    case 'unchanged': {
      const tag = goodTag()
      return [deploy({ tag }), deploy({ tag, skipUnchanged: true, after: gap() })]
    }
    case 'killed': {
      const act = chance.chance(0.8)
        ? deploy({ tag: chance.chance(0.8) ? goodTag() : anyTag(), wait: true, timeout: 900_000 })
        : rollback({ wait: true, timeout: 900_000 })
      const kill = { call: chance.integer(1, chance.pick([12, 40, 80])), acted: chance.chance(0.5) }
      return [
        { ...act, kill },
        { ...act, onFailure: 'rollback', quiet: true, again: true, after: gap() },
      ]
    }
  }
}

const stories = [
  'deploy',
  'deploy',
  'deploy',
  'deploy',
  'deployInterrupted',
  'deployTwice',
  'deployAndBack',
  'rollback',
  'rollbackTo',
  'atOnce',
  'unchanged',
  'killed',
  'killed',
] as const
const calmStories = [...stories, 'dryRunFirst', 'dryRunFirst', 'dryRunFirst', 'dryRunFirst'] as const
