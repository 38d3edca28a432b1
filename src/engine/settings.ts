import { setMaxListeners } from 'node:events'
import type { Transport } from '../aws/aws.ts'
import { type AwsSettings, sdkTransport } from '../aws/sdk.ts'
import type { Wiring } from './executePlan.ts'
import { type Clock, systemClock } from '../ground/clock.ts'
import type { Listener } from './events.ts'

/** What is done where nobody has asked for anything else. */
export const defaults = {
  dryRun: false,
  wait: true,
  timeout: 15 * 60_000,
  onFailure: 'rollback',
  earlyFail: 3,
  program: 'ecs-task',
} satisfies Partial<Wiring> & { wait: boolean }

/** How something is carried out that is started from code: where AWS is, who listens, and all that a deploy has. */
export interface Settings
  extends
    AwsSettings,
    Partial<
      Pick<
        Wiring,
        Exclude<keyof typeof defaults, 'wait'> | 'until' | 'signal' | 'atOnce' | 'local' | 'warnings' | 'agree'
      >
    > {
  /** Follow the rollouts until they have completed. */
  readonly wait?: boolean
  readonly transport?: Transport
  readonly clock?: Clock
  /** Hear every event of the run. */
  readonly listeners?: readonly Listener[]
}

/** The settings with everything filled in that nobody has asked for. */
export function wired(settings: Settings): Omit<Wiring, 'command' | 'definitions'> & typeof defaults {
  const { region, profile, endpoint, credentials, requestHandler, ...more } = settings
  const { signal = new AbortController().signal } = settings
  // Each call that is under way listens to it.
  setMaxListeners(0, signal)
  return {
    ...defaults,
    listeners: [],
    warnings: [],
    ...more,
    signal,
    transport: settings.transport ?? sdkTransport({ region, profile, endpoint, credentials, requestHandler }),
    clock: settings.clock ?? systemClock(),
    region,
  } as Omit<Wiring, 'command' | 'definitions'> & typeof defaults
}
