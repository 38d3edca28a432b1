// What a local AWS has to have before a command can work in it: what Terraform would have made in Amazon's.
import { networkModeOf } from '../../cluster/taskDefinitionOf.ts'
import type { DeployClusterOptions } from '../../cluster/deployCluster.ts'
import { readStack } from '../../cluster/file/readStack.ts'
import type { Definition } from '../../definition/definition.ts'
import { fillImageTag } from '../../definition/placeholder.ts'
import { clustersOf } from '../../deploy/observe.ts'
import type { LocalFixtures } from './localAws.ts'

/** For definitions: clusters, services with a first revision, rules, topics. */
export function definitionFixtures(definitions: readonly Definition[]): LocalFixtures {
  return {
    clusters: clustersOf(definitions),
    services: definitions.flatMap(({ updateServices, taskDefinition }) =>
      updateServices.map(({ cluster, service }) => ({
        ...(cluster !== undefined && { cluster }),
        service,
        taskDefinition: fillImageTag(taskDefinition, 'initial'),
      })),
    ),
    rules: definitions.flatMap(({ eventTargets }) =>
      eventTargets.map(({ Rule, EventBusName }) => ({
        name: Rule,
        ...(EventBusName !== undefined && { eventBusName: EventBusName }),
      })),
    ),
    topics: definitions.flatMap(({ snsNotificationTopicArn }) => snsNotificationTopicArn ?? []),
  }
}

/** For a stack: its cluster, its network, load balancers and target groups that it only names, the zones of its records. */
export function stackFixtures({ cluster, files, env }: DeployClusterOptions): LocalFixtures {
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
