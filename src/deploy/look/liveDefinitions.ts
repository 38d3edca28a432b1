// The services of a cluster as definitions that nobody has declared, one for each family that they run.
import type { Service } from '@aws-sdk/client-ecs'
import type { Aws } from '../../aws/aws.ts'
import type { Definition } from '../../definition/definition.ts'
import { liveDefinition, refusalOf } from '../live.ts'
import { describeRevision, familyOf } from '../revisions.ts'
import { type Asked, servicesAsked } from './selection.ts'

interface Found {
  readonly definitions: readonly Definition[]
  /** The services that are none of them, a sentence each. */
  readonly leftOut: readonly string[]
}

/** Reads them. Throws `NotFound` where the cluster or a service that is named is not there. */
export async function liveDefinitions(aws: Aws, asked: Extract<Asked, { cluster: string }>): Promise<Found> {
  const services = await servicesAsked(aws, asked)
  const shown = services.filter((service) => refusalOf(service) === undefined)
  const families = [...new Set(shown.map(familyOfService))].toSorted()
  const definitions = families.map(async (family) => {
    const own = shown.filter((service) => familyOfService(service) === family)
    const base = await describeRevision(aws, own[0]?.taskDefinition ?? '')
    const { containerDefinitions = [] } = base.taskDefinition
    return liveDefinition({ services: own, base }, { family, containerDefinitions }, () => ({}), undefined)
  })
  return {
    definitions: await Promise.all(definitions),
    leftOut: services.flatMap((service) => {
      const why = refusalOf(service)
      return why === undefined ? [] : `Not shown: ${why}`
    }),
  }
}

function familyOfService({ taskDefinition = '' }: Service): string {
  return familyOf(taskDefinition)
}
