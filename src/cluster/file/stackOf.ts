// Builds the stack from files without problems.
import { autoScalingOf, desiredCountAt } from './autoScalingOf.ts'
import { plainNumbers } from './plainNumbers.ts'
import { simpleSettings } from '../serviceSettings.ts'
import { networkModes } from '../stack.ts'
import type { Elb, Healthcheck, Network, PublicAndPrivate, Stack, StackContainer, StackService, Vpc } from '../stack.ts'
import { defaultNetworkMode } from './networkMode.ts'
import { parsePort, parseVolume } from './forms.ts'
import { containerKeys, furtherContainerKeys, healthcheckKeys } from './keys/containerKeys.ts'
import { elbKeys, recommendedTlsPolicy, targetHealthcheckKeys } from './keys/elbKeys.ts'
import { breakerKeys, deploymentDefaults, networkKeys, serviceKeys } from './keys/serviceKeys.ts'
import { isFargate, type Service, type UnvalidatedStack } from './unvalidatedStack.ts'
import {
  at,
  entriesAt,
  flagAt,
  itemsAt,
  numberAt,
  textAt,
  textsAt,
  type ValidatedNode,
  wordsAt,
} from './validatedNode.ts'

/** The stack that files without problems say, every default filled in. */
export function stackOf({ stack, services }: UnvalidatedStack): Stack {
  const vpc = at(stack, 'vpc') && vpcOf(at(stack, 'vpc')!)
  return {
    vpc,
    namespace: textAt(stack, 'service_discovery/namespace'),
    services: services.map((service) => serviceOf(service, vpc)),
  }
}

function vpcOf(node: ValidatedNode): Vpc {
  return {
    id: textAt(node, 'id') ?? '',
    subnets: publicAndPrivate(node, 'subnets'),
    securityGroups: publicAndPrivate(node, 'security_groups'),
  }
}

function publicAndPrivate(node: ValidatedNode, path: string): PublicAndPrivate {
  return { public: wordsAt(node, `${path}/public`) ?? [], private: wordsAt(node, `${path}/private`) ?? [] }
}

function serviceOf(service: Service, vpc: Vpc | undefined): StackService {
  const { name, node } = service
  const [own, ...further] = service.containers.map((container) => containerOf(container.name, container.node))
  const isOnFargate = isFargate(service)
  const settings = simpleSettings(({ key, usual }) => valueAt(node, key, usual))
  // What a service says of its size is for its container on an instance, for its task on Fargate.
  const first: StackContainer = isOnFargate ? { ...own!, cpu: undefined, memory: undefined } : own!
  const where = {
    containers: [first, ...further],
    launchType: isOnFargate ? 'FARGATE' : 'EC2',
    network: at(node, 'network') && networkOf(at(node, 'network')!, vpc),
    dnsDiscovery: at(node, 'dns_discovery') && { name: textAt(node, 'dns_discovery/name') ?? '' },
  } as const
  return {
    name,
    type: textAt(node, 'type') === 'task' ? 'task' : 'service',
    dependsOn: wordsAt(node, 'depends_on') ?? [],
    ...where,
    networkMode: networkModes.find((mode) => mode === textAt(node, 'network_mode')) ?? defaultNetworkMode(where),
    cpu: isOnFargate ? own!.cpu : undefined,
    memory: isOnFargate ? own!.memory : undefined,
    taskRoleArn: textAt(node, 'task_role_arn'),
    taskExecutionRoleArn: textAt(node, 'task_execution_role_arn'),
    desiredCount: desiredCountAt(node) ?? serviceKeys.desired_count.default,
    ...settings,
    deploymentConfiguration: deploymentOf(node, settings.schedulingStrategy),
    placementConstraints: itemsAt(node, 'placement_constraints').map((constraint) => ({
      type: textAt(constraint, 'type') === 'memberOf' ? 'memberOf' : 'distinctInstance',
      expression: textAt(constraint, 'expression'),
    })),
    elb: at(node, 'elb') && elbOf(at(node, 'elb')!),
    autoScaling: autoScalingOf(node),
    schedule: at(node, 'schedule') && {
      expression: textAt(node, 'schedule') ?? '',
      timezone: textAt(node, 'schedule_timezone') ?? serviceKeys.schedule_timezone.default,
      roleArn: textAt(node, 'schedule_role_arn') ?? '',
    },
  }
}

/** A value of the kind that the usual one is of; that it is one has been checked. */
function valueAt(node: ValidatedNode, key: string, usual: string | number | boolean): typeof usual | undefined {
  const text = textAt(node, key)
  if (text === undefined || typeof usual === 'string') return text
  return typeof usual === 'number' ? Number(text) : text === 'true'
}

function networkOf(node: ValidatedNode, vpc: Vpc | undefined): Network {
  return {
    subnets: wordsAt(node, 'subnets') ?? vpc?.subnets.private ?? [],
    securityGroups: wordsAt(node, 'security_groups') ?? vpc?.securityGroups.private ?? [],
    assignPublicIp: flagAt(node, 'assign_public_ip', networkKeys.assign_public_ip.default),
  }
}

