/**
 * Whether a refresh that has noted itself in its group is still under way. A note whose sign of life has not changed for a
 * while was left by a run that was cut off. That while is waited for: no clock of AWS or of another machine is compared with
 * ours.
 */
import { ownCommand } from '../ground/command.ts'
import { goOn } from './goOn.ts'
import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling'
import type { Aws } from '../aws/aws.ts'
import type { Clock } from '../ground/clock.ts'
import { EcsTaskError } from '../ground/errors.ts'
import { readGroup } from './observeInstances.ts'
import { type Signature, allowsMore, signatureOf } from './refreshNotes.ts'

/** Milliseconds between two looks for a sign of life. */
const interval = 10_000
/** How many looks without one it takes to call a run cut off: four times as long as it lets pass between two signs. */
const patience = 6

/** What looking for a sign of life takes. */
export interface Watch {
  readonly aws: Aws
  readonly clock: Clock
  readonly signal?: AbortSignal | undefined
  /** Told once, before the wait. */
  readonly tell: (text: string) => void
}

/** Who refreshes a group at this moment; undefined if nobody does, or if the refresh ends meanwhile. */
export async function runUnderWay(group: AutoScalingGroup, watch: Watch): Promise<Signature | undefined> {
  const { aws, clock, signal, tell } = watch
  const { AutoScalingGroupName: name = '' } = group
  const noted = signatureOf(group)
  if (!noted) return undefined
  const most = (interval * patience) / 1000
  tell(
    `${name} has the note of a refresh by ${startOf(noted)}: watching up to ${most} s whether it is still in progress.`,
  )
  for (let look = 0; look < patience; look++) {
    await clock.sleep(interval, signal)
    const seen = signatureOf(await readGroup(aws, name, signal))
    if (!seen || seen.run !== noted.run || seen.beat !== noted.beat) return seen
  }
  return undefined
}

/** `alice@laptop, which began at 2026-01-01T00:00:00Z`. */
function startOf({ owner, since }: Signature): string {
  return `${owner}, which began at ${since}`
}

/** `A refresh of web is under way since 2026-01-01T00:00:00Z, by alice@laptop.` */
export function underWayText(group: string, { owner, since }: Signature): string {
  return `A refresh of ${group} is in progress since ${since}, by ${owner}.`
}

/** What a refresh that was not finished has left of its group, and the command that goes on with it. */
export function cutOffText(
  cluster: string,
  group: AutoScalingGroup,
  { desired, maximum }: { readonly desired: number; readonly maximum: number },
): string {
  const { AutoScalingGroupName: name = '', MaxSize } = group
  const signature = signatureOf(group)
  const whose = signature ? ` by ${startOf(signature)},` : ''
  const most = maximum === MaxSize ? '' : ` of at most ${maximum}`
  const command = goOn(cluster, name, { allowsMore: allowsMore(group) })
  return `A refresh of ${name}${whose} was not finished: without it the group wants ${desired}${most}. Go on with it: ${command}`
}

/** Why a refresh does not begin beside another. */
export function refusedBeside(cluster: string, group: string, by: Signature): EcsTaskError {
  return new EcsTaskError('InProgressElsewhere', underWayText(group, by), {
    why: 'Two at once would replace the same instances.',
    fix: `Wait until it ends; see: ${ownCommand('ecs-task', 'instances status', { cluster, asg: group })}`,
  })
}
