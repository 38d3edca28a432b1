import { expect, test } from 'vitest'
import { neverCalled, soon } from './boto3.ts'
import { useDrivers } from './drivers.ts'

const { boto3 } = useDrivers()

const ec2 = (method: string, input: object = {}): Promise<any> => boto3.call('ec2', method, input)
const date = { date: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) }
const filters = (of: Record<string, string>): object => ({
  Filters: Object.entries(of).map(([Name, value]) => ({ Name, Values: [value] })),
})

/** What a paginator of EC2 finds, page by page. */
async function paged(paginator: string, member: string, PageSize: number, input: object = {}): Promise<any[][]> {
  const pages = await boto3.pages('ec2', paginator, { ...input, PaginationConfig: { PageSize } })
  return pages.map((page) => page[member])
}

test('boto3 and EC2: the network, its zones and its types of instances, by filters and page by page', async () => {
  const [Vpc, ...others] = (await paged('describe_vpcs', 'Vpcs', 5, filters({ 'is-default': 'true' }))).flat()
  expect(others).toEqual([])
  expect(Vpc).toMatchObject({
    IsDefault: true,
    CidrBlock: '172.31.0.0/16',
    CidrBlockAssociationSet: [{ CidrBlockState: { State: 'associated' } }],
    Tags: [],
  })
  const ofVpc = filters({ 'vpc-id': Vpc.VpcId })
  const subnets = (await paged('describe_subnets', 'Subnets', 5, ofVpc)).flat()
  expect(subnets.map(({ AvailabilityZone }) => AvailabilityZone)).toEqual(['us-east-1a', 'us-east-1b', 'us-east-1c'])
  expect(subnets[0]).toMatchObject({
    VpcId: Vpc.VpcId,
    AvailableIpAddressCount: expect.any(Number),
    DefaultForAz: true,
  })
  const inOne = await ec2('describe_subnets', filters({ 'vpc-id': Vpc.VpcId, 'availability-zone': '*-1?' }))
  expect(inOne.Subnets).toHaveLength(3)
  const groups = (await paged('describe_security_groups', 'SecurityGroups', 5, ofVpc)).flat()
  expect(groups).toMatchObject([
    { GroupName: 'default', IpPermissionsEgress: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }] },
  ])
  const { AvailabilityZones } = await ec2('describe_availability_zones', filters({ state: 'available' }))
  expect(AvailabilityZones.map(({ ZoneName, ZoneId }: any) => [ZoneName, ZoneId])).toEqual([
    ['us-east-1a', 'use1-az1'],
    ['us-east-1b', 'use1-az2'],
    ['us-east-1c', 'use1-az3'],
  ])
  const { InstanceTypes } = await ec2('describe_instance_types', { InstanceTypes: ['m5.large'] })
  expect(InstanceTypes).toMatchObject([
    { CurrentGeneration: true, VCpuInfo: { DefaultVCpus: 2 }, MemoryInfo: { SizeInMiB: 8192 } },
  ])
  const sizes = await paged('describe_instance_types', 'InstanceTypes', 5)
  const names = sizes.flat().map(({ InstanceType }) => InstanceType)
  expect(sizes.length).toBeGreaterThan(1)
  expect(new Set(names).size).toBe(names.length)
  await expect(ec2('describe_subnets', { SubnetIds: ['subnet-1'] })).rejects.toMatchObject({
    code: 'InvalidSubnetID.NotFound',
    message: "The subnet ID 'subnet-1' does not exist",
    status: 400,
  })
  await expect(ec2('describe_vpcs', filters({ nope: 'x' }))).rejects.toMatchObject({
    code: 'InvalidParameterValue',
    message: "The filter 'nope' is invalid",
  })
})

test('boto3 and EC2: a launch template, its versions, which of them is the default, and its end', async () => {
  const LaunchTemplateData = {
    ImageId: 'ami-1',
    InstanceType: 't3.small',
    UserData: Buffer.from('ECS_CLUSTER=größe').toString('base64'),
    SecurityGroupIds: ['sg-1', 'sg-2'],
    IamInstanceProfile: { Name: 'ecsInstanceRole' },
    Monitoring: { Enabled: true },
    MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 2 },
    BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { VolumeSize: 30, DeleteOnTermination: true } }],
    NetworkInterfaces: [{ DeviceIndex: 0, Groups: ['sg-1'], Ipv6Addresses: [{ Ipv6Address: '::1' }] }],
    TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'Name', Value: '<&> größe' }] }],
  }
  const LaunchTemplateName = 'web'
  const Tags = [{ Key: 'team', Value: 'shop' }]
  const TagSpecifications = [{ ResourceType: 'launch-template', Tags }]
  const made = await ec2('create_launch_template', { LaunchTemplateName, LaunchTemplateData, TagSpecifications })
  expect(made.LaunchTemplate).toMatchObject({ LatestVersionNumber: 1, CreateTime: date, CreatedBy: expect.any(String) })
  const { LaunchTemplateId } = made.LaunchTemplate
  for (const ImageId of ['ami-2', 'ami-3']) {
    const { LaunchTemplateVersion } = await ec2('create_launch_template_version', {
      LaunchTemplateId,
      SourceVersion: '1',
      LaunchTemplateData: { ImageId },
    })
    expect(LaunchTemplateVersion).toMatchObject({
      DefaultVersion: false,
      LaunchTemplateData: { ...LaunchTemplateData, ImageId },
    })
  }
  const modified = await ec2('modify_launch_template', { LaunchTemplateName, DefaultVersion: '2' })
  expect(modified.LaunchTemplate).toMatchObject({ DefaultVersionNumber: 2, LatestVersionNumber: 3 })
  const versions = await paged('describe_launch_template_versions', 'LaunchTemplateVersions', 2, { LaunchTemplateId })
  expect(
    versions.map((page) => page.map(({ VersionNumber, DefaultVersion }) => [VersionNumber, DefaultVersion])),
  ).toEqual([
    [
      [3, false],
      [2, true],
    ],
    [[1, false]],
  ])
  expect(versions[1]![0]).toMatchObject({ LaunchTemplateName, CreateTime: date, LaunchTemplateData })
  expect(versions[1]![0].LaunchTemplateData).toEqual(LaunchTemplateData)
  const byName = await ec2('describe_launch_template_versions', {
    LaunchTemplateName,
    Versions: ['$Default', '$Latest'],
  })
  expect(byName.LaunchTemplateVersions).toMatchObject([{ VersionNumber: 2 }, { VersionNumber: 3 }])
  const found = await paged('describe_launch_templates', 'LaunchTemplates', 1, filters({ 'tag:team': 'shop' }))
  expect(found.flat()).toMatchObject([{ LaunchTemplateId, DefaultVersionNumber: 2, Tags }])
  await expect(ec2('create_launch_template', { LaunchTemplateName, LaunchTemplateData })).rejects.toMatchObject({
    code: 'InvalidLaunchTemplateName.AlreadyExistsException',
    message: 'Launch template name already in use.',
    status: 400,
  })
  await ec2('delete_launch_template', { LaunchTemplateId })
  expect((await ec2('describe_launch_templates')).LaunchTemplates).toEqual([])
  await expect(ec2('describe_launch_template_versions', { LaunchTemplateId })).rejects.toMatchObject({
    code: 'InvalidLaunchTemplateId.NotFound',
  })
})

