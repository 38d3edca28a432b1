import { type Drawn, withServices, without } from './drawn.ts'
import type { Random } from './random.ts'

/** In some worlds there are container instances, and services of which one task runs on each. */
export function withDaemons(chance: Random, drawn: Drawn): Drawn {
  if (!chance.chance(0.15)) return drawn
  const clusters = [...new Set(drawn.before.services.map(({ cluster }) => cluster))]
  const containerInstances = clusters.flatMap((cluster) => {
    // Now and then there is hardly room for the tasks that are there.
    const memory = chance.pick([16_384, 16_384, 16_384, 1_536])
    return Array.from({ length: chance.integer(1, 4) }, (_, index) => ({
      cluster,
      ec2InstanceId: `i-${cluster}${index}`,
      memory,
    }))
  })
  const daemons = withServices(drawn, ({ was, declared }) => {
    if (!chance.chance(0.6)) return { was, declared }
    const deploymentConfiguration = { minimumHealthyPercent: chance.pick([0, 0, 50]), maximumPercent: 100 }
    const keepsCount = chance.chance(0.05)
    return {
      was: {
        ...without(was, 'desiredCount'),
        schedulingStrategy: 'DAEMON',
        deploymentConfiguration: { ...was.deploymentConfiguration, ...deploymentConfiguration },
      },
      declared: declared && {
        ...(keepsCount ? declared : without(declared, 'desiredCount')),
        ...(declared.deploymentConfiguration && { deploymentConfiguration }),
      },
    }
  })
  return { ...daemons, before: { ...daemons.before, containerInstances } }
}
