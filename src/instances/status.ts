/** The status of the groups that back a cluster: their instances, and which of them are outdated. */
import type { AutoScalingGroup, Instance } from '@aws-sdk/client-auto-scaling'
import type { ContainerInstance } from '@aws-sdk/client-ecs'
import type { Aws } from '../aws/aws.ts'
import { type Assessment, assess } from './assess.ts'
import { type TemplateVersions, tasksOn } from './fleet.ts'
import { readContainers, readGroup, readTemplates } from './observeInstances.ts'
import { shownLaunchChoices } from './outdated.ts'

/** One instance of a group, or one that was detached from it. */
export interface InstanceStatus {
  readonly instance: string
  readonly zone: string
  readonly type: string
  /** Its state in the group: `InService`; `Detached` if a refresh that was cut off has detached it. */
  readonly lifecycleState: string
  /** Its status in the cluster; undefined if it never joined. */
  readonly status: string | undefined
  /** How many tasks run on it or are about to. */
  readonly tasks: number
  /** In what it differs from what the group would launch now; undefined: up to date. */
  readonly outdated: string | undefined
}

/** An Auto Scaling group, and its instances. */
export interface GroupStatus {
  readonly group: string
  /** What it would launch now: `launch template web, version 4`. */
  readonly starts: string
  readonly desired: number
  readonly minimum: number
  readonly maximum: number
  readonly instances: readonly InstanceStatus[]
  /** What differs from the state after a finished refresh, a sentence each. */
  readonly findings: readonly string[]
}

/** The groups that back a cluster, as `instances status --json` prints them. */
export interface InstancesStatus {
  readonly version: 1
  /** `current` if every instance is up to date. */
  readonly state: 'current' | 'outdated'
  readonly cluster: string
  readonly groups: readonly GroupStatus[]
}

/**
 * Reads the group that is named, or every group that has an instance in the cluster. EC2 is asked only if a group leaves the
 * version of a launch template to it. Throws `NotFound` if the cluster or the group does not exist.
 */
export async function readInstancesStatus(
  aws: Aws,
  of: { readonly cluster: string; readonly group?: string | undefined },
  signal?: AbortSignal,
): Promise<InstancesStatus> {
  const { cluster } = of
  const containers = await readContainers(aws, cluster, signal)
  const groups =
    of.group === undefined
      ? await readBackingGroups(aws, [...containers.keys()], signal)
      : [await readGroup(aws, of.group, signal)]
  const templates = await readTemplates(aws, groups, signal)
  const all = groups.map((group) => groupStatus(group, containers, templates))
  const isOld = all.some(({ instances }) => instances.some(({ outdated }) => outdated !== undefined))
  return { version: 1, state: isOld ? 'outdated' : 'current', cluster, groups: all }
}

async function readBackingGroups(
  aws: Aws,
  all: readonly string[],
  signal: AbortSignal | undefined,
): Promise<AutoScalingGroup[]> {
  // An instance from outside of EC2 has an id of another kind, which Auto Scaling would refuse.
  const ids = all.filter((id) => id.startsWith('i-'))
  if (ids.length === 0) return []
  const { AutoScalingInstances = [] } = await aws.all('describeAutoScalingInstances', { InstanceIds: ids }, signal)
  const names = [...new Set(AutoScalingInstances.map(({ AutoScalingGroupName = '' }) => AutoScalingGroupName))]
  if (names.length === 0) return []
  const { AutoScalingGroups = [] } = await aws.all(
    'describeAutoScalingGroups',
    { AutoScalingGroupNames: names },
    signal,
  )
  return AutoScalingGroups
}

function groupStatus(
  group: AutoScalingGroup,
  containers: ReadonlyMap<string, ContainerInstance>,
  templates: ReadonlyMap<string, TemplateVersions>,
): GroupStatus {
  const { AutoScalingGroupName = '', DesiredCapacity = 0, MinSize = 0, MaxSize = 0, Instances = [] } = group
  const assessment = assess({ group, containers, templates })
  const outside = new Set(assessment.detached.map(({ ec2InstanceId }) => ec2InstanceId))
  const statusOf = (instance: Partial<Instance>, outdated: string | undefined): InstanceStatus => {
    const { InstanceId = '', AvailabilityZone = '', InstanceType = '', LifecycleState = '' } = instance
    const container = containers.get(InstanceId) ?? {}
    return {
      instance: InstanceId,
      zone: AvailabilityZone,
      type: InstanceType,
      lifecycleState: LifecycleState,
      status: container.status,
      tasks: tasksOn(container),
      outdated,
    }
  }
  return {
    group: AutoScalingGroupName,
    starts: shownLaunchChoices(assessment.launchChoices),
    desired: DesiredCapacity,
    minimum: MinSize,
    maximum: MaxSize,
    instances: [
      ...Instances.filter(({ InstanceId }) => !outside.has(InstanceId)).map((instance) =>
        statusOf(instance, assessment.because.get(instance.InstanceId ?? '')),
      ),
      ...assessment.detached.map(({ ec2InstanceId }) => ({
        ...statusOf({ InstanceId: ec2InstanceId }, 'detached by a refresh that was cut off'),
        lifecycleState: 'Detached',
      })),
    ],
    findings: findingsOf(group, assessment),
  }
}

function findingsOf(group: AutoScalingGroup, { absent, joining, detached, takenBack, settled }: Assessment): string[] {
  const { AutoScalingGroupName: name, DesiredCapacity } = group
  const again = 'Refresh it again, which goes on from there.'
  return [
    ...[...absent, ...joining].map(({ InstanceId }) => `Instance ${InstanceId} has not joined the cluster.`),
    ...(detached.length + takenBack.length > 0 || DesiredCapacity !== settled
      ? [`A refresh of ${name} was cut off: without it the group wants ${settled}. ${again}`]
      : []),
  ]
}
