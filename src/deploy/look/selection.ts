// Whose tasks are looked at: those of a class, or of a cluster that nobody declares.
import type { Service } from '@aws-sdk/client-ecs'
import type { Aws } from '../../aws/aws.ts'
import type { Definition } from '../../definition/definition.ts'
import { EcsTaskError } from '../../ground/errors.ts'
import { nameOf } from '../../ground/names.ts'
import { noService, servicesCalled } from '../live.ts'

/** What a person asks about: classes, or a cluster and services of it, all of them where none is named. */
export type Asked =
  | { readonly definitions: readonly Definition[] }
  | { readonly cluster: string; readonly services: readonly string[] }

/** Tasks as ListTasks finds them: of a service, of a family without a service, or all of a cluster. */
export interface Selection {
  readonly cluster: string
  readonly service?: string
  readonly family?: string
}

/** The services of a class, and the tasks of its family that run once or on a schedule; each selection once. */
export function selectionsOf(asked: Asked): Selection[] {
  if (!('definitions' in asked)) {
    const { cluster, services } = asked
    return services.length === 0 ? [{ cluster }] : [...new Set(services)].map((service) => ({ cluster, service }))
  }
  const all = asked.definitions.flatMap(
    ({ taskDefinition, updateServices, runTasks, eventTargets, schedules }): Selection[] => {
      const targets = eventTargets.flatMap(({ Targets }) => Targets).filter(({ EcsParameters }) => EcsParameters)
      const clusters = [
        ...runTasks.map(({ cluster }) => cluster ?? 'default'),
        ...targets.map(({ Arn }) => Arn),
        ...schedules.flatMap(({ Target }) => Target?.Arn ?? []),
      ]
      return [
        ...updateServices.map(({ cluster = 'default', service }) => ({ cluster, service })),
        ...clusters.map((cluster) => ({ cluster, family: taskDefinition.family })),
      ]
    },
  )
  const keyOf = ({ cluster, service, family }: Selection): string =>
    JSON.stringify([nameOf(cluster), service && nameOf(service), family])
  return [...new Map(all.map((one) => [keyOf(one), one])).values()]
}

/** Reads the services that are named; throws `NotFound` with every one that is not there. */
export async function servicesOf(aws: Aws, selections: readonly Selection[]): Promise<Service[]> {
  const named = selections.flatMap(({ cluster, service }) => (service === undefined ? [] : { cluster, service }))
  const clusters = [...new Set(named.map(({ cluster }) => cluster))]
  const found = await Promise.all(
    clusters.map(async (cluster) => {
      const names = named.flatMap((one) => (one.cluster === cluster ? one.service : []))
      const services = await servicesCalled(aws, cluster, names)
      const missing = names.filter((name) => !services.some(({ serviceName }) => serviceName === nameOf(name)))
      return { services, errors: await Promise.all(missing.map((name) => noService(aws, cluster, name))) }
    }),
  )
  const [error, ...others] = found.flatMap(({ errors }) => errors)
  if (!error) return found.flatMap(({ services }) => services)
  if (others.length === 0) throw error
  throw new EcsTaskError('NotFound', 'Some services do not exist.', {
    problems: [error, ...others].map(({ message }) => message),
    fix: 'Check the names, the region and the account.',
  })
}
