// The options that several commands have, each written once; a command's members choose among them.
import { Option } from 'clipanion'
import type { Settings } from '../../engine/settings.ts'
import { parsed, together } from './composedOption.ts'
import { duration, milestone, policy, taskCount } from './optionValues.ts'

/** `--timeout` in milliseconds; `of` is what it limits. */
export function timeoutOption({ names = '--timeout', of = 'a rollout or a one-off task' } = {}): number {
  const description = `Limit of ${of}: 90s, 15m, 1h`
  return parsed(Option.String(names, '15m', { description }), duration('--timeout'))
}

export function clusterOption(): string {
  return Option.String('-c,--cluster', 'default', { description: 'The cluster' })
}

export function dryRunOption(): boolean {
  return Option.Boolean('--dry-run', false, { description: 'Read AWS and print the plan; write nothing' })
}

export function waitOption(): boolean {
  return Option.Boolean('--wait', true, { description: 'Follow the rollouts to their end; --no-wait does not' })
}

/** How far rollouts are followed, and when they have failed. */
export function rolloutOptions(
  timeout?: Parameters<typeof timeoutOption>[0],
): Pick<Settings, 'timeout' | 'earlyFail' | 'until'> {
  const options = {
    timeout: timeoutOption(timeout),
    earlyFail: parsed(
      Option.String('--early-fail', '3', { description: 'Give up when so many tasks stop for the same reason' }),
      taskCount('--early-fail'),
    ),
    noEarlyFail: Option.Boolean('--no-early-fail', false, { description: 'Leave it to ECS when a rollout has failed' }),
    until: parsed(
      Option.String('--until', { description: 'deployed, stable, draining, paused, or a lifecycle stage' }),
      milestone,
    ),
  }
  return together(options, ({ noEarlyFail, earlyFail, ...rest }) => ({
    ...rest,
    earlyFail: noEarlyFail ? undefined : earlyFail,
  }))
}

/** Whether and how a plan is executed. */
export function writeOptions(): Required<Pick<Settings, 'dryRun' | 'wait' | 'onFailure'>> {
  const description = 'rollback: put everything back; leave: leave it; stop: stop what still goes on'
  const options = {
    dryRun: dryRunOption(),
    wait: waitOption(),
    onFailure: parsed(Option.String('--on-failure', 'rollback', { description }), policy('--on-failure')),
  }
  return together(options, (values) => values)
}
