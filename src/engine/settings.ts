/** The settings of a run from code: where AWS is, who listens, and what to do on failure. */
import { abortController } from '../ground/abortController.ts'
import { setMaxListeners } from 'node:events'
import type { Aws, Transport } from '../aws/aws.ts'
import type { AwsSettings } from '../aws/awsSettings.ts'
import { regionOf } from '../aws/region.ts'
import { type KnownTransport, sdkTransport } from '../aws/sdk.ts'
import type { Definition } from '../definition/definition.ts'
import type { RecordTag } from '../definition/recordTags.ts'
import { type Clock, systemClock } from '../ground/clock.ts'
import type { SameAws } from '../ground/command.ts'
import type { Emit, Listener } from './events.ts'
import type { Planned } from './fingerprint.ts'
import type { Guard } from './guard.ts'
import type { RunHooks } from './hooks.ts'
import type { Plan } from './plan.ts'
import type { IfInProgress, OnFailure } from './result.ts'

/** Settings of a run from code. Functions that only read use just the settings of AWS, `signal` and `clock`. */
export interface Settings extends AwsSettings {
  /** Read AWS and return the plan; write nothing. `false` by default. */
  readonly dryRun?: boolean
  /** Follow deployments until they have completed; otherwise the run ends once AWS has accepted them. `true` by default. */
  readonly wait?: boolean
  /** Limit of each rollout, one-off task or other wait, in milliseconds. 900,000 (15 minutes) by default. */
  readonly timeout?: number
  /** What to do on failure. `'rollback'` by default. */
  readonly onFailure?: OnFailure
  /** Fail a rollout after this many tasks stop for the same reason; `undefined`: only ECS decides. 3 by default. */
  readonly earlyFail?: number | undefined
  /**
   * What a deploy, an update or a deploy of a stack does about a deployment of its services that is in progress already. By
   * default it starts its own, which supersedes that one.
   */
  readonly ifInProgress?: IfInProgress | undefined
  /** How many rollouts may be in progress at one time, also on the way back. No limit by default. */
  readonly maxInFlight?: number | undefined
  /**
   * How far to follow a rollout: `'deployed'`, `'stable'` (all desired tasks run), `'draining'` (old targets are
   * draining; needs a load balancer), or a lifecycle stage of ECS such as `'BAKE_TIME'`. `'deployed'` by default.
   */
  readonly until?: string | undefined
  /** Tell what the new tasks of a rollout log, while it goes on. `false` by default. */
  readonly logs?: boolean
  /**
   * Take locks below this prefix of an S3 bucket, `s3://bucket/prefix`, so that one run at a time writes to a service. By default what
   * the class declares as `lock`, otherwise none. The region is part of where a lock is: set it with a `transport` of your own.
   */
  readonly lock?: string | undefined
  /** Milliseconds to wait for a lock that another run holds. By default the run is refused at once. */
  readonly waitForLock?: number | undefined
  /** Abort it to interrupt the run: `onFailure` decides what to do, and the outcome is `interrupted`. */
  readonly signal?: AbortSignal
  /** They receive every event of the run. None by default. */
  readonly listeners?: readonly Listener[]
  /** Sends the calls to AWS. By default the SDK does, with the settings of AWS above; your own transport ignores them. */
  readonly transport?: Transport
  /** Time and randomness. The machine's by default. */
  readonly clock?: Clock
}

/** @internal What only ecs-task itself passes. */
export interface Settings {
  /** Who takes locks, as others are told: by default the user and the machine. */
  readonly holder?: { readonly name: string; readonly run?: string | undefined }
  /** Lets it write only while it may. */
  readonly guard?: Guard | undefined
  /** Asks for confirmation before the first change; a no refuses the run. */
  readonly agree?: (plan: Plan) => Promise<boolean>
  /**
   * Hears of the plan before anybody else, secrets and all, and throws what the run is refused for. All that the run will do is
   * then in the plan: what is pruned is known before and not when it comes to that.
   */
  readonly approval?: (planned: Planned) => Promise<void>
  /** Whether the plan of a run that is no dry run says, too, what each step changes; it costs a few reads before it begins. */
  readonly compares?: boolean
  /** The tags of --record, for every revision that is registered. */
  readonly record?: readonly RecordTag[]
  /** Says what is waited for before the first event. */
  readonly tell?: (text: string) => void
  /** Warnings from reading the definitions. */
  readonly warnings?: readonly string[]
  /** Opens listeners that call AWS themselves, such as notifications; not used by runs that write nothing. */
  readonly connect?: (aws: Aws, emit: Emit) => readonly Listener[]
  /**
   * Looks, before anything is planned, for what AWS would only say in the middle: throws what the run is refused for, and answers
   * with warnings. Nobody hears of its calls.
   */
  readonly verify?: (about: {
    readonly definitions: readonly Definition[]
    readonly tag: string | undefined
    readonly transport: Transport
    readonly clock: Clock
    readonly signal: AbortSignal
  }) => Promise<readonly string[]>
  /** The user's own code around a run; not called by runs that write nothing. */
  readonly hooks?: RunHooks | undefined
  /** Values to hide wherever they appear, such as those of this process's environment. */
  readonly secrets?: readonly string[]
  /** With a local AWS: the prerequisites that it created. */
  readonly local?: readonly string[]
  /** What a person types to run the file of the class: `tsx web_dev.ts`; undefined without one. */
  readonly program?: string | undefined
  /** The names of classes in that file which the run leaves alone. */
  readonly leftOut?: readonly string[] | undefined
  /** What the commands that a person is told to type end with, to reach the same AWS. */
  readonly sameAws?: SameAws | undefined
  /** Abort it to end the run at once and leave what is half done; `signal` was aborted before. */
  readonly atOnce?: AbortSignal
}

const defaults = {
  dryRun: false,
  wait: true,
  timeout: 15 * 60_000,
  onFailure: 'rollback',
  earlyFail: 3,
  maxInFlight: undefined,
  ifInProgress: undefined,
  until: undefined,
  logs: false,
  listeners: [],
  warnings: [],
  secrets: [],
  program: undefined,
} satisfies Settings

/** @internal The settings of a run with the defaults filled in. */
export interface CompleteSettings
  extends
    Required<Pick<Settings, keyof typeof defaults | 'signal' | 'clock'>>,
    Pick<
      Settings,
      | 'region'
      | 'agree'
      | 'approval'
      | 'compares'
      | 'record'
      | 'connect'
      | 'hooks'
      | 'local'
      | 'atOnce'
      | 'sameAws'
      | 'leftOut'
      | 'verify'
      | 'tell'
      | 'lock'
      | 'waitForLock'
      | 'holder'
      | 'guard'
    > {
  readonly transport: KnownTransport
}

/** @internal */
export function withDefaults(settings: Settings): CompleteSettings {
  const { region, profile, endpoint, credentials, requestHandler, ...more } = settings
  const { signal = abortController().signal } = settings
  // Each call that is under way listens to it.
  setMaxListeners(0, signal)
  return {
    ...defaults,
    ...more,
    signal,
    transport: settings.transport ?? sdkTransport({ region, profile, endpoint, credentials, requestHandler }),
    clock: settings.clock ?? systemClock(),
    // A transport of somebody else's knows its region itself.
    region: settings.transport ? region : regionOf(region),
  }
}
