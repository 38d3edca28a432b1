// The seed’s example on moto, with its prerequisites.
import { readFileSync } from 'node:fs'
import {
  CreateClusterCommand,
  DescribeServicesCommand,
  ListServicesCommand,
  ListTaskDefinitionsCommand,
} from '@aws-sdk/client-ecs'
import { CreateSecurityGroupCommand, CreateSubnetCommand, CreateVpcCommand, EC2Client } from '@aws-sdk/client-ec2'
import {
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { CreateHostedZoneCommand, ListResourceRecordSetsCommand, Route53Client } from '@aws-sdk/client-route-53'
import {
  ListNamespacesCommand,
  ListServicesCommand as ListDiscovery,
  ServiceDiscoveryClient,
} from '@aws-sdk/client-servicediscovery'
import { type Moto, ask } from './moto.ts'

const seed = readFileSync(new URL('../cluster/file/seed.yml', import.meta.url), 'utf8')

/** The prerequisites of a stack: a cluster, a network, a hosted zone, a certificate. Returns the seed's example with their ids. */
export async function makeGround(moto: Moto): Promise<{ readonly stack: string; readonly zone: string }> {
  const ec2 = new EC2Client(moto.settings)
  await moto.ecs.send(new CreateClusterCommand({ clusterName: 'my-cluster' }))
  const { Vpc: { VpcId } = {} } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }))
  const subnets: string[] = []
  for (const index of [0, 1, 2, 3]) {
    const place = { AvailabilityZone: `us-east-1${'abab'[index]}`, CidrBlock: `10.0.${index}.0/24` }
    const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId, ...place }))
    subnets.push(Subnet!.SubnetId!)
  }
  const groups: string[] = []
  for (const GroupName of ['public', 'private']) {
    const { GroupId } = await ec2.send(new CreateSecurityGroupCommand({ VpcId, GroupName, Description: GroupName }))
    groups.push(GroupId!)
  }
  const { HostedZone } = await new Route53Client(moto.settings).send(
    new CreateHostedZoneCommand({ Name: 'example.com', CallerReference: 'ground' }),
  )
  const { CertificateArn } = await ask(moto, 'acm', 'CertificateManager.RequestCertificate', {
    DomainName: 'staging.example.com',
  })
  const zone = HostedZone!.Id!.replace('/hostedzone/', '')
  return {
    zone,
    stack: seed
      .replace('vpc-xxx', VpcId!)
      .replaceAll('subnet-xxx', () => subnets.shift()!)
      .replaceAll('sg-xxx', () => groups.shift()!)
      .replace('hosted_zone_id: xxxx', `hosted_zone_id: ${zone}`)
      .replace(/arn:aws:acm:.*/, CertificateArn),
  }
}

/** What there is in moto of all that a stack can make: names, each kind by itself. */
export async function standing({ ecs, settings }: Moto, zone: string): Promise<Record<string, string[]>> {
  const elbv2 = new ElasticLoadBalancingV2Client(settings)
  const discovery = new ServiceDiscoveryClient(settings)
  const cluster = 'my-cluster'
  const { serviceArns = [] } = await ecs.send(new ListServicesCommand({ cluster, maxResults: 100 }))
  const { services = [] } =
    serviceArns.length === 0 ? {} : await ecs.send(new DescribeServicesCommand({ cluster, services: serviceArns }))
  const { taskDefinitionArns = [] } = await ecs.send(new ListTaskDefinitionsCommand({ status: 'ACTIVE' }))
  const { LoadBalancers = [] } = await elbv2.send(new DescribeLoadBalancersCommand({}))
  const listeners = await Promise.all(
    LoadBalancers.map(async ({ LoadBalancerArn }) => {
      const { Listeners = [] } = await elbv2.send(new DescribeListenersCommand({ LoadBalancerArn }))
      return Listeners.map(({ Protocol, Port }) => `${Protocol} ${Port}`)
    }),
  )
  const { TargetGroups = [] } = await elbv2.send(new DescribeTargetGroupsCommand({}))
  const { Namespaces = [] } = await discovery.send(new ListNamespacesCommand({}))
  const { Services = [] } = await discovery.send(new ListDiscovery({}))
  const { ResourceRecordSets = [] } = await new Route53Client(settings).send(
    new ListResourceRecordSetsCommand({ HostedZoneId: zone }),
  )
  return {
    services: services.flatMap(({ serviceName = '', status }) => (status === 'INACTIVE' ? [] : serviceName)).toSorted(),
    revisions: taskDefinitionArns
      .map((arn) => arn.slice(arn.lastIndexOf('/') + 1))
      .filter((name) => name.startsWith(cluster))
      .toSorted(),
    loadBalancers: LoadBalancers.map(({ LoadBalancerName = '' }) => LoadBalancerName),
    listeners: listeners.flat(),
    targetGroups: TargetGroups.map(({ TargetGroupName = '' }) => TargetGroupName),
    namespaces: Namespaces.map(({ Name = '' }) => Name),
    discovery: Services.map(({ Name = '' }) => Name).toSorted(),
    records: ResourceRecordSets.map(({ Name, Type }) => `${Name} ${Type}`),
  }
}
