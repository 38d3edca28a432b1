import { expect, test } from 'vitest'
import { neverCalled, soon } from './boto3.ts'
import { useDrivers } from './drivers.ts'

const { boto3 } = useDrivers()

const arn = (service: string, rest: string): string => `arn:aws:${service}:us-east-1:123456789012:${rest}`
const date = { date: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) }

test('boto3 and Elastic Load Balancing: from the load balancer to its targets, and back to nothing', async () => {
  const elb = (method: string, input: object = {}): Promise<any> => boto3.call('elbv2', method, input)
  const certificate = (id: string): string => arn('acm', `certificate/${id}`)
  const made = await elb('create_load_balancer', {
    Name: 'shop',
    Subnets: ['subnet-1', 'subnet-2'],
    SecurityGroups: ['sg-1'],
  })
  const { LoadBalancerArn } = made.LoadBalancers[0]
  await boto3.wait('elbv2', 'load_balancer_available', { LoadBalancerArns: [LoadBalancerArn], WaiterConfig: soon })
  const pages = await boto3.pages('elbv2', 'describe_load_balancers')
  expect(pages.flatMap((page) => page.LoadBalancers)).toMatchObject([{ LoadBalancerName: 'shop', CreatedTime: date }])
  await elb('set_subnets', { LoadBalancerArn, Subnets: ['subnet-2', 'subnet-3'] })
  await elb('set_security_groups', { LoadBalancerArn, SecurityGroups: ['sg-2'] })
  const Attributes = [{ Key: 'idle_timeout.timeout_seconds', Value: '30' }]
  await elb('modify_load_balancer_attributes', { LoadBalancerArn, Attributes })
  expect((await elb('describe_load_balancer_attributes', { LoadBalancerArn })).Attributes).toEqual(
    expect.arrayContaining(Attributes),
  )

  const group = await elb('create_target_group', {
    Name: 'app',
    Protocol: 'HTTP',
    Port: 80,
    VpcId: 'vpc-1',
    TargetType: 'ip',
  })
  const { TargetGroupArn } = group.TargetGroups[0]
  await elb('modify_target_group', { TargetGroupArn, HealthCheckPath: '/up' })
  const drain = [{ Key: 'deregistration_delay.timeout_seconds', Value: '10' }]
  await elb('modify_target_group_attributes', { TargetGroupArn, Attributes: drain })
  expect((await elb('describe_target_group_attributes', { TargetGroupArn })).Attributes).toEqual(
    expect.arrayContaining(drain),
  )

  const DefaultActions = [{ Type: 'forward', TargetGroupArn }]
  const Certificates = [{ CertificateArn: certificate('1') }]
  const listener = await elb('create_listener', {
    LoadBalancerArn,
    Protocol: 'HTTPS',
    Port: 443,
    Certificates,
    DefaultActions,
  })
  const { ListenerArn } = listener.Listeners[0]
  await elb('modify_listener', { ListenerArn, Port: 8443 })
  expect((await elb('describe_listeners', { LoadBalancerArn })).Listeners).toMatchObject([{ Port: 8443 }])
  const second = { ListenerArn, Certificates: [{ CertificateArn: certificate('2') }] }
  await elb('add_listener_certificates', second)
  expect((await elb('describe_listener_certificates', { ListenerArn })).Certificates).toHaveLength(2)
  await elb('remove_listener_certificates', second)
  const Conditions = [{ Field: 'path-pattern', PathPatternConfig: { Values: ['/api/*'] } }]
  const rule = await elb('create_rule', { ListenerArn, Priority: 10, Conditions, Actions: DefaultActions })
  const { RuleArn } = rule.Rules[0]
  expect((await elb('describe_rules', { ListenerArn })).Rules.map(({ Priority }: any) => Priority)).toEqual([
    '10',
    'default',
  ])

  const Targets = [{ Id: '10.0.0.1', Port: 8080 }]
  await elb('register_targets', { TargetGroupArn, Targets })
  await boto3.wait('elbv2', 'target_in_service', { TargetGroupArn, WaiterConfig: soon })
  const health = await elb('describe_target_health', { TargetGroupArn })
  expect(health.TargetHealthDescriptions).toMatchObject([
    { Target: { Id: '10.0.0.1' }, TargetHealth: { State: 'healthy' } },
  ])
  await elb('deregister_targets', { TargetGroupArn, Targets })
  await boto3.wait('elbv2', 'target_deregistered', { TargetGroupArn, Targets, WaiterConfig: soon })

  await elb('add_tags', { ResourceArns: [TargetGroupArn], Tags: [{ Key: 'team', Value: 'shop' }] })
  expect((await elb('describe_tags', { ResourceArns: [TargetGroupArn] })).TagDescriptions[0].Tags).toEqual([
    { Key: 'team', Value: 'shop' },
  ])
  await elb('remove_tags', { ResourceArns: [TargetGroupArn], TagKeys: ['team'] })
  await expect(elb('delete_target_group', { TargetGroupArn })).rejects.toMatchObject({ code: 'ResourceInUse' })
  await elb('delete_rule', { RuleArn })
  await elb('delete_listener', { ListenerArn })
  await elb('delete_target_group', { TargetGroupArn })
  expect((await elb('describe_target_groups')).TargetGroups).toEqual([])
  await elb('delete_load_balancer', { LoadBalancerArn })
  await boto3.wait('elbv2', 'load_balancers_deleted', { LoadBalancerArns: [LoadBalancerArn], WaiterConfig: soon })
})

test('boto3 has called every operation that the local AWS has of Elastic Load Balancing', () => {
  expect(neverCalled(boto3, (service) => service === 'elbv2')).toEqual([])
})
