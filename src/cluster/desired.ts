/** What a stack wants of AWS, as the inputs of the calls that create it, without the ARNs and ids that only AWS knows. */
import type { CreateServiceCommandInput, NetworkConfiguration } from '@aws-sdk/client-ecs'
import type {
  CreateListenerCommandInput,
  CreateTargetGroupCommandInput,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import type { TaskDefinition, TaskRun } from '../definition/definition.ts'
import type { AutoScaling, Elb, Network, Stack, StackService, TaskSchedule } from './stack.ts'
import {
  dependsOnTag,
  familyIn,
  loadBalancerName,
  ownerTags,
  runTags,
  scheduledTag,
  targetGroupName,
} from './ownership.ts'
import { settingsAsInput } from './serviceSettings.ts'
import { networkIn, taskDefinitionOf } from './taskDefinitionOf.ts'

export interface Desired {
  readonly cluster: string
  readonly namespace: { readonly name: string; readonly vpc: string } | undefined
  readonly services: readonly DesiredService[]
}

export interface DesiredService {
  readonly name: string
  readonly dependsOn: readonly string[]
  readonly taskDefinition: TaskDefinition
  /** A task, run once or on a schedule; undefined for a service. */
  readonly run: TaskRun | undefined
  /** A service; undefined for a one-off task. */
  readonly service: WantedService | undefined
  readonly loadBalancing: LoadBalancing | undefined
  /** The name of its discovery service. */
  readonly discovery: string | undefined
  readonly autoScaling: AutoScaling | undefined
  /** When the task is started; undefined for one that is run once. */
  readonly schedule: TaskSchedule | undefined
}

/** CreateService's input without the revision, load balancers and service registries. */
export type WantedService = Omit<
  CreateServiceCommandInput,
  'taskDefinition' | 'loadBalancers' | 'serviceRegistries'
> & {
  readonly cluster: string
  readonly serviceName: string
}

/** What routes traffic from outside to a service. */
export interface LoadBalancing {
  /** The container that gets the traffic. */
  readonly container: { readonly containerName: string; readonly containerPort: number }
  /** An existing target group that is not ours: then nothing else is created. */
  readonly targetGroupArn: string | undefined
  readonly targetGroup: WantedTargetGroup
  /** `elb.name` of the file: tells several load balancers of a family apart. */
  readonly name: string | undefined
  /** The ARN of one that is not ours, or what is to be created. */
  readonly loadBalancer: string | WantedLoadBalancer
  readonly listener: WantedListener
  readonly record: { readonly zone: string; readonly name: string } | undefined
}

export interface WantedLoadBalancer {
  readonly Name: string
  readonly Scheme: 'internet-facing' | 'internal'
  readonly Subnets: readonly string[]
  readonly SecurityGroups: readonly string[]
  /** `elb.name` of the file. */
  readonly name: string | undefined
}

/** CreateTargetGroup's input with every member set. */
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

type WantedListener = Pick<CreateListenerCommandInput, 'Protocol' | 'Port' | 'SslPolicy'> & {
  /** ARNs; the first is the default certificate. */
  readonly certificates: readonly string[]
}

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
  // A schedule holds itself how many tasks it starts, and where.
  const run = service.schedule ? [{ key: scheduledTag, value: 'true' }] : runTags(service, network)
  const taskDefinition = taskDefinitionOf(cluster, service, isTask ? [...order, ...run] : [])
  const where = {
    cluster,
    launchType: service.launchType,
    ...(network && { networkConfiguration: networkConfigurationOf(network) }),
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
          startedBy: 'ecs-task',
        }
      : undefined,
    service: isTask
      ? undefined
      : {
          ...where,
          serviceName: name,
          placementConstraints: constraints,
          ...settingsAsInput(service),
          ...(service.schedulingStrategy === 'REPLICA' && { desiredCount: service.desiredCount }),
          deploymentConfiguration: { ...service.deploymentConfiguration },
          tags: [...ownerTags(cluster, name), ...order],
        },
    loadBalancing: elb && loadBalancingOf(stack, cluster, service, elb),
    discovery: dnsDiscovery?.name,
    autoScaling: service.autoScaling,
    schedule: service.schedule,
  }
}

function networkConfigurationOf({ subnets, securityGroups, assignPublicIp }: Network): NetworkConfiguration {
  return {
    awsvpcConfiguration: {
      subnets: [...subnets],
      securityGroups: [...securityGroups],
      assignPublicIp: assignPublicIp ? 'ENABLED' : 'DISABLED',
    },
  }
}

function loadBalancingOf(stack: Stack, cluster: string, service: StackService, elb: Elb): LoadBalancing {
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
      TargetType: service.networkMode === 'awsvpc' ? 'ip' : 'instance',
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
