import type { DeployClusterOptions } from './deployCluster.ts'
import type { TakenForGranted } from './localAws.ts'
import { readStack } from './stack/readStack.ts'

/** What a stack takes for granted, and a local AWS has to make: its cluster, its network, the zones of its records. */
export function takenByStack({ cluster, files, env }: DeployClusterOptions): TakenForGranted {
  const { services } = readStack(files, env).stack
  const zones = services.flatMap(({ elb }) => (elb?.dns ? [elb.dns] : []))
  return {
    clusters: [cluster],
    hostedZones: [...new Map(zones.map((zone) => [zone.hostedZoneId, zone])).values()].map(
      ({ hostedZoneId, recordName }) => ({ id: hostedZoneId, name: recordName.split('.').slice(-2).join('.') }),
    ),
  }
}
