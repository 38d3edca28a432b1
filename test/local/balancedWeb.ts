// The service `web` behind load balancers.
import type { Unchecked } from '../../src/local/world/operation.ts'
import type { TestAws } from './support.ts'
import { createWeb, deployWeb } from './webService.ts'

/** A load balancer that is called `name`. */
export const createLoadBalancer = (aws: TestAws, name = 'web', more: Unchecked = {}): string =>
  aws.call('elbv2', 'CreateLoadBalancer', { Name: name, Subnets: ['subnet-1', 'subnet-2'], ...more }).LoadBalancers[0]
    .LoadBalancerArn

/** A target group of IP addresses that nothing forwards to yet. */
export const createTargetGroup = (aws: TestAws, name = 'web', more: Unchecked = {}): string =>
  aws.call('elbv2', 'CreateTargetGroup', {
    Name: name,
    Protocol: 'HTTP',
    Port: 80,
    VpcId: 'vpc-1',
    TargetType: 'ip',
    ...more,
  }).TargetGroups[0].TargetGroupArn

/** A listener of the load balancer that forwards to the target group. */
export const createListener = (aws: TestAws, LoadBalancerArn: string, TargetGroupArn: string, Port = 80): string =>
  aws.call('elbv2', 'CreateListener', {
    LoadBalancerArn,
    Protocol: 'HTTP',
    Port,
    DefaultActions: [{ Type: 'forward', TargetGroupArn }],
  }).Listeners[0].ListenerArn

/** A target group with a load balancer and a listener of its own, all called `name`. */
export function balancedTargetGroup(aws: TestAws, name = 'web', more: Unchecked = {}): string {
  const targetGroupArn = createTargetGroup(aws, name, more)
  createListener(aws, createLoadBalancer(aws, name), targetGroupArn)
  return targetGroupArn
}

/** What registerWeb needs for a task that can be behind a load balancer: a network interface and a port. */
export const listening = (container: Unchecked = {}): Unchecked => ({
  networkMode: 'awsvpc',
  container: { portMappings: [{ containerPort: 8080 }], ...container },
})

export const behind = (...targetGroupArns: string[]): Unchecked[] =>
  targetGroupArns.map((targetGroupArn) => ({ targetGroupArn, containerName: 'web', containerPort: 8080 }))

/** The service `web` of createWeb, in a network and behind target groups. */
export const createBalanced = (aws: TestAws, targetGroupArns: readonly string[], settings: Unchecked = {}): Unchecked =>
  createWeb(aws, {
    definition: listening(),
    networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'] } },
    loadBalancers: behind(...targetGroupArns),
    ...settings,
  })

/** The target groups of a service whose traffic is shifted, each with an alternate one. */
export const shifted = (...targetGroupArns: readonly string[]): Unchecked[] =>
  behind(...targetGroupArns).map((one: Unchecked) => ({
    ...one,
    advancedConfiguration: {
      alternateTargetGroupArn: 'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/green/0123456789abcdef',
      productionListenerRule: 'arn:x',
      roleArn: 'arn:aws:iam::123456789012:role/balancing',
    },
  }))

export const deployBalanced = (aws: TestAws, tag: string, container?: Unchecked): string =>
  deployWeb(aws, tag, {}, listening(container))

/** Sets attributes of a target group. */
export const setAttribute = (aws: TestAws, TargetGroupArn: string, Key: string, Value: string): Unchecked =>
  aws.call('elbv2', 'ModifyTargetGroupAttributes', { TargetGroupArn, Attributes: [{ Key, Value }] })

/** The targets of a group as DescribeTargetHealth shows them. XML knows no numbers, and no empty list from empty text. */
export const healthOf = (aws: TestAws, TargetGroupArn: string): Unchecked[] =>
  (aws.call('elbv2', 'DescribeTargetHealth', { TargetGroupArn }).TargetHealthDescriptions || []).map(
    (each: Unchecked) => {
      return { ...each, Target: { ...each['Target'], Port: Number(each['Target'].Port) } }
    },
  )

export const states = (aws: TestAws, targetGroupArn: string): string[] =>
  healthOf(aws, targetGroupArn).map(({ TargetHealth }) => TargetHealth.State)
