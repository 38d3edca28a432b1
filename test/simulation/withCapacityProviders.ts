import { type Drawn, withServices } from './drawn.ts'
import type { Random } from './random.ts'

/** In some worlds services take their capacity from providers, and updates declare another strategy, or none. */
export function withCapacityProviders(chance: Random, drawn: Drawn): Drawn {
  if (!chance.chance(0.18)) return drawn
  const clusters = [...new Set(drawn.before.services.map(({ cluster }) => cluster))]
  const changed = withServices(drawn, ({ was, declared }) => {
    if (was.schedulingStrategy === 'DAEMON') return { was, declared }
    const isDeclared = declared !== undefined && chance.chance(0.5)
    return {
      was: chance.chance(0.6) ? { ...was, capacityProviderStrategy: strategyOf(chance) } : was,
      declared: isDeclared
        ? { ...declared, capacityProviderStrategy: chance.chance(0.8) ? strategyOf(chance) : [] }
        : declared,
    }
  })
  const capacityProviders = clusters.flatMap((cluster) =>
    providers.map((capacityProvider) => ({ cluster, capacityProvider })),
  )
  return { ...changed, before: { ...changed.before, capacityProviders } }
}

/** Of Auto Scaling groups: a service of EC2 may go over to them, and back. */
const providers = ['on-demand', 'spot', 'burst']

function strategyOf(chance: Random): { capacityProvider: string; weight: number; base?: number }[] {
  const first = chance.integer(0, providers.length - 1)
  const some = providers.filter((_, index) => index === first || chance.chance(0.3))
  return some.map((capacityProvider, index) => ({
    capacityProvider,
    weight: chance.integer(1, 3),
    ...(index === 0 && chance.chance(0.3) && { base: 1 }),
  }))
}
