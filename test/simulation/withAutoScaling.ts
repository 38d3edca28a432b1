import type { Drawn } from './drawn.ts'
import type { Random } from './random.ts'
import type { Act } from './scenario.ts'
import type { ServiceBefore } from './worldBefore.ts'

/**
 * In some worlds Application Auto Scaling scales services, also while they roll out; and somebody updates one of them, with its
 * auto scaling suspended meanwhile.
 */
export function withAutoScaling(chance: Random, drawn: Drawn): Drawn {
  const share = chance.next()
  // Here none falls of the seeds that are kept for what they found.
  if (share < 0.901 || share > 0.987) return drawn
  const services = drawn.before.services.filter(
    ({ desiredCount, service }) => desiredCount !== undefined && service !== 'stranger',
  )
  const scaled = services.filter((_, index) => index === 0 || chance.chance(0.7))
  if (scaled.length === 0) return drawn
  const scalableTargets = scaled.map(({ cluster, service, desiredCount = 0 }) => ({
    cluster,
    service,
    min: chance.integer(0, desiredCount),
    max: desiredCount + chance.integer(1, 4),
    isInSuspended: chance.chance(0.2),
  }))
  const others = Array.from({ length: chance.integer(0, 2) }, () => ({
    kind: 'autoScale' as const,
    call: chance.integer(3, chance.pick([15, 40])),
    which: chance.next(),
  }))
  const isUpdate = chance.chance(0.7)
  return {
    ...drawn,
    before: { ...drawn.before, scalableTargets },
    others: [...drawn.others, ...others],
    acts: isUpdate ? updatesOf(chance, chance.pick(scaled)) : drawn.acts,
  }
}

function updatesOf(chance: Random, { cluster, service, family }: ServiceBefore): Act[] {
  const isGood = chance.chance(0.6)
  const act: Act = {
    command: 'update',
    of: { cluster, service, family },
    tag: isGood ? 'v1' : chance.pick(['crash', 'exit-1', 'no-pull', 'slow-30m']),
    dryRun: false,
    wait: true,
    skipUnchanged: false,
    onFailure: chance.chance(0.8) ? 'rollback' : chance.pick(['leave', 'stop'] as const),
    timeout: chance.pick([900_000, 900_000, 180_000]),
    earlyFail: chance.chance(0.7) ? 3 : undefined,
    after: 0,
    beside: false,
    quiet: false,
    again: false,
  }
  const signal = chance.pick(['SIGINT', 'SIGTERM'] as const)
  if (chance.chance(0.3)) return [{ ...act, interrupt: { event: chance.integer(1, chance.pick([30, 90])), signal } }]
  if (!isGood || !chance.chance(0.3)) return [act]
  const kill = { call: chance.integer(3, 25), acted: chance.chance(0.5) }
  const whole = { ...act, timeout: 900_000 }
  return [
    { ...whole, kill },
    { ...whole, onFailure: 'rollback', quiet: true, again: true },
  ]
}
