/** Describes an existing service or one-off task as a stack file would declare it. */
import type {
  ContainerDefinition,
  LoadBalancer as ServiceLoadBalancer,
  PlacementConstraint,
  Service,
  TaskDefinition,
} from '@aws-sdk/client-ecs'
import type { Listener } from '@aws-sdk/client-elastic-load-balancing-v2'
import { plainNumbers } from './file/plainNumbers.ts'
import { nameOf } from '../ground/names.ts'
import type { Registered } from '../deploy/world.ts'
import { type Found, isOurs, recordOf, tagsOf } from './found.ts'
import { dependsOnTag, nameTag, networkFromTags, runFromTags } from './ownership.ts'
import type { Schedule } from '../deploy/starters/schedule.ts'
import { describedSchedule } from './schedules/describedSchedule.ts'
import { describedScaling } from './scaling/describedScaling.ts'
import { simpleSettings } from './serviceSettings.ts'
import { countWithin, type Elb, type Network, type StackContainer, type StackService, type Vpc } from './stack.ts'

/** A service or one-off task that was created for a cluster. */
export interface ExistingService {
  readonly name: string
  /** Undefined for a one-off task. */
  readonly service: Service | undefined
  /** Of a task; undefined for one that is run once. */
  readonly schedule: Schedule | undefined
  readonly registered: Registered
}

/** What is asked for of all that was found. */
type Seen = Pick<
  Found,
  'cluster' | 'scaling' | 'namespaces' | 'targetGroups' | 'listeners' | 'loadBalancers' | 'certificates'
>

export function describedService(found: Seen, existing: ExistingService, vpc: Vpc | undefined): StackService {
  const { name, service, registered } = existing
  const scheduled = existing.schedule && describedSchedule(existing.schedule)
  const { taskDefinition, tags } = registered
  const {
    containerDefinitions: [first = {}, ...further] = [],
    cpu,
    memory,
    requiresCompatibilities = [],
  } = taskDefinition
  const dependsOn = tagsOf(service?.tags ?? tags)[dependsOnTag]
  const isFargate = (service?.launchType ?? requiresCompatibilities[0]) === 'FARGATE'
  const registry = service?.serviceRegistries?.[0]?.registryArn
  const discovery = found.namespaces
    .flatMap(({ services }) => services)
    .find(({ thing }) => thing.Arn === registry)?.thing
  const [balancer] = service?.loadBalancers ?? []
  const { maximumPercent = 200, minimumHealthyPercent = 50 } = service?.deploymentConfiguration ?? {}
  // A one-off task has no deployments, so nothing is said of them.
  const { enable = false, rollback = false } = service
    ? (service.deploymentConfiguration?.deploymentCircuitBreaker ?? {})
    : { enable: true, rollback: true }
  const network = describedNetwork(existing)
  const autoScaling = service && describedScaling(found.scaling.get(name))
  const run = runFromTags(tagsOf(tags))
  const distinct = run.isDistinct ? [{ type: 'distinctInstance' as const }] : []
  const { count, constraints: ofRun } = scheduled ?? { count: run.count, constraints: distinct }
  const constraints: readonly Partial<PlacementConstraint>[] = service?.placementConstraints ?? [
    ...ofRun,
    ...(taskDefinition.placementConstraints ?? []),
  ]
  const networkMode = taskDefinition.networkMode ?? 'bridge'
  const isUsual = networkMode === 'awsvpc' && isPrivate(network, vpc)
  return {
    name,
    type: service ? 'service' : 'task',
    dependsOn: dependsOn ? dependsOn.split(' ') : [],
    containers: [
      describedContainer(first, taskDefinition),
      ...further.map((one) => describedContainer(one, taskDefinition)),
    ],
    launchType: isFargate ? 'FARGATE' : 'EC2',
    cpu: cpu === undefined ? undefined : Number(cpu),
    memory: memory === undefined ? undefined : Number(memory),
    taskRoleArn: taskDefinition.taskRoleArn,
    taskExecutionRoleArn: taskDefinition.executionRoleArn,
    networkMode,
    network: isUsual ? undefined : network,
    // What Application Auto Scaling has made of it is not the file's.
    desiredCount: autoScaling ? countWithin(1, autoScaling) : service ? countOf(service) : count,
    ...simpleSettings(({ member, usual }) => (service?.[member] === usual ? undefined : service?.[member])),
    deploymentConfiguration: {
      maximumPercent,
      minimumHealthyPercent,
      deploymentCircuitBreaker: { enable, rollback: enable && rollback },
    },
    placementConstraints: constraints.map(({ type = 'memberOf', expression }) => ({ type, expression })),
    elb: balancer && describedElb(found, name, balancer),
    autoScaling,
    schedule: scheduled?.schedule,
    dnsDiscovery: discovery && { name: discovery.Name ?? nameOf(registry ?? '') },
  }
}

function countOf({ schedulingStrategy, desiredCount = 1 }: Service): number {
  return schedulingStrategy === 'DAEMON' ? 1 : desiredCount
}

