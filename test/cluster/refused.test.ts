import { describe, expect, it } from 'vitest'
import { type Keys, edge, everything, fileOf, report, user } from './stacks.ts'
import { clusterStage, worldOf } from './support.ts'

type Stage = ReturnType<typeof clusterStage>

const worker = { image: 'worker:v1', memory: 64, ports: [80] }
const subnets = { Subnets: ['subnet-1', 'subnet-2'], SecurityGroups: ['sg-1'] }
const owner = ['ecs-task:service', 'ecs_cluster', 'ecs-task:name']

function begun(file: string): Stage {
  const stage = clusterStage()
  stage.given(file)
  return stage
}

/** Deploys what has to be refused, and answers why; AWS is asked for nothing but reads and stays as it was to the last tag. */
async function refused(stage: Stage, file: string, more: { only?: string[] } = {}): Promise<readonly string[]> {
  const before = [stage.standing(), structuredClone(stage.region().tags)]
  const { result, writes } = await stage.deploy([file], more)
  expect(writes).toEqual([])
  expect([stage.standing(), stage.region().tags]).toEqual(before)
  expect(result).toMatchObject({ exitCode: 2, outcome: 'refused' })
  return result.problem?.problems ?? []
}

/** Does what the refusals propose. */
function takeOver(stage: Stage, problems: readonly string[]): void {
  for (const problem of problems) {
    const [, arn] = /--resource-arns (\S+)/.exec(problem) ?? []
    const Tags = [...problem.matchAll(/Key=(\S+),Value=(\S+)/g)].map(([, Key, Value]) => ({ Key, Value }))
    stage.call('elbv2', 'AddTags', { ResourceArns: [arn], Tags })
  }
}

describe('a load balancer, its target group and its listener that others have made', () => {
  it.each([
    ['a load balancer', everything],
    ['one with a name', { ...everything, edge: { ...everything.edge, elb: { ...edge.elb, name: 'main' } } }],
  ])('are refused all at once, and taken over by one round of commands: %s', async (_title, services) => {
    const file = fileOf(services)
    const stage = clusterStage({ world: await worldOf(file) })
    const stands = stage.standing()
    const found = (kind: 'loadBalancers' | 'targetGroups' | 'listeners'): string =>
      Object.keys(stage.region()[kind]).find((arn) => arn.includes('/my-cluster-edge')) ?? ''
    for (const kind of ['loadBalancers', 'targetGroups', 'listeners'] as const) {
      stage.call('elbv2', 'RemoveTags', { ResourceArns: [found(kind)], TagKeys: owner })
    }
    const problems = await refused(stage, file)
    expect(problems).toEqual([
      expect.stringMatching(
        /^edge: there is a load balancer my-cluster-edge\S* that was not created for it\. To adopt/,
      ),
      expect.stringMatching(/^edge: there is a target group my-cluster-edge\S* that was not created for it\. To adopt/),
      expect.stringMatching(/^edge: port 443 of load balancer my-cluster-edge\S* is taken by a listener that was not/),
    ])
    takeOver(stage, problems)
    expect(await stage.diff(file)).toEqual([])
    expect(stage.standing()).toEqual(stands)
  })

  it('are not proposed to be taken over where they could not be used', async () => {
    const file = fileOf({ report })
    const stage = begun(file)
    stage.call('elbv2', 'CreateLoadBalancer', { Name: 'my-cluster-report-lb', ...subnets })
    expect(await refused(stage, file)).toEqual([
      'report: there is a load balancer my-cluster-report-lb that was not created for it and is public. Give this one another elb.name.',
    ])
  })
})

describe('names that the same cluster has for something else', () => {
  it('are not shared by a service that is deployed alone', async () => {
    const file = fileOf({ api: { ...report, elb: { ...report.elb, name: 'v2' } } })
    const stage = begun(file)
    await stage.deploy([file])
    const before = stage.standing()
    const other = fileOf({ 'api-v2': report })
    expect((await stage.deploy([other])).result).toMatchObject({ exitCode: 0, left: [] })
    expect(stage.left()['loadBalancers']).toEqual([
      'my-cluster-api-v2-lb',
      expect.stringMatching(/^my-cluster-api-v2-lb-[0-9a-f]{8}$/),
    ])
    expect(stage.left()['targetGroups']).toHaveLength(2)
    expect(await stage.diff(other)).toEqual([])
    expect((await stage.destroy('api-v2')).result).toMatchObject({ exitCode: 0, left: [] })
    expect(stage.standing()).toEqual(before)
  })
})

/** What others have made, the services of the file, and why they are refused. */
const cases: Record<
  string,
  readonly [
    act: (stage: Stage) => unknown,
    services: (made: any) => Readonly<Record<string, Keys>>,
    why: string | RegExp,
  ]
