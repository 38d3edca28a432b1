import { describe, expect, it } from 'vitest'
import { fileOf, edge, migrate, user } from './stacks.ts'
import { clusterStage } from './support.ts'

const file = fileOf({ migrate, user: { ...user, depends_on: ['migrate'] }, edge: { ...edge, depends_on: ['user'] } })

async function deployed(text = file) {
  const stage = clusterStage()
  stage.given(text)
  expect((await stage.deploy([text])).result).toMatchObject({ exitCode: 0 })
  return stage
}

type Stage = Awaited<ReturnType<typeof deployed>>

/** What somebody reads before they agree; they don't. */
async function asked(stage: Stage, service?: string): Promise<readonly string[]> {
  let read: readonly string[] = []
  const { result, writes } = await stage.destroy(service, {
    agree: async ({ warnings }) => ((read = warnings), false),
  })
  expect({ exitCode: result.exitCode, writes }).toEqual({ exitCode: 2, writes: [] })
  return read
}

const role = 'arn:aws:iam::123456789012:role/events'

/** A rule that starts the newest revision of a service, every hour. */
function schedule(stage: Stage, service: string): void {
  stage.call('events', 'PutRule', { Name: 'hourly', ScheduleExpression: 'rate(1 hour)' })
  const { taskDefinition } = stage.call('ecs', 'DescribeTaskDefinition', { taskDefinition: `my-cluster-${service}` })
  const Arn = 'arn:aws:ecs:us-east-1:123456789012:cluster/my-cluster'
  const EcsParameters = { TaskDefinitionArn: taskDefinition.taskDefinitionArn, TaskCount: 1 }
  stage.call('events', 'PutTargets', { Rule: 'hourly', Targets: [{ Id: 'one', Arn, RoleArn: role, EcsParameters }] })
}

/** A rule on a listener that leads a path to a target group. */
function leadTo(stage: Stage, listener: string, group: string): string {
  const { Rules } = stage.call('elbv2', 'CreateRule', {
    ListenerArn: listener,
    Priority: 5,
    Conditions: [{ Field: 'path-pattern', Values: ['/api/*'] }],
    Actions: [{ Type: 'forward', TargetGroupArn: group }],
  })
  return Rules[0].RuleArn
}

