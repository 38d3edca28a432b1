// An EC2 instance: launched, joined to a cluster, terminated, found.
import type { _InstanceType } from '@aws-sdk/client-ec2'
import {
  registerContainerInstance,
  instanceTerminated,
  clusterIn,
} from '../ecs/containerInstances/containerInstance.ts'
import { AwsFault } from '../world/fault.ts'
import { instanceTypeOf } from './instanceType.ts'
import { machineImageBehaviour } from './machineImage.ts'
import type { Context } from '../world/operation.ts'
import type { Ec2Instance, Ec2Subnet, InstanceRecord, InstanceStep, Region } from '../world/world.ts'

/** From the moment an instance runs until its ECS agent has registered, and between two tries when there is no cluster. */
const registering = 20_000
const tryingAgain = 60_000
/** From TerminateInstances until the instance is gone. */
const shuttingDown = 30_000
/** Terminated instances are shown for about an hour: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/terminating-instances.html */
const remembered = 3_600_000
/** Of an instance's memory, what its operating system and the ECS agent leave to tasks. */
const memoryForTasks = 0.95

/** What an instance is launched with. */
interface Launch {
  readonly imageId: string
  readonly instanceType: _InstanceType
  readonly subnet: Ec2Subnet
  readonly securityGroupIds: readonly string[]
  /** In base64. */
  readonly userData: string | undefined
  readonly keyName: string | undefined
  /** As a launch template has it, by `Arn` or `Name`. */
  readonly iamInstanceProfile: { readonly Arn?: string | undefined; readonly Name?: string | undefined } | undefined
  readonly autoScalingGroup?: string
}

/** The codes of an instance's states: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceState.html */
const stateCodes = { pending: 0, running: 16, 'shutting-down': 32, terminated: 48 } as const

/** An instance's state as it is shown. */
const instanceState = (Name: keyof typeof stateCodes): Ec2Instance['State'] => ({ Code: stateCodes[Name], Name })

/** Launches an instance: it runs after half a minute, and joins a cluster if its user data names one. */
export function launchInstance(context: Context, launch: Launch): InstanceRecord {
  const { region, ids } = context
  const InstanceId = `i-${ids.hex(17)}`
  const { bootTime, neverJoins } = machineImageBehaviour(launch.imageId)
  const joins = !neverJoins && clusterIn(launch.userData) !== undefined
  const record: InstanceRecord = {
    instance: { InstanceId, ...newInstance(context, launch) },
    reservationId: `r-${ids.hex(17)}`,
    ...(launch.userData && { userData: launch.userData }),
    ...(launch.autoScalingGroup && { autoScalingGroup: launch.autoScalingGroup }),
    steps: [],
  }
  setSteps(context, record, [
    { after: bootTime, do: 'running' },
    ...(joins ? [{ after: registering, do: 'registered' } as const] : []),
  ])
  region.instances[InstanceId] = record
  return record
}

function newInstance({ region, ids, now }: Context, launch: Launch): Omit<Ec2Instance, 'InstanceId'> {
  const { imageId, instanceType, subnet, securityGroupIds, keyName, iamInstanceProfile } = launch
  const PrivateIpAddress = addressIn(subnet.CidrBlock, Number.parseInt(ids.hex(3), 16))
  const profile = iamInstanceProfile?.Arn ?? iamInstanceProfile?.Name
  return {
    ImageId: imageId,
    InstanceType: instanceType,
    State: instanceState('pending'),
    StateTransitionReason: '',
    LaunchTime: now / 1000,
    AmiLaunchIndex: 0,
    ...(keyName && { KeyName: keyName }),
    ...(profile && { IamInstanceProfile: { Arn: profileArn(region.account, profile), Id: `AIPA${ids.hex(16)}` } }),
    Architecture: instanceTypeOf(instanceType)?.architecture ?? 'x86_64',
    Placement: { AvailabilityZone: subnet.AvailabilityZone, GroupName: '', Tenancy: 'default' },
    Monitoring: { State: 'disabled' },
    SubnetId: subnet.SubnetId,
    VpcId: subnet.VpcId,
    SecurityGroups: securityGroupIds.map((GroupId) => ({
      GroupId,
      GroupName: region.securityGroups[GroupId]?.GroupName ?? GroupId,
    })),
    PrivateIpAddress,
    PrivateDnsName: `ip-${PrivateIpAddress.replaceAll('.', '-')}.${region.name}.compute.internal`,
    RootDeviceName: '/dev/xvda',
    RootDeviceType: 'ebs',
    VirtualizationType: 'hvm',
  }
}

