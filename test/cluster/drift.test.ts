import { describe, expect, it } from 'vitest'
import type { Transport } from '../../src/aws/aws.ts'
import { diffCluster } from '../../src/cluster/deployCluster.ts'
import { certificates, everything, fileOf } from './stacks.ts'
import { clusterStage, worldOf } from './support.ts'

type Stage = ReturnType<typeof clusterStage>

const file = fileOf(everything)
const world = await worldOf(file)
const stands = clusterStage({ world }).standing()

const cluster = 'my-cluster'
const serviceArn = 'arn:aws:ecs:us-east-1:123456789012:service/my-cluster/edge'
const update = (service: string, to: object) => (stage: Stage) =>
  stage.call('ecs', 'UpdateService', { cluster, service, ...to })
const balancer = (operation: string, to: object) => (stage: Stage) =>
  stage.call('elbv2', operation, { LoadBalancerArn: stage.arnOf('loadBalancers', 'my-cluster-edge-lb'), ...to })
const listener =
  (operation: string, to: object = {}) =>
  (stage: Stage) =>
    stage.call('elbv2', operation, { ListenerArn: stage.arnOf('listeners', 'my-cluster-edge-lb'), ...to })

/** Another address for www.example.com, or none. */
const record = (Action: 'UPSERT' | 'DELETE') => (stage: Stage) => {
  const { ResourceRecordSets } = stage.call('route53', 'ListResourceRecordSets', { HostedZoneId: 'Z1' })
  const there = ResourceRecordSets.find(({ Type }: { Type: string }) => Type === 'A')
  const elsewhere = { Name: there.Name, Type: 'A', TTL: 60, ResourceRecords: [{ Value: '192.0.2.1' }] }
  const Changes = [{ Action, ResourceRecordSet: Action === 'DELETE' ? there : elsewhere }]
  stage.call('route53', 'ChangeResourceRecordSets', { HostedZoneId: 'Z1', ChangeBatch: { Changes } })
}

