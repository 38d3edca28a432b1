/** How something that is started from code is run: where AWS is, who listens, and what a failure means. */
import { setMaxListeners } from 'node:events'
import type { Aws, Transport } from '../aws/aws.ts'
import type { AwsSettings } from '../aws/awsSettings.ts'
import { regionOf } from '../aws/region.ts'
import { type KnownTransport, sdkTransport } from '../aws/sdk.ts'
import { type Clock, systemClock } from '../ground/clock.ts'
import type { Emit, Listener } from './events.ts'
import type { Plan } from './plan.ts'
import type { OnFailure } from './run.ts'

/** How to run what is started from code. Functions that only read use just the settings of AWS, `signal` and `clock`. */
export interface Settings extends AwsSettings {
  /** Read AWS and answer with the plan, and write nothing. `false` by default. */
  readonly dryRun?: boolean
  /** Follow deployments until they have completed; without it a run ends as soon as AWS has accepted them. `true` by default. */
  readonly wait?: boolean
  /** How long each rollout, one-off task or other wait may take, in milliseconds. 900,000 (15 minutes) by default. */
  readonly timeout?: number
  /** What to do when something fails. `'rollback'` by default. */
  readonly onFailure?: OnFailure
  /** A rollout fails once so many of its tasks have stopped for the same reason; `undefined`: only ECS decides. 3 by default. */
  readonly earlyFail?: number | undefined
  /**
   * How far to follow a rollout: `'deployed'`, `'stable'` (as many tasks run as are wanted), `'draining'` (old targets are
   * draining; needs a load balancer), or a lifecycle stage of ECS such as `'BAKE_TIME'`. `'deployed'` by default.
   */
  readonly until?: string | undefined
  /** Abort it to end the run as a failure does: `onFailure` decides, and the outcome is `interrupted`. */
  readonly signal?: AbortSignal
  /** Hear every event of the run. None by default. */
  readonly listeners?: readonly Listener[]
  /** Sends the calls to AWS. By default the SDK does, with the settings of AWS above, which a transport of your own ignores. */
  readonly transport?: Transport
  /** Time and chance. The machine's by default. */
  readonly clock?: Clock
}

/** @internal What only ecs-task itself passes. */
export interface Settings {
  /** Asked before anything is changed, where there is something to change; a no refuses the run. */
  readonly agree?: (plan: Plan) => Promise<boolean>
  /** What reading the definitions found worth a warning. */
  readonly warnings?: readonly string[]
  /** Opens listeners that call AWS themselves, as notifications do; nothing is asked of them where nothing is written. */
  readonly connect?: (aws: Aws, emit: Emit) => readonly Listener[]
  /** Values that are not to be shown wherever they turn up, as those of this process's environment. */
  readonly secrets?: readonly string[]
  /** With a local AWS: what it made because the definitions take it for granted. */
  readonly local?: readonly string[]
  /** What a person types to run the file of the class: `tsx web_dev.ts`; undefined without one. */
  readonly program?: string | undefined
  /** Aborted when the run is to end at once, and to leave what is half done; its `signal` was aborted before. */
  readonly atOnce?: AbortSignal
}

const defaults = {
  dryRun: false,
  wait: true,
  timeout: 15 * 60_000,
  onFailure: 'rollback',
  earlyFail: 3,
  until: undefined,
  listeners: [],
  warnings: [],
  secrets: [],
  program: undefined,
} satisfies Settings

/** @internal The settings of a run with the defaults filled in. */
export interface CompleteSettings
  extends
    Required<Pick<Settings, keyof typeof defaults | 'signal' | 'clock'>>,
    Pick<Settings, 'region' | 'agree' | 'connect' | 'local' | 'atOnce'> {
  readonly transport: KnownTransport
}

/** @internal */
export function withDefaults(settings: Settings): CompleteSettings {
  const { region, profile, endpoint, credentials, requestHandler, ...more } = settings
  const { signal = new AbortController().signal } = settings
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
