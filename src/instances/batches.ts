import type { Instance } from '@aws-sdk/client-auto-scaling'
import { EcsTaskError } from '../ground/errors.ts'

/** How many instances of a batch `2` or `20%` of `all` are: rounded up, at least 1. Throws `BadArguments` for anything else. */
export function batchSize(text: string, all: number): number {
  const [, digits, percent] = /^(\d+)(%)?$/.exec(text) ?? []
  const amount = Number(digits)
  if (!(amount > 0) || (percent && amount > 100)) {
    throw new EcsTaskError('BadArguments', `--batch ${text} is not a number of instances.`, {
      fix: 'Write it as 2, or as 20% of the group.',
    })
  }
  return percent ? Math.max(1, Math.ceil((all * amount) / 100)) : amount
}

/**
 * The instances in batches of `size`. They are taken from the Availability Zones in turn, from the fullest first, so that
 * the group stays balanced and has no reason to move instances of its own accord, which it does without draining them.
 */
export function batchesOf(instances: readonly Instance[], size: number): Instance[][] {
  const zones = new Set(instances.map(({ AvailabilityZone }) => AvailabilityZone))
  const queues = [...zones].map((zone) => instances.filter(({ AvailabilityZone }) => AvailabilityZone === zone))
  const inTurn: Instance[] = []
  while (inTurn.length < instances.length) {
    const [fullest] = queues.toSorted((one, other) => other.length - one.length)
    inTurn.push(...(fullest?.splice(0, 1) ?? []))
  }
  return Array.from({ length: Math.ceil(inTurn.length / size) }, (_, index) =>
    inTurn.slice(index * size, (index + 1) * size),
  )
}