/** What somebody has done by hand, and how that differs from the file. */
const byHand: Record<string, [act: (stage: Stage) => unknown, differs: unknown[]]> = {
  'the desired count': [update('edge', { desiredCount: 2 }), ['Scale service edge to 1\n  desired_count: 2 → 1']],
  'the percentages of a deployment': [
    update('edge', { deploymentConfiguration: { maximumPercent: 300, minimumHealthyPercent: 10 } }),
    ['Change service edge in my-cluster\n  deployment_configuration: 10 to 300 percent → 50 to 200 percent'],
  ],
  'placement constraints': [
    update('edge', { placementConstraints: [{ type: 'distinctInstance' }] }),
    ['Change service edge in my-cluster\n  placement_constraints: {"type":"distinctInstance"} → nothing'],
  ],
  'the network of tasks': [
    update('user', { networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-8'] } } }),
    [
      'Update service user in my-cluster\n  network: public IP DISABLED, subnet-8 → public IP DISABLED, sg-2, subnet-3, subnet-4',
    ],
  ],
  'the load balancers of a service': [
    update('edge', { loadBalancers: [] }),
    [
      expect.stringMatching(
        /^Update service edge in my-cluster\n {2}elb: nothing → edge:8080 in targetgroup\/my-cluster-edge-tg\//,
      ),
    ],
  ],
  'a tag of a service': [
    (stage) =>
      stage.call('ecs', 'TagResource', {
        resourceArn: serviceArn,
        tags: [{ key: 'ecs-task:depends-on', value: 'report' }],
      }),
    ['Tag service edge\n  tags/ecs-task:depends-on: report → user'],
  ],
  'a service that was deleted': [
    (stage) => stage.call('ecs', 'DeleteService', { cluster, service: 'report', force: true }),
    ['Create service report in my-cluster'],
  ],
  'the subnets of a load balancer': [
    balancer('SetSubnets', { Subnets: ['subnet-1', 'subnet-7'] }),
    ['Put load balancer my-cluster-edge-lb into other subnets\n  subnets: subnet-1, subnet-7 → subnet-1, subnet-2'],
  ],
  'the security groups of a load balancer': [
    balancer('SetSecurityGroups', { SecurityGroups: ['sg-7'] }),
    ['Put load balancer my-cluster-edge-lb into other security groups\n  security_groups: sg-7 → sg-1'],
  ],
  'a load balancer that was deleted': [
    balancer('DeleteLoadBalancer', {}),
    [
      'Create load balancer my-cluster-edge-lb',
      'Create the HTTPS listener of my-cluster-edge-lb on port 443',
      expect.stringContaining('Give the listener of my-cluster-edge-lb a certificate\n'),
      expect.stringMatching(/^Point www.*\n {2}record: my-.* → the DNS name of load balancer my-cluster-edge-lb$/),
    ],
  ],
  'the port of a listener': [
    listener('ModifyListener', { Port: 444 }),
    ['Change the listener of my-cluster-edge-lb\n  port: 444 → 443'],
  ],
  'the actions of a listener': [
    listener('ModifyListener', {
      DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '503' } }],
    }),
    [expect.stringContaining('Change the listener of my-cluster-edge-lb\n  forwards_to: fixed-response → ')],
  ],
  'a certificate of a listener': [
    listener('AddListenerCertificates', { Certificates: [{ CertificateArn: certificates[2] }] }),
    [`Take a certificate from the listener of my-cluster-edge-lb\n  certificates: ${certificates[2]} → nothing`],
  ],
  'a listener that was deleted': [
    listener('DeleteListener'),
    [
      'Create the HTTPS listener of my-cluster-edge-lb on port 443',
      `Give the listener of my-cluster-edge-lb a certificate\n  certificates: nothing → ${certificates[1]}`,
    ],
  ],
  'the tag of a listener that names its record': [
    (stage) =>
      stage.call('elbv2', 'RemoveTags', {
        ResourceArns: [stage.arnOf('listeners', 'my-cluster-edge-lb')],
        TagKeys: ['ecs-task:record'],
      }),
    ['Tag the listener of my-cluster-edge-lb\n  tags/ecs-task:record: nothing → Z1/www.example.com'],
  ],
  'a health check': [
    (stage) =>
      stage.call('elbv2', 'ModifyTargetGroup', {
        TargetGroupArn: stage.arnOf('targetGroups', 'my-cluster-edge-tg'),
        HealthCheckPath: '/other',
      }),
    ['Change the health check of target group my-cluster-edge-tg\n  healthcheck.path: /other → /'],
  ],
  'a record that points elsewhere': [
    record('UPSERT'),
    [
      expect.stringMatching(
        /^Point www\.example\.com to the load balancer\n {2}record: 192\.0\.2\.1 → my-cluster-edge-lb-/,
      ),
    ],
  ],
  'a record that was deleted': [
    record('DELETE'),
    [expect.stringMatching(/^Create record www\.example\.com\n {2}record: nothing → my-cluster-edge-lb-/)],
  ],
  'the records of a discovery service': [
    (stage) =>
      stage.call('servicediscovery', 'UpdateService', {
        Id: Object.keys(stage.region().cloudMapServices)[0],
        Service: { DnsConfig: { DnsRecords: [{ Type: 'A', TTL: 5 }] } },
      }),
    ['Change discovery service user\n  dns_records: A for 5 s → A for 300 s'],
  ],
}

describe('cluster deploy restores what somebody changed by hand', () => {
  it.each(Object.entries(byHand))('shows and restores %s', async (_title, [act, differs]) => {
    const stage = clusterStage({ world })
    act(stage)
    await stage.clock.sleep(60_000)
    expect(await stage.diff(file)).toEqual(differs)
    expect((await stage.deploy([file])).result).toMatchObject({ exitCode: 0, left: [] })
    await stage.clock.sleep(600_000)
    expect(await stage.diff(file)).toEqual([])
    expect(stage.standing()).toEqual(stands)
  })

  it('shows a changed revision and registers the declared one again', async () => {
    const stage = clusterStage({ world })
    stage.call('ecs', 'RegisterTaskDefinition', {
      family: 'my-cluster-edge',
      containerDefinitions: [{ name: 'edge', image: 'other', memory: 9, portMappings: [{ containerPort: 8080 }] }],
    })
    update('edge', { taskDefinition: 'my-cluster-edge' })(stage)
    expect(await stage.diff(file)).toEqual([
      expect.stringContaining('containerDefinitions/edge/image: other → edge:v1'),
      'Update service edge in my-cluster\n  revision: my-cluster-edge:2 → the new revision of my-cluster-edge',
    ])
    expect((await stage.deploy([file])).result).toMatchObject({ exitCode: 0, left: [] })
    expect(stage.standing()['services']!['edge']).toMatchObject({
      taskDefinition: expect.stringContaining('my-cluster-edge:3'),
    })
    expect(await stage.diff(file)).toEqual([])
  })
})