> = {
  'a record beside a CNAME': [
    (stage) => recordOf(stage, { Type: 'CNAME', TTL: 60, ResourceRecords: [{ Value: 'elsewhere.example.org' }] }),
    () => ({ edge }),
    'edge: www.example.com has a CNAME record, beside which Route 53 takes no other.',
  ],
  'a record beside weighted ones': [
    (stage) =>
      recordOf(stage, {
        Type: 'A',
        SetIdentifier: 'blue',
        Weight: 1,
        TTL: 60,
        ResourceRecords: [{ Value: '192.0.2.1' }],
      }),
    () => ({ edge }),
    'edge: www.example.com has records with a routing policy (blue), beside which Route 53 takes no simple one.',
  ],
  'a record outside of its zone': [
    () => undefined,
    () => ({ edge: { ...edge, elb: { ...edge.elb, dns: { hosted_zone_id: 'Z1', record_name: 'www.example.org' } } } }),
    'edge: www.example.org is not within hosted zone Z1.',
  ],
  'a target group that is not there': [
    () => 'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/none/0123456789abcdef',
    (target_group_arn) => ({ worker: { ...worker, elb: { target_group_arn, ports: { container: 80 } } } }),
    /^worker: there is no target group arn:.*\/none\/0123456789abcdef\.$/,
  ],
  'a target group that no listener leads to': [
    (stage) => groupOf(stage, 'instance'),
    (target_group_arn) => ({ worker: { ...worker, elb: { target_group_arn, ports: { container: 80 } } } }),
    'worker: no listener leads to target group theirs, so ECS does not take it.',
  ],
  'a target group for targets of another type': [
    (stage) => {
      const TargetGroupArn = groupOf(stage, 'ip')
      const { LoadBalancers } = stage.call('elbv2', 'CreateLoadBalancer', { Name: 'shared', ...subnets })
      const [{ LoadBalancerArn }] = LoadBalancers
      const DefaultActions = [{ Type: 'forward', TargetGroupArn }]
      stage.call('elbv2', 'CreateListener', { LoadBalancerArn, Protocol: 'HTTP', Port: 80, DefaultActions })
      return TargetGroupArn
    },
    (target_group_arn) => ({ worker: { ...worker, elb: { target_group_arn, ports: { container: 80 } } } }),
    'worker: target group theirs takes targets of type ip, and its tasks are of type instance.',
  ],
  'a service that CodeDeploy deploys': [
    (stage) => {
      const portMappings = [{ containerPort: 80 }]
      const containerDefinitions = [{ name: 'worker', image: 'worker:v0', memory: 64, portMappings }]
      stage.call('ecs', 'RegisterTaskDefinition', { family: 'theirs', containerDefinitions })
      const controller = { deploymentController: { type: 'CODE_DEPLOY' } }
      const service = { cluster: 'my-cluster', serviceName: 'worker', taskDefinition: 'theirs', desiredCount: 1 }
      const loadBalancers = [{ targetGroupArn: behindTheirs(stage), containerName: 'worker', containerPort: 80 }]
      stage.call('ecs', 'CreateService', { ...service, ...controller, loadBalancers })
    },
    () => ({ worker, edge }),
    'worker: service worker is deployed by CODE_DEPLOY; only the ECS deployment controller is supported.',
  ],
  'a Cloud Map service without A records': [
    (stage) => {
      stage.call('servicediscovery', 'CreatePrivateDnsNamespace', { Name: 'example.sd', Vpc: 'vpc-1' })
      stage.aws.world.now += 120_000
      const { Namespaces } = stage.call('servicediscovery', 'ListNamespaces', {})
      const DnsRecords = [{ Type: 'SRV', TTL: 60 }]
      const names = { Name: 'user', NamespaceId: Namespaces[0].Id }
      stage.call('servicediscovery', 'CreateService', { ...names, DnsConfig: { DnsRecords } })
    },
    () => ({ user }),
    'user: Cloud Map service user was not created for it and has no A records, which its tasks need.',
  ],
}

/** A target group of instances behind a load balancer, as CodeDeploy needs one. */
function behindTheirs(stage: Stage): string {
  const group = { Name: 'behind', Protocol: 'HTTP', Port: 80, VpcId: 'vpc-1', TargetType: 'instance' }
  const [{ TargetGroupArn }] = stage.call('elbv2', 'CreateTargetGroup', group).TargetGroups
  const [{ LoadBalancerArn }] = stage.call('elbv2', 'CreateLoadBalancer', { Name: 'behind', ...subnets }).LoadBalancers
  const DefaultActions = [{ Type: 'forward', TargetGroupArn }]
  stage.call('elbv2', 'CreateListener', { LoadBalancerArn, Protocol: 'HTTP', Port: 80, DefaultActions })
  return TargetGroupArn
}

describe('cluster deploy refuses before the first write', () => {
  it.each(Object.entries(cases))('%s', async (_title, [act, services, why]) => {
    const stage = begun(fileOf(everything))
    const made = act(stage)
    const problems = await refused(stage, fileOf(services(made)))
    expect(problems).toEqual([typeof why === 'string' ? why : expect.stringMatching(why)])
  })
})

function recordOf(stage: Stage, keys: object): void {
  const Changes = [{ Action: 'CREATE', ResourceRecordSet: { Name: 'www.example.com', ...keys } }]
  stage.call('route53', 'ChangeResourceRecordSets', { HostedZoneId: 'Z1', ChangeBatch: { Changes } })
}

function groupOf(stage: Stage, TargetType: 'instance' | 'ip'): string {
  const input = { Name: 'theirs', Protocol: 'HTTP', Port: 80, VpcId: 'vpc-1', TargetType }
  return stage.call('elbv2', 'CreateTargetGroup', input).TargetGroups[0].TargetGroupArn
}
