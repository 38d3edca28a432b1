import type { CreateServiceCommandInput, NetworkConfiguration } from '@aws-sdk/client-ecs'
import type {
  CreateListenerCommandInput,
  CreateTargetGroupCommandInput,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import type { TaskDefinition, TaskRun } from '../definition/definition.ts'
import type { Elb, Network, Stack, StackService } from './stack.ts'
import { dependsOnTag, marksOf, runMarks, starter } from './marks.ts'
import { familyIn, loadBalancerName, targetGroupName } from './resourceNames.ts'
import { networkIn, networkModeOf, taskDefinitionOf } from './taskDefinitionOf.ts'

/** What a stack wants of AWS, as the inputs of the calls that make it, without what only AWS knows: ARNs and ids. */
export interface Desired {
  readonly cluster: string
  readonly namespace: { readonly name: string; readonly vpc: string } | undefined
  readonly services: readonly DesiredService[]
}

export interface DesiredService {
  readonly name: string
  readonly dependsOn: readonly string[]
  readonly taskDefinition: TaskDefinition
  /** A one-off task; undefined for a service. */
  readonly run: TaskRun | undefined
  /** A service; undefined for a one-off task. */
  readonly service: WantedService | undefined
  readonly balancing: Balancing | undefined
  /** The name of its discovery service. */
  readonly discovery: string | undefined
}

/** CreateService's input, but for the revision and what leads to the service. */
export type WantedService = Omit<
  CreateServiceCommandInput,
  'taskDefinition' | 'loadBalancers' | 'serviceRegistries'
> & {
  readonly cluster: string
  readonly serviceName: string
}

/** What leads to a service from outside. */
export interface Balancing {
  /** Where its traffic goes. */
  readonly container: { readonly containerName: string; readonly containerPort: number }
  /** One of others, in which nothing is made; then there is nothing else. */
  readonly targetGroupArn: string | undefined
  readonly targetGroup: WantedTargetGroup
  /** What tells it apart from others of the family, as the file says it. */
  readonly name: string | undefined
  /** The ARN of one of others, or what is to be made. */
  readonly loadBalancer: string | WantedLoadBalancer
  readonly listener: WantedListener
  readonly record: { readonly zone: string; readonly name: string } | undefined
}

export interface WantedLoadBalancer {
  readonly Name: string
  readonly Scheme: 'internet-facing' | 'internal'
  readonly Subnets: readonly string[]
  readonly SecurityGroups: readonly string[]
  /** As the file says it. */
  readonly name: string | undefined
}

/** CreateTargetGroup's input, all of it said. */
export type WantedTargetGroup = {
  readonly [K in TargetGroupMember]: NonNullable<CreateTargetGroupCommandInput[K]>
}

type TargetGroupMember =
  | 'Name'
  | 'Protocol'
  | 'Port'
  | 'VpcId'
  | 'TargetType'
  | 'HealthCheckProtocol'
  | 'HealthCheckPort'
  | 'HealthCheckPath'
  | 'HealthCheckIntervalSeconds'
  | 'HealthCheckTimeoutSeconds'
  | 'HealthyThresholdCount'
  | 'UnhealthyThresholdCount'

export type WantedListener = Pick<CreateListenerCommandInput, 'Protocol' | 'Port' | 'SslPolicy'> & {
  /** ARNs, the default one first. */
  readonly certificates: readonly string[]
}

/** What a stack wants in a cluster. */
export function desiredOf(stack: Stack, cluster: string): Desired {
  const { namespace, vpc, services } = stack
  return {
    cluster,
    namespace: namespace === undefined ? undefined : { name: namespace, vpc: vpc?.id ?? '' },
    services: services.map((service) => desiredService(stack, cluster, service)),
  }
}

function desiredService(stack: Stack, cluster: string, service: StackService): DesiredService {
  const { name, dependsOn, elb, dnsDiscovery } = service
  const isTask = service.type === 'task'
  const constraints = service.placementConstraints.map(({ type, expression }) => ({
    type,
    ...(expression !== undefined && { expression }),
  }))
  const order = dependsOn.length > 0 ? [{ key: dependsOnTag, value: dependsOn.join(' ') }] : []
  const network = networkIn(stack, service)
  const taskDefinition = taskDefinitionOf(cluster, service, isTask ? [...order, ...runMarks(service, network)] : [])
  const where = {
    cluster,
    launchType: service.launchType,
    ...(network && { networkConfiguration: addressed(network) }),
  }
  return {
    name,
    dependsOn,
    taskDefinition,
    run: isTask
      ? {
          ...where,
          count: service.desiredCount,
          placementConstraints: constraints.filter(({ type }) => type === 'distinctInstance'),
          startedBy: starter,
        }
      : undefined,
    service: isTask
      ? undefined
      : {
          ...where,
          serviceName: name,
          placementConstraints: constraints,
          schedulingStrategy: service.schedulingStrategy,
          ...(service.schedulingStrategy === 'REPLICA' && { desiredCount: service.desiredCount }),
          deploymentConfiguration: { ...service.deploymentConfiguration },
          tags: [...marksOf(cluster, name), ...order],
        },
    balancing: elb && balancingOf(stack, cluster, service, elb),
    discovery: dnsDiscovery?.name,
  }
}

function addressed({ subnets, securityGroups, assignPublicIp }: Network): NetworkConfiguration {
  return {
    awsvpcConfiguration: {
      subnets: [...subnets],
      securityGroups: [...securityGroups],
      assignPublicIp: assignPublicIp ? 'ENABLED' : 'DISABLED',
    },
  }
}

function balancingOf(stack: Stack, cluster: string, service: StackService, elb: Elb): Balancing {
  const family = familyIn(cluster, service.name)
  const { healthcheck, ports, type } = elb
  const { vpc } = stack
  return {
    container: { containerName: service.containers[0].name, containerPort: ports.container },
    targetGroupArn: elb.targetGroupArn,
    name: elb.name,
    targetGroup: {
      Name: targetGroupName(family, elb.name),
      Protocol: 'HTTP',
      Port: ports.container,
      VpcId: vpc?.id ?? '',
      TargetType: networkModeOf(service) === 'awsvpc' ? 'ip' : 'instance',
      HealthCheckProtocol: healthcheck.protocol,
      HealthCheckPort: healthcheck.port === undefined ? 'traffic-port' : String(healthcheck.port),
      HealthCheckPath: healthcheck.path,
      HealthCheckIntervalSeconds: healthcheck.intervalSeconds,
      HealthCheckTimeoutSeconds: healthcheck.timeoutSeconds,
      HealthyThresholdCount: healthcheck.healthyThresholdCount,
      UnhealthyThresholdCount: healthcheck.unhealthyThresholdCount,
    },
    loadBalancer: elb.loadBalancerArn ?? {
      Name: loadBalancerName(family, elb.name),
      Scheme: type === 'public' ? 'internet-facing' : 'internal',
      Subnets: vpc?.subnets[type] ?? [],
      SecurityGroups: vpc?.securityGroups[type] ?? [],
      name: elb.name,
    },
    listener: {
      Protocol: elb.protocol,
      Port: ports.public,
      certificates: elb.certificates,
      ...(elb.tlsPolicy !== undefined && { SslPolicy: elb.tlsPolicy }),
    },
    record: elb.dns && { zone: elb.dns.hostedZoneId, name: elb.dns.recordName },
  }
}