describe('cluster deploy refuses a resource without its owner tag, with the command that takes it over', () => {
  const kinds = [
    [
      'loadBalancers',
      'my-cluster-edge-lb',
      'edge: there is a load balancer my-cluster-edge-lb that was not created for it.',
    ],
    [
      'targetGroups',
      'my-cluster-edge-tg',
      'edge: there is a target group my-cluster-edge-tg that was not created for it.',
    ],
    [
      'listeners',
      'my-cluster-edge-lb',
      'edge: port 443 of load balancer my-cluster-edge-lb is taken by a listener that was not created for it.',
    ],
  ] as const

  it.each(kinds)('%s: %s', async (kind, name, sentence) => {
    const stage = clusterStage({ world })
    const arn = stage.arnOf(kind, name)
    stage.call('elbv2', 'RemoveTags', { ResourceArns: [arn], TagKeys: ['ecs-task:service', 'ecs_cluster'] })
    const { result, writes } = await stage.deploy([file])
    expect(result).toMatchObject({ exitCode: 2, outcome: 'refused' })
    expect(writes).toEqual([])
    const problem = result.problem?.problems?.find((one) => one.startsWith(sentence)) ?? ''
    const Tags = [...problem.matchAll(/Key=(\S+),Value=(\S+)/g)].map(([, Key, Value]) => ({ Key, Value }))
    expect(problem).toContain(`aws elbv2 add-tags --resource-arns ${arn} --tags Key=`)
    stage.call('elbv2', 'AddTags', { ResourceArns: [arn], Tags })
    expect(await stage.diff(file)).toEqual([])
    expect(stage.standing()).toEqual(stands)
  })
})

const kept = 'The file does not set it; it stays.'

describe('what the file has no key for', () => {
  const group = (stage: Stage) => ({ TargetGroupArn: stage.arnOf('targetGroups', 'my-cluster-edge-tg') })
  it.each<[string, (stage: Stage) => unknown, string]>([
    [
      'the idle time-out of a load balancer',
      balancer('ModifyLoadBalancerAttributes', { Attributes: [{ Key: 'idle_timeout.timeout_seconds', Value: '120' }] }),
      'Load balancer my-cluster-edge-lb has idle_timeout.timeout_seconds 120, and not 60.',
    ],
    [
      'an attribute of a target group',
      (stage) =>
        stage.call('elbv2', 'ModifyTargetGroupAttributes', {
          ...group(stage),
          Attributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: '10' }],
        }),
      'Target group my-cluster-edge-tg has deregistration_delay.timeout_seconds 10, and not 300.',
    ],
    [
      'the codes of a health check',
      (stage) => stage.call('elbv2', 'ModifyTargetGroup', { ...group(stage), Matcher: { HttpCode: '200-299' } }),
      'Target group my-cluster-edge-tg has matcher 200-299, and not 200.',
    ],
    [
      'a rule of a listener',
      (stage) =>
        listener('CreateRule', {
          Priority: 1,
          Conditions: [{ Field: 'path-pattern', Values: ['/old'] }],
          Actions: [{ Type: 'forward', ...group(stage) }],
        })(stage),
      'The listener of my-cluster-edge-lb on port 443 has a rule beside its default action.',
    ],
    [
      'the grace period of a service',
      update('edge', { healthCheckGracePeriodSeconds: 90 }),
      'Service edge has a health check grace period of 90 s.',
    ],
    [
      'the placement strategy of a service',
      update('edge', { placementStrategy: [{ type: 'binpack', field: 'memory' }] }),
      'Service edge has the placement strategy binpack memory.',
    ],
    [
      'the rebalancing of a service',
      update('edge', { availabilityZoneRebalancing: 'DISABLED' }),
      'Service edge has no rebalancing between Availability Zones.',
    ],
    [
      'the tags of tasks',
      update('edge', { propagateTags: 'SERVICE' }),
      'Service edge has the tags of the service on its tasks.',
    ],
  ])('%s is named, kept, and no difference', async (_what, act, sentence) => {
    const stage = clusterStage({ world })
    const before = await stage.warned(file)
    await act(stage)
    await stage.clock.sleep(600_000)
    expect((await stage.warned(file)).filter((one) => !before.includes(one))).toEqual([`${sentence} ${kept}`])
    expect(await stage.diff(file)).toEqual([])
    const standsNow = stage.standing()
    const { result, writes } = await stage.deploy([file])
    expect([result.exitCode, writes]).toEqual([0, []])
    expect(stage.standing()).toEqual(standsNow)
  })

  it('a service that is no longer in the file is named, and stays', async () => {
    const stage = clusterStage({ world })
    const { report: _, ...others } = everything
    expect(await stage.warned(fileOf(others))).toContain(`Service report was created for cluster my-cluster. ${kept}`)
    expect(await stage.diff(fileOf(others))).toEqual([])
    await stage.deploy([fileOf(others)])
    expect(stage.left()['services']).toContain('report')
  })

  it('is said not to be known where it may not be read', async () => {
    const stage = clusterStage({ world })
    expect((await stage.warned(file)).filter((one) => one.endsWith(kept))).toEqual([])
    const message = 'User: ci is not authorized to perform: elasticloadbalancing:DescribeRules'
    const denied = Object.assign(new Error(message), { name: 'AccessDenied', $fault: 'client', $metadata: {} })
    const transport: Transport = (method, ...asked) =>
      method === 'describeRules' ? Promise.reject(denied) : stage.transport(method, ...asked)
    const { warnings } = await diffCluster(
      { cluster, files: [{ name: 'a.yml', text: file }], env: {} },
      { transport, clock: stage.clock },
    )
    expect(warnings).toContain(
      'The rules of the listener on port 443 could not be read: the permission elasticloadbalancing:DescribeRules is missing.',
    )
  })
})

