// The keys of a service as a stack file has them; defaults are left out.
import { byKey } from './plainNumbers.ts'
import { settingsByKey } from '../serviceSettings.ts'
import { countWithin } from '../stack.ts'
import type { AutoScaling, Elb, Healthcheck, Network, StackContainer, StackService } from '../stack.ts'
import { autoScalingKeys, scheduledKeys } from './keys/autoScalingKeys.ts'
import { portText, volumeText } from './forms.ts'
import { defaultNetworkMode } from './networkMode.ts'
import { containerKeys, furtherContainerKeys, healthcheckKeys } from './keys/containerKeys.ts'
import { elbKeys, recommendedTlsPolicy, targetHealthcheckKeys } from './keys/elbKeys.ts'
import { breakerKeys, deploymentDefaults, networkKeys, serviceKeys } from './keys/serviceKeys.ts'
import type { Keys } from './shape.ts'

/** The keys of a service, as a file has them; without logging where that stands at the top. */
export function serviceEntry(service: StackService, withLogging: boolean): object {
  const [own, ...further] = service.containers
  const { cpu, memory, ...first } = containerEntry(own, withLogging)
  const isOnFargate = service.launchType === 'FARGATE'
  const usual = countWithin(serviceKeys.desired_count.default, service.autoScaling)
  return {
    type: unlessDefault(service.type, serviceKeys, 'type'),
    depends_on: unlessEmpty(service.dependsOn),
    launch_type: unlessDefault(service.launchType, serviceKeys, 'launch_type'),
    cpu: isOnFargate ? service.cpu : cpu,
    memory: isOnFargate ? service.memory : memory,
    ...first,
    task_role_arn: service.taskRoleArn,
    task_execution_role_arn: service.taskExecutionRoleArn,
    network_mode: service.networkMode === defaultNetworkMode(service) ? undefined : service.networkMode,
    network: service.network && networkEntry(service.network),
    desired_count: service.desiredCount === usual ? undefined : service.desiredCount,
    ...settingsByKey(service),
    deployment_configuration: deploymentEntry(service),
    placement_constraints: unlessEmpty(service.placementConstraints),
    elb: service.elb && elbEntry(service.elb),
    auto_scaling: service.autoScaling && autoScalingEntry(service.autoScaling),
    schedule: service.schedule?.expression,
    schedule_timezone: service.schedule && unlessDefault(service.schedule.timezone, serviceKeys, 'schedule_timezone'),
    schedule_role_arn: service.schedule?.roleArn,
    dns_discovery: service.dnsDiscovery,
    containers: unlessEmpty(further.map((container) => ({ [container.name]: containerEntry(container, withLogging) }))),
  }
}

function networkEntry({ subnets, securityGroups, assignPublicIp }: Network): object {
  return {
    subnets,
    security_groups: securityGroups,
    assign_public_ip: unlessDefault(assignPublicIp, networkKeys, 'assign_public_ip'),
  }
}

function deploymentEntry({ deploymentConfiguration, schedulingStrategy }: StackService): object | undefined {
  const { maximumPercent, minimumHealthyPercent, deploymentCircuitBreaker: breaker } = deploymentConfiguration
  const usual = deploymentDefaults[schedulingStrategy]
  const areUsual = maximumPercent === usual.maximumPercent && minimumHealthyPercent === usual.minimumHealthyPercent
  const enable = unlessDefault(breaker.enable, breakerKeys, 'enable')
  const rollback = breaker.enable ? unlessDefault(breaker.rollback, breakerKeys, 'rollback') : undefined
  const entry = {
    ...(!areUsual && { maximum_percent: maximumPercent, minimum_healthy_percent: minimumHealthyPercent }),
    ...((enable ?? rollback) !== undefined && { deployment_circuit_breaker: { enable, rollback } }),
  }
  return Object.keys(entry).length === 0 ? undefined : entry
}

