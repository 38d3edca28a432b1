import {
  CreateLaunchTemplateCommand,
  CreateLaunchTemplateVersionCommand,
  CreateTagsCommand,
  DeleteLaunchTemplateCommand,
  DeleteTagsCommand,
  DescribeAvailabilityZonesCommand,
  DescribeInstanceTypesCommand,
  DescribeLaunchTemplateVersionsCommand,
  DescribeLaunchTemplatesCommand,
  DescribeSecurityGroupsCommand,
  DescribeTagsCommand,
  DescribeVpcsCommand,
  EC2Client,
  ModifyLaunchTemplateCommand,
  paginateDescribeSubnets,
} from '@aws-sdk/client-ec2'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createLocalAws } from '../../../src/local/localAws.ts'
import type { LocalAws } from '../../../src/local/localAws.ts'
import { startServer } from '../../../src/local/wire/server.ts'
import type { LocalServer } from '../../../src/local/wire/server.ts'
import { start } from '../support.ts'

let local: LocalAws
let server: LocalServer
let ec2: EC2Client
let now = start
beforeEach(async () => {
  now = start
  local = createLocalAws({ now: () => now })
  server = await startServer(local, { port: 0 })
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' }
  ec2 = new EC2Client({ endpoint: server.url, region: 'eu-west-1', maxAttempts: 1, credentials })
})
afterEach(() => server.close())

test('the EC2 client finds the default VPC, its zones and its security group', async () => {
  const { Vpcs, $metadata } = await ec2.send(
    new DescribeVpcsCommand({ Filters: [{ Name: 'is-default', Values: ['true'] }] }),
  )
  expect($metadata).toMatchObject({ httpStatusCode: 200, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) })
  expect(Vpcs).toEqual([
    {
      VpcId: 'vpc-0123456789abcdef0',
      State: 'available',
      CidrBlock: '172.31.0.0/16',
      CidrBlockAssociationSet: [
        {
          AssociationId: 'vpc-cidr-assoc-0123456789abcdef0',
          CidrBlock: '172.31.0.0/16',
          CidrBlockState: { State: 'associated' },
        },
      ],
      DhcpOptionsId: 'dopt-0123456789abcdef0',
      InstanceTenancy: 'default',
      IsDefault: true,
      OwnerId: '123456789012',
      Tags: [],
    },
  ])
  const { AvailabilityZones } = await ec2.send(new DescribeAvailabilityZonesCommand({ ZoneNames: ['eu-west-1b'] }))
  expect(AvailabilityZones).toMatchObject([{ ZoneName: 'eu-west-1b', ZoneId: 'euw1-az2', State: 'available' }])
  const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: ['sg-0123456789abcdef0'] }))
  expect(SecurityGroups).toMatchObject([
    { GroupName: 'default', IpPermissionsEgress: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }] },
  ])
})

test('the paginators of the EC2 client get every page', async () => {
  const subnets = Array.from({ length: 9 }, (_, index) => ({ id: `subnet-${index}` }))
  local.provision({ region: 'eu-west-1', vpcs: [{ id: 'vpc-1', subnets }] })
  const sizes: number[] = []
  for await (const { Subnets } of paginateDescribeSubnets({ client: ec2, pageSize: 5 }, {})) sizes.push(Subnets!.length)
  expect(sizes).toEqual([5, 5, 2])
})

test('the EC2 client creates and deletes tags', async () => {
  const Resources = ['subnet-0123456789abcdef0']
  const Tags = [{ Key: 'a b&c', Value: 'größe <"5">' }]
  await ec2.send(new CreateTagsCommand({ Resources, Tags }))
  const { Tags: found } = await ec2.send(new DescribeTagsCommand({}))
  expect(found).toEqual([{ ...Tags[0], ResourceId: Resources[0], ResourceType: 'subnet' }])
  await ec2.send(new DeleteTagsCommand({ Resources, Tags }))
  expect(local.world.regions['eu-west-1']!.tags).toEqual({})
})

test('the EC2 client creates launch templates and reads back what it sent, at any depth', async () => {
  const LaunchTemplateData = {
    ImageId: 'ami-1',
    InstanceType: 'm5.large' as const,
    UserData: Buffer.from('ECS_CLUSTER=shop').toString('base64'),
    SecurityGroupIds: ['sg-0123456789abcdef0'],
    IamInstanceProfile: { Name: 'ecsInstanceRole' },
    Monitoring: { Enabled: true },
    MetadataOptions: { HttpTokens: 'required' as const },
    BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { VolumeSize: 30, DeleteOnTermination: true } }],
    NetworkInterfaces: [{ DeviceIndex: 0, Groups: ['sg-0123456789abcdef0'], Ipv6Addresses: [{ Ipv6Address: '::1' }] }],
    TagSpecifications: [{ ResourceType: 'instance' as const, Tags: [{ Key: 'Name', Value: 'shop' }] }],
  }
  const { LaunchTemplate } = await ec2.send(
    new CreateLaunchTemplateCommand({ LaunchTemplateName: 'web', LaunchTemplateData }),
  )
  expect(LaunchTemplate).toMatchObject({ LatestVersionNumber: 1, CreateTime: new Date(start) })
  const source = { LaunchTemplateName: 'web', SourceVersion: '1' }
  await ec2.send(new CreateLaunchTemplateVersionCommand({ ...source, LaunchTemplateData: { ImageId: 'ami-2' } }))
  await ec2.send(new ModifyLaunchTemplateCommand({ LaunchTemplateName: 'web', DefaultVersion: '2' }))
  const { LaunchTemplateVersions } = await ec2.send(
    new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateName: 'web', Versions: ['1', '$Default'] }),
  )
  expect(LaunchTemplateVersions).toEqual([
    expect.objectContaining({ VersionNumber: 1, DefaultVersion: false, LaunchTemplateData }),
    expect.objectContaining({
      VersionNumber: 2,
      DefaultVersion: true,
      LaunchTemplateData: { ...LaunchTemplateData, ImageId: 'ami-2' },
    }),
  ])
  await ec2.send(new DeleteLaunchTemplateCommand({ LaunchTemplateName: 'web' }))
  expect((await ec2.send(new DescribeLaunchTemplatesCommand({}))).LaunchTemplates).toEqual([])
})

test('the EC2 client reads instance types', async () => {
  const { InstanceTypes } = await ec2.send(new DescribeInstanceTypesCommand({ InstanceTypes: ['m5.large'] }))
  expect(InstanceTypes).toEqual([
    {
      InstanceType: 'm5.large',
      CurrentGeneration: true,
      VCpuInfo: { DefaultVCpus: 2 },
      MemoryInfo: { SizeInMiB: 8192 },
      ProcessorInfo: { SupportedArchitectures: ['x86_64'] },
    },
  ])
})

test('refusals of EC2 arrive as the errors of the client', async () => {
  await expect(ec2.send(new DescribeVpcsCommand({ VpcIds: ['vpc-1'] }))).rejects.toMatchObject({
    name: 'InvalidVpcID.NotFound',
    message: "The vpc ID 'vpc-1' does not exist",
    $fault: 'client',
    $metadata: { httpStatusCode: 400 },
  })
})