export function describedNetwork({ service, schedule, registered }: ExistingService): Network | undefined {
  if (schedule) return describedSchedule(schedule).network
  const { subnets, securityGroups = [], assignPublicIp } = service?.networkConfiguration?.awsvpcConfiguration ?? {}
  if (subnets) return { subnets, securityGroups, assignPublicIp: assignPublicIp === 'ENABLED' }
  return service ? undefined : networkFromTags(tagsOf(registered.tags))
}

function isPrivate(network: Network | undefined, vpc: Vpc | undefined): boolean {
  const same = (one: readonly string[] = [], other: readonly string[] = []): boolean =>
    one.toSorted().join(' ') === other.toSorted().join(' ')
  return (
    !network?.assignPublicIp &&
    same(network?.subnets, vpc?.subnets.private) &&
    same(network?.securityGroups, vpc?.securityGroups.private)
  )
}

function describedContainer(
  container: ContainerDefinition,
  { networkMode, volumes = [] }: TaskDefinition,
): StackContainer {
  const { healthCheck, logConfiguration, command, entryPoint, resourceRequirements = [] } = container
  const gpus = resourceRequirements.find(({ type }) => type === 'GPU')?.value
  return {
    name: container.name ?? '',
    image: container.image ?? '',
    command: command?.length ? command : undefined,
    entryPoint: entryPoint?.length ? entryPoint : undefined,
    essential: container.essential ?? true,
    // ECS answers 0 for a cpu that nobody has declared.
    ...plainNumbers(({ member }) => container[member] || undefined),
    environment: Object.fromEntries((container.environment ?? []).map(({ name = '', value = '' }) => [name, value])),
    secrets: Object.fromEntries((container.secrets ?? []).map(({ name = '', valueFrom = '' }) => [name, valueFrom])),
    ports: (container.portMappings ?? []).map(({ hostPort, containerPort = 0, protocol = 'tcp' }) => ({
      // On a bridge 0 stands for any free port; in the other modes the host's port is the container's.
      host: networkMode === 'bridge' ? hostPort || undefined : (hostPort ?? containerPort),
      container: containerPort,
      protocol,
    })),
    volumes: (container.mountPoints ?? []).map(({ sourceVolume = '', containerPath = '', readOnly = false }) => ({
      name: sourceVolume,
      host: volumes.find(({ name }) => name === sourceVolume)?.host?.sourcePath,
      container: containerPath,
      readOnly,
    })),
    gpus: gpus === undefined ? undefined : Number(gpus),
    privileged: container.privileged ?? false,
    healthcheck: healthCheck && {
      command: healthCheck.command ?? [],
      interval: healthCheck.interval ?? 30,
      timeout: healthCheck.timeout ?? 5,
      retries: healthCheck.retries ?? 3,
      startPeriod: healthCheck.startPeriod ?? 0,
    },
    logging: logConfiguration && {
      logDriver: logConfiguration.logDriver ?? '',
      options: logConfiguration.options ?? {},
    },
  }
}

function describedElb(found: Seen, service: string, { targetGroupArn, containerPort = 0 }: ServiceLoadBalancer): Elb {
  const { thing: group, tags } = found.targetGroups.find(({ thing }) => thing.TargetGroupArn === targetGroupArn) ?? {}
  const listener = found.listeners.find(
    (one) => isOurs(one, found.cluster, service) && forwardsTo(one.thing, targetGroupArn),
  )
  const balancer = found.loadBalancers.find(({ thing }) => thing.LoadBalancerArn === listener?.thing.LoadBalancerArn)
  const isSecure = listener?.thing.Protocol === 'HTTPS'
  const certificates = [
    listener?.thing.Certificates?.[0]?.CertificateArn,
    ...(found.certificates.get(listener?.thing.ListenerArn ?? '') ?? []),
  ]
  const record = listener && recordOf(listener)
  const port = group?.HealthCheckPort
  return {
    name: tags?.[nameTag],
    type: balancer?.thing.Scheme === 'internal' ? 'private' : 'public',
    protocol: isSecure ? 'HTTPS' : 'HTTP',
    ports: { public: listener?.thing.Port ?? containerPort, container: containerPort },
    certificates: isSecure ? certificates.flatMap((one) => one ?? []) : [],
    tlsPolicy: isSecure ? listener.thing.SslPolicy : undefined,
    dns: record && { hostedZoneId: record.zone, recordName: record.name },
    healthcheck: {
      protocol: group?.HealthCheckProtocol === 'HTTPS' ? 'HTTPS' : 'HTTP',
      port: port === undefined || port === 'traffic-port' ? undefined : Number(port),
      path: group?.HealthCheckPath ?? '/',
      intervalSeconds: group?.HealthCheckIntervalSeconds ?? 30,
      timeoutSeconds: group?.HealthCheckTimeoutSeconds ?? 5,
      healthyThresholdCount: group?.HealthyThresholdCount ?? 2,
      unhealthyThresholdCount: group?.UnhealthyThresholdCount ?? 10,
    },
    loadBalancerArn: balancer && !isOurs(balancer, found.cluster, service) ? balancer.thing.LoadBalancerArn : undefined,
    targetGroupArn: group ? undefined : targetGroupArn,
  }
}

function forwardsTo({ DefaultActions = [] }: Listener, targetGroupArn: string | undefined): boolean {
  return DefaultActions.some((action) => action.TargetGroupArn === targetGroupArn)
}
