/** Replaces the outdated instances of an Auto Scaling group, or shows which they are. */
import { openAws } from '../aws/aws.ts'
import { type Result, executePlan } from '../engine/executePlan.ts'
import { type InstancesStatus, readInstancesStatus } from './status.ts'
import { instancesHandlers } from './stepHandlers.ts'
import { batchSize, planRefresh } from './planRefresh.ts'
import { signatureOf } from './refreshNotes.ts'
import { refusedBeside, runUnderWay } from './underWay.ts'
import { observeInstances } from './observeInstances.ts'
import { type Settings, withDefaults } from '../engine/settings.ts'
import { named } from '../ground/named.ts'

/** Which instances to replace, and how many at once. */
export interface RefreshInstancesOptions {
  /** Its name or ARN. */
  readonly cluster: string
  /** The name of the Auto Scaling group. */
  readonly group: string
  /** How many at once: `2`, or `20%` of the group, rounded up. 1 by default. */
  readonly batch?: string | undefined
  /**
   * Also replace instances that never joined the cluster, are protected from scale-in by hand, or run tasks of no service.
   * `false` by default.
   */
  readonly forceAll?: boolean | undefined
  /** Raise the maximum of a full group by one meanwhile, instead of detaching. `false` by default. */
  readonly allowMaxPlusOne?: boolean | undefined
  /** Copy attributes that somebody set on the old instances to their replacements. `false` by default. */
  readonly copyAttributes?: boolean | undefined
  /** Who runs it, shown to others while it is in progress: `alice@laptop`. `ecs-task` by default. */
  readonly by?: string | undefined
}

/**
 * Replaces the instances that differ from what the group would launch now, a batch at a time: adds new capacity, drains the
 * old instances and terminates them. A failure or an interruption puts the current batch back; another run continues from
 * there. Refused while another refresh of the group is in progress. Resolves with the result; a refusal is a result too.
 * Throws `BadArguments` for a bad `batch`.
 */
export async function refreshInstances(options: RefreshInstancesOptions, settings: Settings = {}): Promise<Result> {
  const { cluster, group, batch = '1', forceAll = false, by: owner = 'ecs-task' } = named(options, 'cluster', 'group')
  const { allowMaxPlusOne = false, copyAttributes = false } = options
  batchSize(batch, 1)
  const how = { batch, forceAll, allowMaxPlusOne, copyAttributes, owner }
  const context = withDefaults(settings)
  return executePlan(
    { ...context, handlers: instancesHandlers, command: 'instances refresh', definitions: [], about: group },
    async (aws, emit) => {
      const { clock, signal } = context
      const fleet = await observeInstances(aws, { cluster, group }, signal)
      if (!signatureOf(fleet.group)) return planRefresh(fleet, how)
      const tell = (text: string): void => emit({ type: 'warning.raised', text })
      const other = await runUnderWay(fleet.group, { aws, clock, signal, tell })
      if (other) throw refusedBeside(cluster, group, other)
      return planRefresh(await observeInstances(aws, { cluster, group }, signal), how)
    },
  )
}

/**
 * Resolves with each group that backs a cluster, or the named one, its instances, and which of them are outdated. Reads only.
 * Rejects with `NotFound` if the cluster or the group does not exist, and with the SDK's error for a read that AWS refuses.
 */
export async function readInstances(
  options: { readonly cluster: string; readonly group?: string | undefined },
  settings: Settings = {},
): Promise<InstancesStatus> {
  named(options, 'cluster')
  const { clock, signal, ...more } = withDefaults(settings)
  return readInstancesStatus({ aws: openAws({ ...more, clock }), clock, signal, tell: () => {} }, options)
}
