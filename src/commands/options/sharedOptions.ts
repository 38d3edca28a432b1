// The options that several commands have, each written once; a command's members choose among them.
import { Option } from 'clipanion'
import type { IfInProgress } from '../../engine/result.ts'
import type { Settings } from '../../engine/settings.ts'
import { defined } from '../../ground/defined.ts'
import { EcsTaskError } from '../../ground/errors.ts'
import { parsed, together } from './composedOption.ts'
import {
  duration,
  inProgressPolicy,
  milestone,
  names,
  nonEmpty,
  numberThat,
  policy,
  s3Url,
  taskCount,
} from './optionValues.ts'

/** `--timeout` in milliseconds; `of` is what it limits. */
export function timeoutOption({ of = 'a rollout or a one-off task' } = {}): number {
  const description = `Limit of ${of}: 90s, 15m, 1h [15m]`
  return parsed(Option.String('--timeout', '15m', { description }), duration('--timeout'))
}

export function clusterOption(): string {
  return parsed(
    Option.String('-c,--cluster', 'default', { description: 'The cluster [default]' }),
    nonEmpty('--cluster'),
  )
}

/** The cluster as the first word of a command. */
export function clusterWord(): string {
  return parsed(Option.String({ name: 'CLUSTER' }), nonEmpty('The name of the cluster'))
}

export function dryRunOption(): boolean {
  return Option.Boolean('--dry-run', false, { description: 'Read AWS and print the plan; write nothing' })
}

export function reportOption(): string | undefined {
  return parsed(
    Option.String('--report', { description: 'Write a report of the run to this HTML file' }),
    nonEmpty('--report'),
  )
}

export function lockOption(): string | undefined {
  return parsed(
    Option.String('--lock', { description: 'Where locks are kept: s3://bucket/prefix [what the class declares]' }),
    s3Url('--lock'),
  )
}

/** Where locks are taken, and how long to wait for those that others hold. */
export function lockOptions(): Pick<Settings, 'lock' | 'waitForLock'> {
  const options = {
    lock: lockOption(),
    waitForLock: parsed(
      Option.String('--wait-for-lock', { description: 'How long to wait for a lock: 90s, 10m, 1h [not at all]' }),
      duration('--wait-for-lock'),
    ),
  }
  return together(options, ({ lock, waitForLock }) => defined({ lock, waitForLock }))
}

export function exitCodeOption(): boolean {
  return Option.Boolean('--exit-code', false, { description: 'Exit with 6 if there are differences' })
}

export function verifyOption(): boolean {
  return Option.Boolean('--verify', false, { description: 'Verify everything first; refuse if anything is amiss' })
}

export function offlineOption(): boolean {
  return Option.Boolean('--offline', false, { description: 'Make only the checks that need neither AWS nor a network' })
}

export function waitOption(): boolean {
  return Option.Boolean('--wait', true, { description: 'Follow the rollouts to their end; --no-wait does not [on]' })
}

/** `-t`, a number without a unit meaning seconds, as in ecs-deploy.py; the note says that it was taken so. */
function timeoutInSeconds(): { readonly timeout: number; readonly note: string | undefined } {
  const description = 'Limit of the rollout: 90s, 15m, 1h; 240 means seconds [15m]'
  const read = duration('--timeout')
  return parsed(Option.String('-t,--timeout', '15m', { description }), (text) =>
    /^\d+$/.test(text)
      ? { timeout: read(`${text}s`), note: `--timeout ${text} means ${text} seconds. Write ${text}s or ${text}m.` }
      : { timeout: read(text), note: undefined },
  )
}

/** How far rollouts are followed, and when they have failed; with `seconds`, as ecs-deploy.py has its `-t`. */
export function rolloutOptions({ seconds = false } = {}): Pick<Settings, 'timeout' | 'earlyFail' | 'until'> & {
  /** What to say of how an option was read. */
  readonly warnings?: readonly string[]
} {
  const options = {
    limit: seconds ? timeoutInSeconds() : timeoutOption(),
    earlyFail: parsed(
      Option.String('--early-fail', '3', { description: 'Fail after this many tasks stop for the same reason [3]' }),
      taskCount('--early-fail'),
    ),
    noEarlyFail: Option.Boolean('--no-early-fail', false, {
      description: 'Let only ECS decide whether a rollout has failed',
    }),
    until: parsed(
      Option.String('--until', {
        description: 'Follow up to: deployed, stable, draining, paused or a lifecycle stage [deployed]',
      }),
      milestone,
    ),
  }
  return together(options, ({ noEarlyFail, earlyFail, until, limit }) => {
    const { timeout, note } = typeof limit === 'number' ? { timeout: limit, note: undefined } : limit
    return {
      timeout,
      until,
      earlyFail: noEarlyFail ? undefined : earlyFail,
      ...(note !== undefined && { warnings: [note] }),
    }
  })
}

/** The classes that a command is about, by name: `--only` less `--exclude`. */
export interface Choice {
  readonly only: readonly string[] | undefined
  readonly exclude: readonly string[] | undefined
}

/** Given twice, it names all of them. */
const namesOf =
  (option: string) =>
  (texts: readonly string[]): string[] =>
    texts.flatMap(names(option))

export function choiceOptions(): Choice {
  const options = {
    only: parsed(Option.Array('--only', { description: 'Only these classes: Web,Worker [all]' }), namesOf('--only')),
    exclude: parsed(
      Option.Array('--exclude', { description: 'All classes but these: Web,Worker' }),
      namesOf('--exclude'),
    ),
  }
  return together(options, (values) => values)
}

export function keepGoingOption(): boolean {
  return Option.Boolean('--keep-going', false, {
    description: 'Go on with the other classes when one fails; put back only what failed',
  })
}

export function ifInProgressOption(): IfInProgress | undefined {
  const description = 'If a deployment is already in progress: wait, stop it, or refuse [supersede it]'
  return parsed(Option.String('--if-in-progress', { description }), inProgressPolicy('--if-in-progress'))
}

/** Whether a plan is executed at all, or only shown, and where it is saved for approval. */
export interface PlanOptions {
  readonly dryRun: boolean
  readonly planOut: string | undefined
}

/** Whether and how a plan is executed. */
export function writeOptions(): Required<Pick<Settings, 'wait' | 'onFailure' | 'maxInFlight'>> & {
  readonly plan: PlanOptions
} {
  const description = 'rollback: put everything back; leave: leave it; stop: stop what is in progress [rollback]'
  const options = {
    dryRun: dryRunOption(),
    planOut: parsed(
      Option.String('--plan-out', { description: 'Like --dry-run; also save the plan for apply' }),
      nonEmpty('--plan-out'),
    ),
    wait: waitOption(),
    onFailure: parsed(Option.String('--on-failure', 'rollback', { description }), policy('--on-failure')),
    maxInFlight: parsed(
      Option.String('--max-in-flight', { description: 'At most this many rollouts at a time [no limit]' }),
      numberThat((value) => Number.isInteger(value) && value >= 1, 'a whole number of at least 1')('--max-in-flight'),
    ),
  }
  return together(options, ({ dryRun, planOut, ...values }) => {
    if (values.wait || values.maxInFlight === undefined) return { ...values, plan: { dryRun, planOut } }
    throw new EcsTaskError('BadArguments', '--max-in-flight waits for rollouts, and --no-wait does not.', {
      fix: 'Pass one of them.',
    })
  })
}
