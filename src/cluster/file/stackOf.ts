import { at, type Checked, itemsAt, numberAt, textAt } from './checked.ts'
import { containerOf, flagAt, wordsAt } from './containerOf.ts'
import { type Draft, isDaemon, isFargate } from './draft.ts'
import { elbOf } from './elbOf.ts'
import { deploymentDefaults, networkKeys, serviceKeys } from './keys/serviceKeys.ts'
import type { Service } from './service.ts'
import type { Network, PublicAndPrivate, Stack, StackContainer, StackService, Vpc } from '../stack.ts'

/** The stack that a draft without problems says, every default filled in. */
export function stackOf({ stack, services }: Draft): Stack {
  const vpc = at(stack, 'vpc') && vpcOf(at(stack, 'vpc')!)
  return {
    vpc,
    namespace: textAt(stack, 'service_discovery/namespace'),
    services: services.map((service) => serviceOf(service, vpc)),
  }
}

function vpcOf(checked: Checked): Vpc {
  return {
    id: textAt(checked, 'id') ?? '',
    subnets: publicAndPrivate(checked, 'subnets'),
    securityGroups: publicAndPrivate(checked, 'security_groups'),
  }
}

function publicAndPrivate(checked: Checked, path: string): PublicAndPrivate {
  return { public: wordsAt(checked, `${path}/public`) ?? [], private: wordsAt(checked, `${path}/private`) ?? [] }
}

function serviceOf(service: Service, vpc: Vpc | undefined): StackService {
  const { name, checked } = service
  const [own, ...further] = service.containers.map((container) => containerOf(container.name, container.checked))
  const isOnFargate = isFargate(service)
  const strategy = isDaemon(service) ? 'DAEMON' : 'REPLICA'
  // What a service says of its size is for its container on an instance, for its task on Fargate.
  const first: StackContainer = isOnFargate ? { ...own!, cpu: undefined, memory: undefined } : own!
  return {
    name,
    type: textAt(checked, 'type') === 'task' ? 'task' : 'service',
    dependsOn: wordsAt(checked, 'depends_on') ?? [],
    containers: [first, ...further],
    launchType: isOnFargate ? 'FARGATE' : 'EC2',
    cpu: isOnFargate ? own!.cpu : undefined,
    memory: isOnFargate ? own!.memory : undefined,
    taskRoleArn: textAt(checked, 'task_role_arn'),
    taskExecutionRoleArn: textAt(checked, 'task_execution_role_arn'),
    network: at(checked, 'network') && networkOf(at(checked, 'network')!, vpc),
    desiredCount: numberAt(checked, 'desired_count') ?? serviceKeys.desired_count.default,
    schedulingStrategy: strategy,
    deploymentConfiguration: deploymentOf(checked, strategy),
    placementConstraints: itemsAt(checked, 'placement_constraints').map((constraint) => ({
      type: textAt(constraint, 'type') === 'memberOf' ? 'memberOf' : 'distinctInstance',
      expression: textAt(constraint, 'expression'),
    })),
    elb: at(checked, 'elb') && elbOf(at(checked, 'elb')!),
    dnsDiscovery: at(checked, 'dns_discovery') && { name: textAt(checked, 'dns_discovery/name') ?? '' },
  }
}

function networkOf(checked: Checked, vpc: Vpc | undefined): Network {
  return {
    subnets: wordsAt(checked, 'subnets') ?? vpc?.subnets.private ?? [],
    securityGroups: wordsAt(checked, 'security_groups') ?? vpc?.securityGroups.private ?? [],
    assignPublicIp: flagAt(checked, 'assign_public_ip', networkKeys.assign_public_ip.default),
  }
}

function deploymentOf(checked: Checked, strategy: 'REPLICA' | 'DAEMON'): StackService['deploymentConfiguration'] {
  const usual = deploymentDefaults[strategy]
  const percent = (key: string): number | undefined => numberAt(checked, `deployment_configuration/${key}`)
  return {
    maximumPercent: percent('maximum_percent') ?? usual.maximumPercent,
    minimumHealthyPercent: percent('minimum_healthy_percent') ?? usual.minimumHealthyPercent,
  }
}
