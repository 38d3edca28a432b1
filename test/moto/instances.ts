// An Auto Scaling group on moto, with the agents that moto lacks.
import {
  AutoScalingClient,
  CreateAutoScalingGroupCommand,
  type CreateAutoScalingGroupCommandInput,
  DeleteAutoScalingGroupCommand,
  DescribeAutoScalingGroupsCommand,
  type Instance,
} from '@aws-sdk/client-auto-scaling'
import {
  DeregisterContainerInstanceCommand,
  DescribeContainerInstancesCommand,
  type ContainerInstance,
  ListContainerInstancesCommand,
  RegisterContainerInstanceCommand,
} from '@aws-sdk/client-ecs'
import {
  CreateLaunchTemplateCommand,
  CreateLaunchTemplateVersionCommand,
  DescribeInstancesCommand,
  EC2Client,
  ModifyLaunchTemplateCommand,
} from '@aws-sdk/client-ec2'
import { sdkTransport } from '../../src/aws/sdk.ts'
import type { Transport } from '../../src/aws/aws.ts'
import type { Moto } from './moto.ts'

const cluster = 'my_cluster'

/** The launch template `web`, whose first version has the AMI ami-1. */
export async function makeTemplate({ settings }: Moto): Promise<void> {
  const LaunchTemplateData = { ImageId: 'ami-1', InstanceType: 't3.medium' } as const
  await new EC2Client(settings).send(new CreateLaunchTemplateCommand({ LaunchTemplateName: 'web', LaunchTemplateData }))
}

/** A second version of it. */
export async function renewTemplate({ settings }: Moto, InstanceType: 't3.medium' | 'm5.large'): Promise<void> {
  const LaunchTemplateData = { ImageId: 'ami-2', InstanceType }
  await new EC2Client(settings).send(
    new CreateLaunchTemplateVersionCommand({ LaunchTemplateName: 'web', LaunchTemplateData }),
  )
}

/** Makes the second version the default, which is the one that moto says of every instance. */
export async function makeSecondDefault({ settings }: Moto): Promise<void> {
  await new EC2Client(settings).send(
    new ModifyLaunchTemplateCommand({ LaunchTemplateName: 'web', DefaultVersion: '2' }),
  )
}

/** The group `asg` of two instances. */
export async function makeGroup(
  { settings }: Moto,
  source: Partial<CreateAutoScalingGroupCommandInput>,
  { MaxSize = 4 } = {},
): Promise<void> {
  await new AutoScalingClient(settings).send(
    new CreateAutoScalingGroupCommand({
      AutoScalingGroupName: 'asg',
      MinSize: 0,
      MaxSize,
      DesiredCapacity: 2,
      AvailabilityZones: ['us-east-1a'],
      ...source,
    }),
  )
}

/** Takes the group away, and what is registered of it. */
export async function removeGroup(moto: Moto): Promise<void> {
  await new AutoScalingClient(moto.settings).send(
    new DeleteAutoScalingGroupCommand({ AutoScalingGroupName: 'asg', ForceDelete: true }),
  )
  await agentsAct(moto)
}

/** The instances of the group, and what it wants. */
export async function groupNow({
  settings,
}: Moto): Promise<{ desired: number; instances: Instance[]; tags: unknown[] }> {
  const { AutoScalingGroups = [] } = await new AutoScalingClient(settings).send(
    new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: ['asg'] }),
  )
  const [{ DesiredCapacity = 0, Instances = [], Tags = [] } = {}] = AutoScalingGroups
  return { desired: DesiredCapacity, instances: Instances, tags: Tags }
}

/** What EC2 has of that state: the AMI of each instance, by its id. */
export async function imagesOf({ settings }: Moto, state = 'running'): Promise<Map<string, string>> {
  const { Reservations = [] } = await new EC2Client(settings).send(
    new DescribeInstancesCommand({ Filters: [{ Name: 'instance-state-name', Values: [state] }] }),
  )
  const all = Reservations.flatMap(({ Instances = [] }) => Instances)
  return new Map(all.map(({ InstanceId = '', ImageId = '' }) => [InstanceId, ImageId]))
}

/** The container instances that are registered. */
export async function containersNow({ ecs }: Moto): Promise<ContainerInstance[]> {
  const { containerInstanceArns = [] } = await ecs.send(new ListContainerInstancesCommand({ cluster }))
  if (containerInstanceArns.length === 0) return []
  const described = await ecs.send(
    new DescribeContainerInstancesCommand({ cluster, containerInstances: containerInstanceArns }),
  )
  return described.containerInstances ?? []
}

/** Does what the agents of all instances would have done by now: registers running instances, deregisters terminated ones. */
export async function agentsAct(moto: Moto): Promise<void> {
  const running = [...(await imagesOf(moto)).keys()]
  const registered = await containersNow(moto)
  for (const { ec2InstanceId = '', containerInstanceArn } of registered) {
    if (running.includes(ec2InstanceId)) continue
    await moto.ecs.send(
      new DeregisterContainerInstanceCommand({ cluster, containerInstance: containerInstanceArn, force: true }),
    )
  }
  for (const instanceId of running) {
    if (registered.some(({ ec2InstanceId }) => ec2InstanceId === instanceId)) continue
    const instanceIdentityDocument = JSON.stringify({ instanceId, region: 'us-east-1', accountId: '123456789012' })
    await moto.ecs.send(new RegisterContainerInstanceCommand({ cluster, instanceIdentityDocument }))
  }
}

/** A transport to moto that lets the agents act before container instances are read: moto itself starts none. */
export function withAgents(moto: Moto): Transport {
  const transport = sdkTransport(moto.settings)
  return async (method, input, signal) => {
    if (method === 'listContainerInstances') await agentsAct(moto)
    return transport(method, input, signal)
  }
}
