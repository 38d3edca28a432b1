import type { Definition } from '../definition.ts'
import { EcsTaskError } from '../errors.ts'
import { clustersOf } from '../observe.ts'
import { nameOf } from '../names.ts'
import type { Plan, World } from '../plan.ts'
import { irrestorable, servicesStage, targetsStage } from '../pointing.ts'
import { deregisterTaskDefinition } from '../steps/deregisterTaskDefinition.ts'

/**
 * Plans the way back to the revision before the one that is newest and ACTIVE: services and targets are pointed back and
 * followed, then the newest is deregistered. Throws `NothingToRollBackTo` when a family has no earlier revision.
 */
export function planRollback(definitions: readonly Definition[], world: World, { wait }: { wait: boolean }): Plan {
  const families = [...new Set(definitions.map((definition) => definition.taskDefinition.family))]
  const revisionsOf = (family: string): readonly string[] => (world.revisions.get(family) ?? []).map(({ arn }) => arn)
  const stuck = families.filter((family) => revisionsOf(family).length < 2)
  if (stuck.length > 0) {
    throw new EcsTaskError('NothingToRollBackTo', `There is nothing to roll ${stuck.join(', ')} back to.`, {
      problems: stuck.map(
        (family) => `${family}: has ${revisionsOf(family).length} ACTIVE revisions, and it takes two.`,
      ),
      fix: 'Deploy the tag that you want instead.',
    })
  }
  const pointings = definitions.map((definition) => ({
    definition,
    revision: revisionsOf(definition.taskDefinition.family)[1] as string,
  }))
  const names = definitions.map((definition) => definition.name).join(', ')
  const to = families.map((family) => nameOf(revisionsOf(family)[1] ?? '')).join(', ')
  const clusters = clustersOf(definitions)
  return {
    command: 'rollback',
    title: `Roll ${names} back to ${to}`,
    done: `Rolled ${names} back to ${to}`,
    stages: [
      servicesStage(pointings, world, wait),
      targetsStage(pointings, world),
      {
        title: 'Deregister the newest revision',
        steps: families.map((family) => deregisterTaskDefinition(revisionsOf(family)[0] ?? '', clusters)),
        together: false,
        onFailure: 'report',
      },
    ],
    warnings: irrestorable(pointings, world),
  }
}
