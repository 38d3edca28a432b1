/** How something that is started from code is run: where AWS is, who listens, and what a failure means. */
import { setMaxListeners } from 'node:events'
import type { Transport } from '../aws/aws.ts'
import { type AwsSettings, sdkTransport } from '../aws/sdk.ts'
import { type Clock, systemClock } from '../ground/clock.ts'
import type { Listener } from './events.ts'
import type { ExecutionContext } from './executePlan.ts'

/** How something is run that is started from code. */
export interface Settings
  extends
    AwsSettings,
    Partial<
      Pick<
        ExecutionContext,
        | 'dryRun'
        | 'timeout'
        | 'onFailure'
        | 'earlyFail'
        | 'until'
        | 'signal'
        | 'agree'
        | 'atOnce'
        | 'connect'
        | 'local'
        | 'program'
        | 'warnings'
      >
    > {
  /** Follow what is set going until it has come to its end; true unless given. */
  readonly wait?: boolean
  readonly transport?: Transport
  readonly clock?: Clock
  /** Hear every event of the run. */
  readonly listeners?: readonly Listener[]
}

/** What is done where nobody has asked for anything else. */
const defaults = {
  dryRun: false,
  wait: true,
  timeout: 15 * 60_000,
  onFailure: 'rollback',
  earlyFail: 3,
} satisfies Settings

/** The settings with everything filled in that nobody has asked for. */
export function withDefaults(
  settings: Settings,
): Omit<ExecutionContext, 'command' | 'definitions' | 'handlers'> & { readonly wait: boolean } {
  const { region, profile, endpoint, credentials, requestHandler, ...more } = settings
  const { signal = new AbortController().signal } = settings
  // Each call that is under way listens to it.
  setMaxListeners(0, signal)
  return {
    ...defaults,
    until: undefined,
    program: undefined,
    listeners: [],
    warnings: [],
    ...more,
    signal,
    transport: settings.transport ?? sdkTransport({ region, profile, endpoint, credentials, requestHandler }),
    clock: settings.clock ?? systemClock(),
    region,
  }
}