test('boto3 and EC2: instances are found, tagged and terminated, and their waiters see it', async () => {
  const LaunchTemplateData = { ImageId: 'ami-1', InstanceType: 't3.small', KeyName: 'shop' }
  await ec2('create_launch_template', { LaunchTemplateName: 'shop', LaunchTemplateData })
  await boto3.call('autoscaling', 'create_auto_scaling_group', {
    AutoScalingGroupName: 'shop',
    MinSize: 6,
    MaxSize: 6,
    AvailabilityZones: ['us-east-1a', 'us-east-1b', 'us-east-1c'],
    LaunchTemplate: { LaunchTemplateName: 'shop' },
  })
  const launched = async (): Promise<any[]> => (await ec2('describe_instances')).Reservations
  await expect.poll(launched, { timeout: 60_000 }).toHaveLength(6)
  await boto3.wait('ec2', 'instance_running', {
    ...filters({ 'tag:aws:autoscaling:groupName': 'shop' }),
    WaiterConfig: soon,
  })
  const reservations = await paged('describe_instances', 'Reservations', 5)
  expect(reservations.map((page) => page.length)).toEqual([5, 1])
  const instances = reservations.flat().flatMap(({ Instances }) => Instances)
  const ids: string[] = instances.map(({ InstanceId }) => InstanceId)
  expect(instances[0]).toMatchObject({
    ImageId: 'ami-1',
    InstanceType: 't3.small',
    KeyName: 'shop',
    LaunchTime: date,
    State: { Code: 16, Name: 'running' },
    Placement: { AvailabilityZone: 'us-east-1a', Tenancy: 'default' },
    SecurityGroups: [{ GroupName: 'default' }],
    Tags: [{ Key: 'aws:autoscaling:groupName', Value: 'shop' }],
  })

  const [one = '', two = ''] = ids
  const Tags = [{ Key: 'Name', Value: 'größe <&> "5"' }]
  await ec2('create_tags', { Resources: [one, two], Tags })
  const ofOne = filters({ 'resource-id': one, key: 'Name' })
  expect((await paged('describe_tags', 'Tags', 5, ofOne)).flat()).toEqual([
    { ...Tags[0], ResourceId: one, ResourceType: 'instance' },
  ])
  await ec2('delete_tags', { Resources: [two], Tags: [{ Key: 'Name' }] })
  const named = await ec2('describe_instances', filters({ 'tag:Name': 'größe*', 'instance-state-name': 'running' }))
  expect(named.Reservations).toMatchObject([{ OwnerId: '123456789012', Instances: [{ InstanceId: one }] }])

  const running = await paged('describe_instance_status', 'InstanceStatuses', 5)
  expect(running.flat()).toHaveLength(6)
  expect(running.flat()[0]).toMatchObject({ InstanceStatus: { Status: 'ok' }, SystemStatus: { Status: 'ok' } })
  await boto3.wait('ec2', 'instance_status_ok', { InstanceIds: [two], WaiterConfig: soon })

  const { TerminatingInstances } = await ec2('terminate_instances', { InstanceIds: [one] })
  expect(TerminatingInstances).toEqual([
    {
      InstanceId: one,
      PreviousState: { Code: 16, Name: 'running' },
      CurrentState: { Code: 32, Name: 'shutting-down' },
    },
  ])
  await boto3.wait('ec2', 'instance_terminated', { InstanceIds: [one], WaiterConfig: soon })
  await expect(ec2('describe_instances', { InstanceIds: ['i-0123456789abcdef0'] })).rejects.toMatchObject({
    code: 'InvalidInstanceID.NotFound',
    message: "The instance ID 'i-0123456789abcdef0' does not exist",
    status: 400,
  })
})

test('boto3 has called every operation that the local AWS has of EC2', () => {
  expect(neverCalled(boto3, (service) => service === 'ec2')).toEqual([])
})