describe('before anybody agrees that a service is destroyed, it says who depends on it', () => {
  it('in the stack, by depends_on', async () => {
    const stage = await deployed()
    expect(await asked(stage, 'user')).toEqual(['edge has user in its depends_on.'])
    expect(await asked(stage, 'migrate')).toEqual(['user has migrate in its depends_on.'])
    expect(await asked(stage, 'edge')).toEqual([])
    // All of them go: nobody is left.
    expect(await asked(stage)).toEqual([])
  })

  it('by a schedule of EventBridge Scheduler, whose revision stays', async () => {
    const stage = await deployed()
    stage.call('scheduler', 'CreateSchedule', {
      Name: 'nightly',
      ScheduleExpression: 'cron(0 3 * * ? *)',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: {
        Arn: 'arn:aws:ecs:us-east-1:123456789012:cluster/my-cluster',
        RoleArn: role,
        EcsParameters: { TaskDefinitionArn: 'arn:aws:ecs:us-east-1:123456789012:task-definition/my-cluster-edge:1' },
      },
    })
    expect(await asked(stage, 'edge')).toEqual([
      'Schedule default/nightly starts my-cluster-edge:1, which therefore is not deregistered.',
    ])
  })

  it('by a target of EventBridge, whose revision stays', async () => {
    const stage = await deployed()
    schedule(stage, 'edge')
    const sentence = 'Target default/hourly/one starts my-cluster-edge:1, which therefore is not deregistered.'
    expect(await asked(stage, 'edge')).toEqual([sentence])
    expect(await asked(stage)).toEqual([sentence])
    expect((await stage.destroy('edge')).result).toMatchObject({ exitCode: 0 })
    expect(stage.left()['revisions']).toContain('my-cluster-edge:1')
  })

  it('by the rules of its listener, which go with it', async () => {
    const stage = await deployed()
    const { TargetGroups } = stage.call('elbv2', 'CreateTargetGroup', {
      Name: 'others',
      Protocol: 'HTTP',
      Port: 80,
      VpcId: 'vpc-1',
    })
    leadTo(stage, stage.arnOf('listeners', 'my-cluster-edge-lb'), TargetGroups[0].TargetGroupArn)
    expect(await asked(stage, 'edge')).toEqual([
      'Rule 5 of the listener on port 443 of load balancer my-cluster-edge-lb goes with it.',
    ])
    expect((await stage.destroy('edge')).result).toMatchObject({ exitCode: 0 })
  })

  it('by the rule of a listener that stays, which AWS would refuse the deletion for: refused, with the command', async () => {
    const stage = clusterStage()
    stage.given(file)
    const { LoadBalancers } = stage.call('elbv2', 'CreateLoadBalancer', {
      Name: 'shared',
      Subnets: ['subnet-1', 'subnet-2'],
    })
    const { LoadBalancerArn } = LoadBalancers[0]
    const elb = { load_balancer_arn: LoadBalancerArn, ports: { public: 8443, container: 8080 } }
    expect((await stage.deploy([fileOf({ edge: { ...edge, elb } })])).result).toMatchObject({ exitCode: 0 })
    const { Listeners } = stage.call('elbv2', 'CreateListener', {
      LoadBalancerArn,
      Protocol: 'HTTP',
      Port: 80,
      DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }],
    })
    const rule = leadTo(stage, Listeners[0].ListenerArn, stage.arnOf('targetGroups', 'my-cluster-edge-tg'))
    for (const service of ['edge', undefined]) {
      const { result, writes } = await stage.destroy(service)
      expect({ exitCode: result.exitCode, writes, problems: result.problem?.problems }).toEqual({
        exitCode: 2,
        writes: [],
        problems: [
          `target group my-cluster-edge-tg: rule 5 of the listener on port 80 of load balancer shared forwards to it. Point it elsewhere, or delete it: aws elbv2 delete-rule --rule-arn ${rule}`,
        ],
      })
    }
    stage.call('elbv2', 'DeleteRule', { RuleArn: rule })
    expect((await stage.destroy('edge')).result).toMatchObject({ exitCode: 0, left: [] })
  })

  it('by another service in its discovery service and in its namespace of Service Connect', async () => {
    const stage = await deployed(fileOf({ user, edge }))
    const registry = Object.values(stage.region().cloudMapServices).map(({ service }) => service.Arn)[0]
    const container = { name: 'c', image: 'c:v1', memory: 64, portMappings: [{ containerPort: 8080, name: 'http' }] }
    stage.call('ecs', 'RegisterTaskDefinition', {
      family: 'other',
      networkMode: 'awsvpc',
      containerDefinitions: [container],
    })
    const awsvpcConfiguration = { subnets: ['subnet-3'] }
    const connect = (...services: object[]) => ({ enabled: true, namespace: 'example.sd', services })
    const tags = Object.entries({ 'ecs-task:service': 'my-cluster/gateway', ecs_cluster: 'my-cluster' })
    for (const [serviceName, more] of Object.entries({
      other: {
        serviceRegistries: [{ registryArn: registry }],
        serviceConnectConfiguration: connect(),
      },
      gateway: {
        serviceConnectConfiguration: connect({ portName: 'http' }),
        tags: tags.map(([key, value]) => ({ key, value })),
      },
    })) {
      stage.call('ecs', 'CreateService', {
        cluster: 'my-cluster',
        serviceName,
        taskDefinition: 'other',
        desiredCount: 1,
        networkConfiguration: { awsvpcConfiguration },
        ...more,
      })
    }
    expect(await asked(stage, 'user')).toEqual(['Service other is registered in discovery service user, too.'])
    expect(await asked(stage, 'gateway')).toEqual([
      'Service other may call gateway by Service Connect, in namespace example.sd.',
    ])
  })
})
