/** The status of the groups that back a cluster: their instances, and which of them are outdated. */
import type { AutoScalingGroup, Instance } from '@aws-sdk/client-auto-scaling'
import type { Aws } from '../aws/aws.ts'
import { type Assessment, assess } from './assess.ts'
import { type Fleet, tasksOn } from './fleet.ts'
import { readContainers, readGroup, readTemplates } from './observeInstances.ts'
import { shownLaunchChoices } from './outdated.ts'
import { type Signature, isNoted, settledMaximum, signatureOf } from './refreshNotes.ts'
import { type Watch, cutOffText, runUnderWay, underWayText } from './underWay.ts'

/** One instance of a group, or one that was detached from it. */
export interface InstanceStatus {
  readonly instance: string
  readonly zone: string
  readonly type: string
  /** Its state in the group: `InService`; `Detached` if an interrupted refresh detached it. */
  readonly lifecycleState: string
  /** Its status in the cluster; undefined if it never joined. */
  readonly status: string | undefined
  /** How many tasks run or are about to run on it. */
  readonly tasks: number
  /** How it differs from what the group would launch now; undefined: up to date. */
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
  /** Differences from the state after a finished refresh, a sentence each. */
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

/** A cluster, and one of its groups. */
interface Which {
  readonly cluster: string
  readonly group?: string | undefined
}

/**
 * Reads the group that is named, or every group that has an instance in the cluster. EC2 is asked only if a group leaves the
 * version of a launch template to it. Where a refresh is noted it takes up to a minute to see whether that is under way.
 * Throws `NotFound` if the cluster or the group does not exist.
 */
export async function readInstancesStatus(watch: Watch, of: Which): Promise<InstancesStatus> {
  const { cluster } = of
  const before = await readBacked(watch, of)
  const noted = before.groups.filter((group) => signatureOf(group))
  const runs = new Map(
    await Promise.all(
      noted.map(async (group) => [group.AutoScalingGroupName, await runUnderWay(group, watch)] as const),
    ),
  )
  const { containers, groups, templates } = noted.length > 0 ? await readBacked(watch, of) : before
  const all = groups.map((group) =>
    groupStatus({ cluster, group, containers, templates }, runs.get(group.AutoScalingGroupName)),
  )
  const isOld = all.some(({ instances }) => instances.some(({ outdated }) => outdated !== undefined))
  return { version: 1, state: isOld ? 'outdated' : 'current', cluster, groups: all }
}

async function readBacked({ aws, signal }: Watch, of: Which) {
  const { cluster } = of
  const containers = await readContainers(aws, cluster, signal)
  const groups =
    of.group === undefined
      ? await readBackingGroups(aws, [...containers.keys()], signal)
      : [await readGroup(aws, of.group, signal)]
  const templates = await readTemplates(aws, groups, signal)
  return { containers, groups, templates }
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
  of: Pick<Fleet, 'cluster' | 'group' | 'containers' | 'templates'>,
  run: Signature | undefined,
): GroupStatus {
  const { group, containers } = of
  const { AutoScalingGroupName = '', DesiredCapacity = 0, MinSize = 0, MaxSize = 0, Instances = [] } = group
  const assessment = assess(of)
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
        ...statusOf(
          { InstanceId: ec2InstanceId },
          run ? 'detached by the refresh in progress' : 'detached by an interrupted refresh',
        ),
        lifecycleState: 'Detached',
      })),
    ],
    findings: findingsOf(of, assessment, run),
  }
}

function findingsOf(
  { group, cluster }: Pick<Fleet, 'group' | 'cluster'>,
  assessment: Assessment,
  run: Signature | undefined,
): string[] {
  const { absent, joining, detached, takenBack, settled } = assessment
  const isCutOff = run === undefined && (detached.length + takenBack.length > 0 || isNoted(group))
  return [
    ...(run ? [underWayText(group.AutoScalingGroupName ?? '', run)] : []),
    ...[...absent, ...joining].map(({ InstanceId }) => `Instance ${InstanceId} has not joined the cluster.`),
    ...(isCutOff ? [cutOffText(cluster, group, { desired: settled, maximum: settledMaximum(group) })] : []),
  ]
}
