// The world in which AWS's refusals are tried, and how one call is made in a copy of it.
import { operations } from '../../../src/local/operations.ts'
import { dispatch } from '../../../src/local/wire/dispatch.ts'
import type { Unchecked } from '../../../src/local/world/operation.ts'
import { createGroup } from '../autoscaling/shopGroup.ts'
import { contextOf, localAws, minutes, type TestAws } from '../support.ts'
import { awsvpc, fargate, onEc2, role } from './bases.ts'

export interface Refusals {
  /** What an operation answers; throws an AwsFault. */
  call(call: string, input: Unchecked): Unchecked
  /** Everything that is kept, as text. */
  readonly kept: () => string
  /** ARNs of what there is, by the names that bases and rows use: `{lb}`. */
  readonly names: Readonly<Record<string, string>>
}

const network = { awsvpcConfiguration: { subnets: ['subnet-1'] } }
const made = makeWorld()

/** A world with all that the good inputs need. */
function makeWorld(): { world: string; names: Record<string, string> } {
  const aws = localAws()
  const ecs = (operation: string, input: Unchecked): Unchecked => aws.call('ecs', operation, input)
  const elb = (operation: string, input: Unchecked): Unchecked => aws.call('elbv2', operation, input)
  ecs('CreateCluster', {
    clusterName: 'c',
    capacityProviders: ['FARGATE', 'FARGATE_SPOT', 'machines', 'more-machines'],
  })
  ecs('CreateCluster', { clusterName: 'other', capacityProviders: ['elsewhere'] })
  for (const base of [onEc2, awsvpc, fargate]) ecs('RegisterTaskDefinition', base)
  ecs('RegisterTaskDefinition', { ...onEc2, family: 'exec', taskRoleArn: role })
  ecs('RegisterTaskDefinition', {
    ...onEc2,
    family: 'volumes',
    volumes: [{ name: 'data', configuredAtLaunch: true }],
    containerDefinitions: [
      { ...onEc2.containerDefinitions[0]!, mountPoints: [{ sourceVolume: 'data', containerPath: '/data' }] },
    ],
  })
  const group = (Name: string, TargetType: string, more: Unchecked = {}): string =>
    elb('CreateTargetGroup', { Name, Protocol: 'HTTP', Port: 80, VpcId: 'vpc-1', TargetType, ...more }).TargetGroups[0]
      .TargetGroupArn
  const balancer = (Name: string, Type: string): string =>
    elb('CreateLoadBalancer', { Name, Type, Subnets: ['subnet-1', 'subnet-2'] }).LoadBalancers[0].LoadBalancerArn
  const [lb, nlb] = [balancer('web', 'application'), balancer('net', 'network')]
  const names: Record<string, string> = {
    lb,
    nlb,
    free: group('free', 'ip'),
    tcp: group('tcp', 'ip', { Protocol: 'TCP' }),
  }
  for (const [index, name] of ['one', 'two', 'three', 'four', 'five', 'six'].entries()) {
    names[name] = group(name, 'instance')
    listen(aws, lb, names[name], 8000 + index)
  }
  names['ip'] = group('ip', 'ip')
  listen(aws, lb, names['ip'], 9000)
  for (const [serviceName, input] of Object.entries({
    web: { taskDefinition: 'web' },
    daemon: { taskDefinition: 'web', schedulingStrategy: 'DAEMON', desiredCount: undefined },
    fargate: { taskDefinition: 'fargate', launchType: 'FARGATE', networkConfiguration: network },
    providers: { taskDefinition: 'web', capacityProviderStrategy: [{ capacityProvider: 'machines', weight: 1 }] },
    volumes: { taskDefinition: 'web' },
    balanced: {
      taskDefinition: 'web',
      loadBalancers: [{ targetGroupArn: names['one'], containerName: 'web', containerPort: 80 }],
    },
  })) {
    names[serviceName] = ecs('CreateService', {
      cluster: 'c',
      serviceName,
      desiredCount: 1,
      ...input,
    }).service.serviceArn
  }
  names['elsewhere'] = ecs('CreateService', {
    cluster: 'other',
    serviceName: 'web',
    desiredCount: 1,
    taskDefinition: 'web',
  }).service.serviceArn
  aws.advance(minutes(5))
  names['task'] = ecs('ListTasks', { cluster: 'c' }).taskArns[0]
  names['taskElsewhere'] = ecs('ListTasks', { cluster: 'other' }).taskArns[0]
  aws.call('events', 'PutRule', { Name: 'nightly', ScheduleExpression: 'rate(1 day)' })
  aws.call('servicediscovery', 'CreatePrivateDnsNamespace', { Name: 'shop.local', Vpc: 'vpc-1', CreatorRequestId: '1' })
  createGroup(aws)
  aws.advance(minutes(1))
  return { world: JSON.stringify(aws.world), names }
}

function listen(aws: TestAws, LoadBalancerArn: string, TargetGroupArn: string, Port: number): void {
  const DefaultActions = [{ Type: 'forward', TargetGroupArn }]
  aws.call('elbv2', 'CreateListener', { LoadBalancerArn, Protocol: 'HTTP', Port, DefaultActions })
}

/** A copy of that world. */
export function refusals(): Refusals {
  const aws = localAws({ world: JSON.parse(made.world) })
  return {
    names: made.names,
    // A refused call may have used up an id.
    kept: () => JSON.stringify({ ...aws.world, ids: 0 }),
    call(call, input) {
      const [service = '', operation = ''] = call.split(' ')
      return dispatch(operations, { service, operation, input: () => named(input) }, contextOf(aws), {
        throttle: false,
      })
    },
  }
}

/** The input with `{lb}` and the like replaced by what they stand for. */
function named(input: Unchecked): Unchecked {
  const text = JSON.stringify(input).replace(/\{(\w+)\}/g, (whole, name: string) => made.names[name] ?? whole)
  return JSON.parse(text) as Unchecked
}
