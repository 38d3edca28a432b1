/** What is measured: deploys of one class, by how much there is to update and to prune. */
import { type Beginning, arnOf, cluster } from './standInState.ts'

export interface Job {
  readonly name: string
  readonly services: number
  /** Rules with one target each. */
  readonly targets: number
  /** How many revisions are too many once the new one is registered. */
  readonly prune: number
}

export const jobs = {
  one: { name: '1 service, nothing to prune', services: 1, targets: 0, prune: 0 },
  onePruned: { name: '1 service, 11 to prune', services: 1, targets: 0, prune: 11 },
  twenty: { name: '20 services, 20 targets', services: 20, targets: 20, prune: 0 },
  twentyPruned: { name: '20 services, 20 targets, 11 to prune', services: 20, targets: 20, prune: 11 },
  emptyBucket: { name: 'more to prune than the bucket holds (21)', services: 1, targets: 0, prune: 21 },
} as const satisfies Record<string, Job>

export const family = 'web'
const role = 'arn:aws:iam::123456789012:role/ecsEventsRole'
/** `activeTaskCount`, as both have it by default. */
export const kept = 10

const numbered = (length: number, name: string): string[] =>
  Array.from({ length }, (_, index) => `${name}-${index + 1}`)

export function beginningOf({ services, targets, prune }: Job): Beginning {
  const revisions = prune === 0 ? 1 : kept + prune - 1
  return { family, revisions, services: numbered(services, family), rules: numbered(targets, 'nightly') }
}

/** What the class declares, ours and the original's. */
export function declaredOf(job: Job): object {
  const { services, rules } = beginningOf(job)
  return {
    taskDefinition: { family, containerDefinitions: [{ name: family, image: `${family}:{image_tag}`, memory: 512 }] },
    updateServices: services.map((service) => ({ cluster, service })),
    eventTargets: rules.map((Rule) => ({
      Rule,
      Targets: [{ Id: 'task', Arn: arnOf(`cluster/${cluster}`), RoleArn: role, EcsParameters: {} }],
    })),
  }
}