function deploymentOf(node: ValidatedNode, strategy: 'REPLICA' | 'DAEMON'): StackService['deploymentConfiguration'] {
  const usual = deploymentDefaults[strategy]
  const breaker = 'deployment_configuration/deployment_circuit_breaker'
  const enable = flagAt(node, `${breaker}/enable`, breakerKeys.enable.default)
  const percent = (key: string): number | undefined => numberAt(node, `deployment_configuration/${key}`)
  return {
    maximumPercent: percent('maximum_percent') ?? usual.maximumPercent,
    minimumHealthyPercent: percent('minimum_healthy_percent') ?? usual.minimumHealthyPercent,
    // Where it is off there is nothing that could roll back.
    deploymentCircuitBreaker: {
      enable,
      rollback: enable && flagAt(node, `${breaker}/rollback`, breakerKeys.rollback.default),
    },
  }
}

/** A container of a stack in which nothing is wrong. */
function containerOf(name: string, node: ValidatedNode): StackContainer {
  const driver = textAt(node, 'logging/log_driver')
  return {
    name,
    image: textAt(node, 'image') ?? '',
    command: wordsAt(node, 'command'),
    entryPoint: wordsAt(node, 'entrypoint'),
    essential: flagAt(node, 'essential', furtherContainerKeys.essential.default),
    ...plainNumbers(({ key }) => numberAt(node, key)),
    environment: textsByName(node, 'environment'),
    secrets: textsByName(node, 'secrets'),
    ports: textsAt(node, 'ports').map(({ text }) => parsePort(text)),
    volumes: textsAt(node, 'volumes').map(({ text }) => parseVolume(text)),
    gpus: numberAt(node, 'gpus'),
    privileged: flagAt(node, 'privileged', containerKeys.privileged.default),
    healthcheck: healthcheckOf(at(node, 'healthcheck')),
    logging: driver === undefined ? undefined : { logDriver: driver, options: textsByName(node, 'logging/options') },
  }
}

function textsByName(node: ValidatedNode, path: string): Record<string, string> {
  return Object.fromEntries(
    entriesAt(node, path).map(([name, entry]) => [name, entry.kind === 'text' ? entry.text : '']),
  )
}

function healthcheckOf(node: ValidatedNode | undefined): Healthcheck | undefined {
  if (!node) return undefined
  const { interval, timeout, retries, start_period } = healthcheckKeys
  return {
    command: wordsAt(node, 'command') ?? [],
    interval: numberAt(node, 'interval') ?? interval.default,
    timeout: numberAt(node, 'timeout') ?? timeout.default,
    retries: numberAt(node, 'retries') ?? retries.default,
    startPeriod: numberAt(node, 'start_period') ?? start_period.default,
  }
}

/** The load balancer of a service in which nothing is wrong. */
function elbOf(node: ValidatedNode): Elb {
  const protocol = protocolAt(node, 'protocol', elbKeys.protocol.default)
  const isHttps = protocol === 'HTTPS'
  const check = at(node, 'healthcheck')
  const defaults = targetHealthcheckKeys
  return {
    name: textAt(node, 'name'),
    // One of others is where it is: nobody asks for its type.
    type: textAt(node, 'type') === 'public' ? 'public' : 'private',
    protocol,
    ports: {
      public: numberAt(node, 'ports/public') ?? (isHttps ? 443 : 80),
      container: numberAt(node, 'ports/container') ?? 0,
    },
    certificates: wordsAt(node, 'certificates') ?? [],
    tlsPolicy: isHttps ? (textAt(node, 'tls_policy') ?? recommendedTlsPolicy) : undefined,
    dns: at(node, 'dns') && {
      hostedZoneId: textAt(node, 'dns/hosted_zone_id') ?? '',
      recordName: textAt(node, 'dns/record_name') ?? '',
    },
    healthcheck: {
      protocol: protocolAt(check, 'protocol', defaults.protocol.default),
      port: numberAt(check, 'port'),
      path: textAt(check, 'path') ?? defaults.path.default,
      intervalSeconds: numberAt(check, 'interval_seconds') ?? defaults.interval_seconds.default,
      timeoutSeconds: numberAt(check, 'timeout_seconds') ?? defaults.timeout_seconds.default,
      healthyThresholdCount: numberAt(check, 'healthy_threshold_count') ?? defaults.healthy_threshold_count.default,
      unhealthyThresholdCount:
        numberAt(check, 'unhealthy_threshold_count') ?? defaults.unhealthy_threshold_count.default,
    },
    loadBalancerArn: textAt(node, 'load_balancer_arn'),
    targetGroupArn: textAt(node, 'target_group_arn'),
  }
}

function protocolAt(node: ValidatedNode | undefined, path: string, otherwise: 'HTTP' | 'HTTPS'): 'HTTP' | 'HTTPS' {
  const text = textAt(node, path)
  return text === 'HTTPS' || text === 'HTTP' ? text : otherwise
}
