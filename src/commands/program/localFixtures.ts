import type { DeployClusterOptions } from '../../cluster/deployCluster.ts'
import type { TakenForGranted } from './localAws.ts'
import { networkModeOf } from '../../cluster/taskDefinitionOf.ts'
import { readStack } from '../../cluster/file/readStack.ts'

/** What a stack takes for granted, and a local AWS has to make: its cluster, its network, load balancers, the zones of its records. */
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
    loadBalancers: [...new Set(services.flatMap(({ elb }) => elb?.loadBalancerArn ?? []))],
    targetGroups: services.flatMap((service) => {
      const arn = service.elb?.targetGroupArn
      return arn === undefined ? [] : [{ arn, targetType: networkModeOf(service) === 'awsvpc' ? 'ip' : 'instance' }]
    }),
    hostedZones: [...new Map(zones.map((zone) => [zone.hostedZoneId, zone])).values()].map(
      ({ hostedZoneId, recordName }) => ({ id: hostedZoneId, name: recordName.split('.').slice(-2).join('.') }),
    ),
  }
}