const profileArn = (account: string, nameOrArn: string): string =>
  nameOrArn.startsWith('arn:') ? nameOrArn : `arn:aws:iam::${account}:instance-profile/${nameOrArn}`

/** An address in a block of /20, `at` from 0 to 4,095. */
function addressIn(block: string, at: number): string {
  const [a = '10', b = '0', c = '0'] = block.split('.')
  return `${a}.${b}.${Number(c) + (at >> 8)}.${at & 255}`
}

/** Begins to shut an instance down; one that is doing so or has done so is left as it is. */
export function terminateInstance(context: Context, record: InstanceRecord): void {
  if (isGoing(record)) return
  const message = 'Client.UserInitiatedShutdown: User initiated shutdown'
  record.instance.State = instanceState('shutting-down')
  record.instance.StateReason = { Code: 'Client.UserInitiatedShutdown', Message: message }
  setSteps(context, record, [
    { after: shuttingDown, do: 'terminated' },
    { after: remembered, do: 'forgotten' },
  ])
}

/** Whether an instance shuts down or is terminated. */
export const isGoing = ({ instance }: InstanceRecord): boolean =>
  ['shutting-down', 'terminated'].includes(instance.State.Name)

/** Performs what is due of an instance's life. */
export function advanceInstance(context: Context, record: InstanceRecord): void {
  const [step, ...rest] = record.steps
  setSteps(context, record, step ? [...perform(context, record, step), ...rest] : [])
}

/** Performs a step; answers what has to be done before the rest. */
function perform(context: Context, { instance, userData }: InstanceRecord, step: InstanceStep): InstanceStep[] {
  const { region } = context
  const { InstanceId } = instance
  if (step.do === 'running') instance.State = instanceState('running')
  if (step.do === 'terminated') {
    instance.State = instanceState('terminated')
    instanceTerminated(context, InstanceId)
  }
  if (step.do === 'forgotten') {
    delete region.instances[InstanceId]
    delete region.tags[InstanceId]
  }
  if (step.do !== 'registered') return []
  const cluster = clusterIn(userData) ?? ''
  if (region.clusters[cluster]?.cluster.status !== 'ACTIVE') return [{ after: tryingAgain, do: 'registered' }]
  register(context, cluster, instance)
  return []
}

function register(context: Context, cluster: string, instance: Ec2Instance): void {
  const { InstanceId, InstanceType, ImageId, Placement } = instance
  const { vCpus = 1, memory = 1024 } = instanceTypeOf(InstanceType) ?? {}
  registerContainerInstance(context, {
    cluster,
    ec2InstanceId: InstanceId,
    instanceType: InstanceType,
    availabilityZone: Placement.AvailabilityZone,
    imageId: ImageId,
    cpu: vCpus * 1024,
    memory: Math.floor(memory * memoryForTasks),
  })
}

function setSteps({ now }: Context, record: InstanceRecord, steps: InstanceStep[]): void {
  record.steps = steps
  if (steps[0]) record.nextAt = now + steps[0].after
  else delete record.nextAt
}

/** The instances of those ids; throws InvalidInstanceID.NotFound, which names all that are not there, and Malformed. */
export function findInstances(region: Region, ids: readonly string[]): InstanceRecord[] {
  const malformed = ids.find((id) => !/^i-[0-9a-f]{8}([0-9a-f]{9})?$/.test(id))
  if (malformed !== undefined) throw new AwsFault('InvalidInstanceID.Malformed', `Invalid id: "${malformed}"`)
  const missing = ids.filter((id) => !region.instances[id])
  if (missing.length > 0) {
    const named = missing.length > 1 ? `IDs '${missing.join(', ')}' do` : `ID '${missing[0]}' does`
    throw new AwsFault('InvalidInstanceID.NotFound', `The instance ${named} not exist`)
  }
  return [...new Set(ids)].map((id) => region.instances[id]!)
}