/** The keys of auto scaling, as a file has them. */
function autoScalingEntry({ scheduled, ...scaling }: AutoScaling): object {
  return {
    min: scaling.min,
    max: scaling.max,
    cpu: scaling.cpu,
    memory: scaling.memory,
    requests_per_target: scaling.requestsPerTarget,
    scale_in_cooldown: unlessDefault(scaling.scaleInCooldown, autoScalingKeys, 'scale_in_cooldown'),
    scale_out_cooldown: unlessDefault(scaling.scaleOutCooldown, autoScalingKeys, 'scale_out_cooldown'),
    scheduled: unlessEmpty(
      scheduled.map(({ timezone, ...action }) => ({
        schedule: action.schedule,
        timezone: unlessDefault(timezone, scheduledKeys, 'timezone'),
        min: action.min,
        max: action.max,
      })),
    ),
  }
}

/** The keys of a container, as a file has them; without its logging where that stands at the top. */
function containerEntry(container: StackContainer, withLogging: boolean): Record<string, unknown> {
  const { environment, secrets, healthcheck, logging } = container
  return {
    image: container.image,
    command: container.command,
    entrypoint: container.entryPoint,
    essential: unlessDefault(container.essential, furtherContainerKeys, 'essential'),
    ...byKey(container),
    environment: unlessEmpty(environment),
    secrets: unlessEmpty(secrets),
    ports: unlessEmpty(container.ports.map(portText).map((text) => (/^\d+$/.test(text) ? Number(text) : text))),
    volumes: unlessEmpty(container.volumes.map(volumeText)),
    gpus: container.gpus,
    privileged: unlessDefault(container.privileged, containerKeys, 'privileged'),
    healthcheck: healthcheck && healthcheckEntry(healthcheck),
    logging:
      withLogging && logging ? { log_driver: logging.logDriver, options: unlessEmpty(logging.options) } : undefined,
  }
}

function healthcheckEntry({ command, interval, timeout, retries, startPeriod }: Healthcheck): object {
  const [shell, script = '', ...more] = command
  const isText = shell === 'CMD-SHELL' && more.length === 0 && script.trim() !== ''
  return {
    command: isText ? script : command,
    interval: unlessDefault(interval, healthcheckKeys, 'interval'),
    timeout: unlessDefault(timeout, healthcheckKeys, 'timeout'),
    retries: unlessDefault(retries, healthcheckKeys, 'retries'),
    start_period: unlessDefault(startPeriod, healthcheckKeys, 'start_period'),
  }
}

/** The keys of a load balancer, as a file has them. */
function elbEntry(elb: Elb): object {
  const { dns, healthcheck: check } = elb
  const keys = targetHealthcheckKeys
  const healthcheck = {
    protocol: unlessDefault(check.protocol, keys, 'protocol'),
    port: check.port,
    path: unlessDefault(check.path, keys, 'path'),
    interval_seconds: unlessDefault(check.intervalSeconds, keys, 'interval_seconds'),
    timeout_seconds: unlessDefault(check.timeoutSeconds, keys, 'timeout_seconds'),
    healthy_threshold_count: unlessDefault(check.healthyThresholdCount, keys, 'healthy_threshold_count'),
    unhealthy_threshold_count: unlessDefault(check.unhealthyThresholdCount, keys, 'unhealthy_threshold_count'),
  }
  const differs = Object.values(healthcheck).some((value) => value !== undefined)
  return {
    name: elb.name,
    type: elb.type,
    protocol: unlessDefault(elb.protocol, elbKeys, 'protocol'),
    ports: elb.ports,
    certificates: unlessEmpty(elb.certificates),
    tls_policy: elb.tlsPolicy === recommendedTlsPolicy ? undefined : elb.tlsPolicy,
    dns: dns && { hosted_zone_id: dns.hostedZoneId, record_name: dns.recordName },
    healthcheck: differs ? healthcheck : undefined,
    load_balancer_arn: elb.loadBalancerArn,
    target_group_arn: elb.targetGroupArn,
  }
}

/** The value that is to be written at a key: undefined, which is left out, where it is the key's default. */
function unlessDefault<T>(value: T, keys: Keys, key: string): T | undefined {
  return value === keys[key]?.default ? undefined : value
}

/** A list or a map; undefined, which is left out, where it is empty. */
function unlessEmpty<T extends object>(value: T): T | undefined {
  return Object.keys(value).length === 0 ? undefined : value
}
