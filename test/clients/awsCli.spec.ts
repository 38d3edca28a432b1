import { expect, test } from 'vitest'
import { startDrivers, useDrivers } from './drivers.ts'

const { python, local } = useDrivers()

/** `aws WORDS…`, answered as data; what it refuses is thrown in its own words. */
async function aws(...words: string[]): Promise<any> {
  const { exitCode, stdout, stderr } = await python(['-m', 'awscli', ...words, '--output', 'json'])
  if (exitCode !== 0) throw new Error(stderr.trim())
  expect(stderr).toBe('')
  return stdout === '' ? undefined : JSON.parse(stdout)
}

const nameOf = (arn: string): string => arn.split('/').at(-1)!

test('aws ecs describe-services answers what is there and what is missing', async () => {
  const { services, failures } = await aws(
    'ecs',
    'describe-services',
    '--cluster',
    'my_cluster',
    '--services',
    'web',
    'nope',
  )
  expect(services).toMatchObject([{ serviceName: 'web', status: 'ACTIVE', desiredCount: 2, runningCount: 2 }])
  expect(failures).toMatchObject([{ reason: 'MISSING' }])
})

test('aws ecs update-service changes a service, and wait services-stable sees it through', async () => {
  const web = ['--cluster', 'my_cluster', '--service', 'web'] as const
  const { service } = await aws('ecs', 'update-service', ...web, '--desired-count', '3')
  expect(service).toMatchObject({ desiredCount: 3 })
  await aws('ecs', 'wait', 'services-stable', '--cluster', 'my_cluster', '--services', 'web')
  const { services } = await aws('ecs', 'describe-services', '--cluster', 'my_cluster', '--services', 'web')
  expect(services).toMatchObject([{ runningCount: 3 }])
  await expect(aws('ecs', 'update-service', '--cluster', 'my_cluster', '--service', 'nope')).rejects.toThrow(
    /\(ServiceNotFoundException\) when calling the UpdateService operation: Service not found\.$/,
  )
})

test('aws ecs list-task-definitions turns the pages, and goes on where it stopped', async () => {
  const containers = JSON.stringify([{ name: 'web', image: 'web:v1', memory: 64 }])
  for (let revision = 1; revision <= 3; revision++) {
    await aws('ecs', 'register-task-definition', '--family', 'paged', '--container-definitions', containers)
  }
  const list = ['ecs', 'list-task-definitions', '--family-prefix', 'paged'] as const
  const all = await aws(...list, '--page-size', '1')
  expect(all.taskDefinitionArns.map(nameOf)).toEqual(['paged:1', 'paged:2', 'paged:3'])
  const first = await aws(...list, '--max-items', '2')
  expect(first.taskDefinitionArns.map(nameOf)).toEqual(['paged:1', 'paged:2'])
  const rest = await aws(...list, '--starting-token', first.NextToken)
  expect(rest.taskDefinitionArns.map(nameOf)).toEqual(['paged:3'])
})

test('aws ecs run-task runs a task, and aws logs get-log-events reads what it has logged', async () => {
  const options = { 'awslogs-group': '/tasks', 'awslogs-region': 'us-east-1', 'awslogs-stream-prefix': 'run' }
  const logConfiguration = { logDriver: 'awslogs', options }
  const containers = JSON.stringify([{ name: 'web', image: 'web:exit-3', memory: 64, logConfiguration }])
  await aws('logs', 'create-log-group', '--log-group-name', '/tasks')
  await aws('ecs', 'register-task-definition', '--family', 'logged', '--container-definitions', containers)
  const { tasks, failures } = await aws('ecs', 'run-task', '--cluster', 'my_cluster', '--task-definition', 'logged')
  expect(failures).toEqual([])
  const of = ['--cluster', 'my_cluster', '--tasks', tasks[0].taskArn] as const
  await aws('ecs', 'wait', 'tasks-stopped', ...of)
  const described = await aws('ecs', 'describe-tasks', ...of)
  expect(described.tasks).toMatchObject([{ lastStatus: 'STOPPED', containers: [{ exitCode: 3 }] }])
  const stream = `run/web/${nameOf(tasks[0].taskArn)}`
  const { events } = await aws(
    'logs',
    'get-log-events',
    '--log-group-name',
    '/tasks',
    '--log-stream-name',
    stream,
    '--start-from-head',
  )
  expect(events.length).toBeGreaterThan(0)
  expect(events[0]).toMatchObject({ message: expect.any(String), timestamp: expect.any(Number) })
})

test('aws sns publish publishes, and a missing topic is refused', async () => {
  const { TopicArn } = await aws('sns', 'create-topic', '--name', 'cli')
  const { MessageId } = await aws('sns', 'publish', '--topic-arn', TopicArn, '--message', 'größe <&> "🚀"')
  const answer = await fetch(`${local().url}/_local/published?topic=${TopicArn}`)
  expect(await answer.json()).toMatchObject({ published: [{ MessageId, Message: 'größe <&> "🚀"' }] })
  await expect(aws('sns', 'publish', '--topic-arn', `${TopicArn}x`, '--message', 'x')).rejects.toThrow(
    /\(NotFound\) when calling the Publish operation: Topic does not exist$/,
  )
})

