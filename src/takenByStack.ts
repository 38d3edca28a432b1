import type { DeployClusterOptions } from './deployCluster.ts'
import type { TakenForGranted } from './localAws.ts'
import { readStack } from './stack/readStack.ts'

/** What a stack takes for granted, and a local AWS has to make: its cluster, its network, the zones of its records. */
export function takenByStack({ cluster, files, env }: DeployClusterOptions): TakenForGranted {
  const { vpc, services } = readStack(files, env).stack
  const zones = services.flatMap(({ elb }) => (elb?.dns ? [elb.dns] : []))
  return {
    clusters: [cluster],
    vpcs: vpc
      ? [
          {
            id: vpc.id,
            subnets: [...new Set([...vpc.subnets.public, ...vpc.subnets.private])].map((id) => ({ id })),
            securityGroups: [...new Set([...vpc.securityGroups.public, ...vpc.securityGroups.private])],
          },
        ]
      : [],
    hostedZones: [...new Map(zones.map((zone) => [zone.hostedZoneId, zone])).values()].map(
      ({ hostedZoneId, recordName }) => ({ id: hostedZoneId, name: recordName.split('.').slice(-2).join('.') }),
    ),
  }
}
