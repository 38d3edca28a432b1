import { containerPort, targetGroupArn } from './declarations.ts'
import { type Drawn, withServices } from './drawn.ts'
import type { Random } from './random.ts'
import type { TargetGroupBefore } from './worldBefore.ts'

/** In some worlds services are behind load balancers, now and then to be put behind another one, or behind none. */
export function withLoadBalancers(chance: Random, drawn: Drawn): Drawn {
  if (!chance.chance(0.2)) return drawn
  const targetGroups: TargetGroupBefore[] = []
  const balanced = withServices(drawn, ({ was, declared }) => {
    if (!chance.chance(0.7)) return { was, declared }
    const behind = (next: '' | '-next') => {
      const arn = targetGroupArn(`${was.cluster}-${was.service}${next}`)
      targetGroups.push({ arn, deregistrationDelay: chance.pick([0, 15, 60]) })
      return { targetGroupArn: arn, containerName: was.family, containerPort }
    }
    const [before, after] = [behind(''), behind('-next')]
    const isBefore = chance.chance(0.9)
    const grace = chance.pick([0, 0, 30, 120])
    const balancers = declared && chance.chance(0.15) ? { loadBalancers: chance.chance(0.75) ? [after] : [] } : {}
    const isAfter = balancers.loadBalancers ? balancers.loadBalancers.length > 0 : isBefore
    const declaredGrace = declared && chance.chance(0.1) ? chance.pick([0, 60]) : undefined
    return {
      was: {
        ...was,
        loadBalancers: isBefore ? [before] : [],
        // Without load balancers AWS takes none.
        healthCheckGracePeriodSeconds: isBefore ? grace : 0,
      },
      declared: declared && {
        ...declared,
        ...balancers,
        ...(declaredGrace !== undefined && { healthCheckGracePeriodSeconds: isAfter ? declaredGrace : 0 }),
      },
    }
  })
  const failing = chance.chance(0.2) ? drawn.acts[0]?.tag : undefined
  const acts = drawn.acts.map((act) => ({
    ...act,
    ...(act.wait && chance.chance(0.15) && { until: 'draining' }),
    ...(act.tag !== undefined && act.tag === failing && { tag: 'unhealthy' }),
  }))
  return { ...balanced, before: { ...balanced.before, targetGroups }, acts }
}