test('aws sts get-caller-identity says who calls', async () => {
  expect(await aws('sts', 'get-caller-identity')).toMatchObject({ Account: '123456789012' })
})

test('aws reads the existing groups, launch templates and container instances', async () => {
  const data = { ImageId: 'ami-1', InstanceType: 't3.small', TagSpecifications: [] }
  const template = ['--launch-template-name', 'shop'] as const
  await aws('ec2', 'create-launch-template', ...template, '--launch-template-data', JSON.stringify(data))
  const { LaunchTemplateVersions } = await aws('ec2', 'describe-launch-template-versions', ...template)
  expect(LaunchTemplateVersions).toMatchObject([
    { VersionNumber: 1, DefaultVersion: true, LaunchTemplateData: { ImageId: 'ami-1', InstanceType: 't3.small' } },
  ])
  const sizes = ['--min-size', '0', '--max-size', '2', '--availability-zones', 'us-east-1a'] as const
  const of = ['--auto-scaling-group-name', 'shop', '--launch-template', 'LaunchTemplateName=shop'] as const
  await aws('autoscaling', 'create-auto-scaling-group', ...of, ...sizes, '--tags', 'Key=team,Value=shop')
  const shop = ['--auto-scaling-group-names', 'shop'] as const
  const { AutoScalingGroups } = await aws('autoscaling', 'describe-auto-scaling-groups', ...shop)
  expect(AutoScalingGroups).toMatchObject([
    {
      AutoScalingGroupName: 'shop',
      MaxSize: 2,
      Instances: [],
      LaunchTemplate: { LaunchTemplateName: 'shop' },
      Tags: [{ Key: 'team', Value: 'shop', PropagateAtLaunch: false }],
    },
  ])
  const identity = { ec2InstanceId: 'i-1', instanceType: 't3.small', availabilityZone: 'us-east-1a' }
  const instance = { cluster: 'with_instances', ...identity, cpu: 2048, memory: 1900 }
  const body = JSON.stringify({ clusters: ['with_instances'], containerInstances: [instance] })
  expect((await fetch(`${local().url}/_local/provision`, { method: 'POST', body })).status).toBe(200)
  const list = ['ecs', 'list-container-instances', '--cluster', 'with_instances'] as const
  const listed = await aws(...list, '--filter', 'attribute:ecs.instance-type == t3.small', '--page-size', '1')
  expect(listed.containerInstanceArns).toEqual([expect.stringContaining(':container-instance/with_instances/')])
  expect(await aws(...list, '--status', 'DRAINING')).toEqual({ containerInstanceArns: [] })
})

test('aws reads the records of a zone and the services of a namespace', async () => {
  const { HostedZone } = await aws(
    'route53',
    'create-hosted-zone',
    '--name',
    'example.com',
    '--caller-reference',
    'cli',
  )
  const zone = ['--hosted-zone-id', HostedZone.Id] as const
  const { ResourceRecordSets } = await aws('route53', 'list-resource-record-sets', ...zone, '--page-size', '1')
  expect(ResourceRecordSets).toMatchObject([
    { Name: 'example.com.', Type: 'NS', TTL: 172800 },
    { Name: 'example.com.', Type: 'SOA', ResourceRecords: [{ Value: expect.stringContaining('hostmaster') }] },
  ])
  await aws('servicediscovery', 'create-private-dns-namespace', '--name', 'corp.internal', '--vpc', 'vpc-1')
  const namespaces = async (): Promise<any[]> => (await aws('servicediscovery', 'list-namespaces')).Namespaces
  await expect.poll(namespaces, { timeout: 60_000 }).toHaveLength(1)
  const [{ Id }] = await namespaces()
  const dns = 'DnsRecords=[{Type=A,TTL=5}]'
  await aws('servicediscovery', 'create-service', '--name', 'web', '--namespace-id', Id, '--dns-config', dns)
  const filter = `Name=NAMESPACE_ID,Values=${Id}`
  const { Services } = await aws('servicediscovery', 'list-services', '--filters', filter)
  expect(Services).toMatchObject([{ Name: 'web', DnsConfig: { DnsRecords: [{ Type: 'A', TTL: 5 }] } }])
})

test('the CLI retries throttling as often as configured, and then reports it', async () => {
  // Its clock all but stands still, so that no token comes back.
  const still = await startDrivers(['--speed', '0.001'])
  const register = { family: 'web', containerDefinitions: [{ name: 'web', image: 'web:1', memory: 64 }] }
  for (let token = 0; token < 20; token++) await still.local.call('RegisterTaskDefinition', register)
  const words = ['-m', 'awscli', 'ecs', 'register-task-definition', '--cli-input-json', JSON.stringify(register)]
  for (const [attempts, retries] of [
    ['1', 0],
    ['2', 1],
  ] as const) {
    const { exitCode, stderr } = await still.python(words, { AWS_MAX_ATTEMPTS: attempts, AWS_RETRY_MODE: 'standard' })
    expect(exitCode).not.toBe(0)
    expect(stderr).toContain(
      `An error occurred (ThrottlingException) when calling the RegisterTaskDefinition operation (reached max retries: ${retries}): Rate exceeded`,
    )
  }
})