describe('a revision that somebody has deregistered while a service runs it', () => {
  it('is a difference, and the deploy gives the service one that is ACTIVE', async () => {
    const stage = clusterStage({ world })
    stage.call('ecs', 'DeregisterTaskDefinition', { taskDefinition: 'my-cluster-edge:1' })
    expect(await stage.diff(file)).toEqual([
      'Register a new revision of my-cluster-edge',
      'Update service edge in my-cluster\n  revision: my-cluster-edge:1 → the new revision of my-cluster-edge',
    ])
    const { result } = await stage.deploy([file])
    expect(result).toMatchObject({ exitCode: 0, left: [] })
    expect(stage.region().services['my-cluster/edge']!.service.taskDefinition).toMatch(/my-cluster-edge:2$/)
    expect(await stage.diff(file)).toEqual([])
  })
})

it('compares a new revision with what the service runs, not with what somebody has registered since', async () => {
  const stage = clusterStage({ world })
  const containerDefinitions = [{ name: 'edge', image: 'edge:crash', memory: 64 }]
  stage.call('ecs', 'RegisterTaskDefinition', { family: 'my-cluster-edge', containerDefinitions })
  const next = fileOf({ ...everything, edge: { ...everything.edge, image: 'edge:v9' } })
  expect(await stage.diff(next)).toEqual([
    expect.stringMatching(/^Register a new revision of my-cluster-edge\n.*edge:v1 → .*edge:v9$/s),
    expect.stringContaining('Update service edge in my-cluster'),
  ])
})

describe('capacity providers that somebody has given a service on Fargate', () => {
  const spot = { capacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }], forceNewDeployment: true }

  it('stay, are named, and do not keep the others from being deployed', async () => {
    const stage = clusterStage({ world })
    stage.region().clusters[cluster]!.cluster.capacityProviders = ['FARGATE', 'FARGATE_SPOT']
    update('report', spot)(stage)
    await stage.clock.sleep(600_000)
    expect(await stage.diff(file)).toEqual([])
    expect(await stage.warned(file)).toContain(`Service report has the capacity providers FARGATE_SPOT. ${kept}`)
    const next = fileOf({
      ...everything,
      user: { ...everything.user, image: 'user:v2' },
      report: { ...everything.report, image: 'report:v2' },
    })
    const { result } = await stage.deploy([next])
    expect(result).toMatchObject({ exitCode: 0, left: [] })
    expect(stage.region().services['my-cluster/report']!.service).toMatchObject({
      capacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT' }],
    })
  })
})
