// Stacks that any file may say, with names, zones and ARNs of what there is.
import { countWithin, type Elb, type Stack, type StackService } from '../../src/cluster/stack.ts'
import { clusterStage } from './support.ts'

const group = { subnets: ['subnet-1', 'subnet-2'], ids: ['sg-1'] }

/** A cluster and a hosted zone, a load balancer and a target group of others. */
export function begun() {
  const stage = clusterStage()
  stage.aws.provision({ clusters: ['my-cluster'], hostedZones: [{ id: 'Z1', name: 'example.com' }] })
  const { LoadBalancers } = stage.call('elbv2', 'CreateLoadBalancer', {
    Name: 'shared',
    Subnets: group.subnets,
    SecurityGroups: group.ids,
  })
  const [{ LoadBalancerArn }] = LoadBalancers
  const groups = ['instance', 'ip'].map((TargetType) => {
    const input = { Name: TargetType, Protocol: 'HTTP', Port: 80, VpcId: 'vpc-1', TargetType }
    return stage.call('elbv2', 'CreateTargetGroup', input).TargetGroups[0].TargetGroupArn as string
  })
  for (const [index, TargetGroupArn] of groups.entries()) {
    const DefaultActions = [{ Type: 'forward', TargetGroupArn }]
    stage.call('elbv2', 'CreateListener', { LoadBalancerArn, Protocol: 'HTTP', Port: 100 + index, DefaultActions })
  }
  return { stage, others: { balancer: LoadBalancerArn as string, groups } }
}

/** The stack with names, zones and ARNs of what there is, which any stack file may get wrong. */
export function possible(stack: Stack, others: ReturnType<typeof begun>['others']): Stack {
  const vpc = stack.vpc && {
    ...stack.vpc,
    subnets: { public: distinct(stack.vpc.subnets.public), private: distinct(stack.vpc.subnets.private) },
  }
  return { ...stack, vpc, services: stack.services.map((service, index) => possibleService(service, index, others)) }
}

/** Subnets of which there are two, as a load balancer needs them. */
function distinct(subnets: readonly string[]): string[] {
  return [...new Set([...subnets, 'subnet-98', 'subnet-99'])]
}

function possibleService(
  service: StackService,
  index: number,
  others: ReturnType<typeof begun>['others'],
): StackService {
  const { containers, launchType, dnsDiscovery, network, elb, placementConstraints, autoScaling } = service
  const isAlone = launchType === 'FARGATE' || dnsDiscovery !== undefined || network !== undefined
  const role = (name: string): string => `arn:aws:iam::123456789012:role/${name}`
  return {
    ...service,
    // Of a service that is scaled nobody can tell later with how many tasks it began.
    desiredCount: autoScaling ? countWithin(1, autoScaling) : service.desiredCount,
    taskRoleArn: service.taskRoleArn && role('task'),
    taskExecutionRoleArn: service.taskExecutionRoleArn && role('execution'),
    containers: containers.map((container, nth) => ({
      ...container,
      image: `app:v${nth}`,
      secrets: Object.fromEntries(
        Object.keys(container.secrets).map((name) => [name, `arn:aws:ssm:us-east-1:1:parameter/${name.length}`]),
      ),
    })) as unknown as StackService['containers'],
    placementConstraints: placementConstraints.map(({ type, expression }) => ({
      type,
      expression: expression && 'attribute:ecs.os-type == linux',
    })),
    elb: elb && possibleElb(elb, { index, balancer: others.balancer, group: others.groups[isAlone ? 1 : 0]! }),
  }
}

function possibleElb(elb: Elb, of: { index: number; balancer: string; group: string }): Elb {
  return {
    ...elb,
    loadBalancerArn: elb.loadBalancerArn && of.balancer,
    targetGroupArn: elb.targetGroupArn && of.group,
    dns: elb.dns && { hostedZoneId: 'Z1', recordName: `${of.index}.example.com` },
  }
}
