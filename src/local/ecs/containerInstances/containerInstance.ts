// A container instance: an EC2 instance's agent registers it in a cluster, and it leaves when the instance terminates.
import type { Attribute, Resource, Tag, VersionInfo } from '@aws-sdk/client-ecs'
import { containerInstanceArn } from '../../world/arn.ts'
import type { Context, Wire } from '../../world/operation.ts'
import type { ContainerInstanceRecord } from '../../world/world.ts'
import { wakeServices } from '../cluster.ts'
import { containerInstancesOf, findCluster } from '../find.ts'
import { change } from '../../world/members.ts'
import type { ShownContainerInstance } from '../shown/records.ts'
import type { StopReason } from '../tasks/performStep.ts'
import { loseTask } from '../tasks/task.ts'
import { attributesOf } from './attributes.ts'
import { resourcesOf } from './resources.ts'
import { tasksOn } from './tasksOn.ts'
import { copyOf } from '../../world/copy.ts'

/** What an EC2 instance's agent tells of it: `cpu` in units, `memory` in MiB. */
interface AgentReport {
  /** The cluster's name, or its ARN. */
  readonly cluster: string
  readonly ec2InstanceId: string
  readonly instanceType: string
  readonly availabilityZone: string
  readonly imageId: string
  readonly cpu: number
  readonly memory: number
}

/**
 * The cluster that the user data of an instance, in base64, tells the ECS agent to join: the last `ECS_CLUSTER=name` in it,
 * which ECS's AMIs have in /etc/ecs/ecs.config. Undefined where it names none.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/bootstrap_container_instance.html
 */
export function clusterIn(userData: string | undefined): string | undefined {
  const script = Buffer.from(userData ?? '', 'base64').toString()
  return [...script.matchAll(/\bECS_CLUSTER=["']?([\w-]+)/g)].at(-1)?.[1]
}

/**
 * An EC2 instance's agent registers in a cluster; answers the container instance's ARN. `cpu` in units, `memory` in MiB.
 * From then on the cluster's tasks of launch type EC2 are placed on its container instances. One that is registered there
 * already stays as it is. Throws ClusterNotFoundException.
 */
export function registerContainerInstance(context: Context, of: AgentReport): string {
  const { clusterName } = findCluster(context.region, of.cluster).cluster
  return addContainerInstance(context, { ...of, cluster: clusterName }).containerInstance.containerInstanceArn
}

/** The EC2 instance is gone: its agent disconnects, its tasks stop, its container instance is deregistered. */
export function instanceTerminated(context: Context, ec2InstanceId: string): void {
  const found = Object.values(context.region.containerInstances).filter(
    ({ containerInstance }) =>
      containerInstance.ec2InstanceId === ec2InstanceId && containerInstance.status !== 'INACTIVE',
  )
  for (const record of found) {
    deactivate(context, record, {
      stopCode: 'TerminationNotice',
      stoppedReason: `Host EC2 (instance ${ec2InstanceId}) terminated.`,
    })
  }
}

/**
 * The same as registerContainerInstance, with the attributes and resources that the agent reports beside those that every
 * instance has; answers the record. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerInstance.html
 */
export function addContainerInstance(
  context: Context,
  of: AgentReport & {
    attributes?: readonly Wire<Attribute>[] | undefined
    registeredResources?: Wire<Resource>[] | undefined
    versionInfo?: Wire<VersionInfo> | undefined
    tags?: Wire<Tag>[] | undefined
  },
): ContainerInstanceRecord {
  const { region, ids, now } = context
  const known = containerInstancesOf(region, of.cluster).find(
    ({ containerInstance }) => containerInstance.ec2InstanceId === of.ec2InstanceId,
  )
  if (known) return known
  const arn = containerInstanceArn(region, of.cluster, ids.hex(32))
  const containerInstance: ShownContainerInstance = {
    containerInstanceArn: arn,
    ec2InstanceId: of.ec2InstanceId,
    version: 1,
    versionInfo: of.versionInfo ?? {
      agentVersion: '1.98.0',
      agentHash: '4f3a7f8e',
      dockerVersion: 'DockerVersion: 25.0.8',
    },
    registeredResources: of.registeredResources ?? resourcesOf(of),
    status: 'ACTIVE',
    agentConnected: true,
    attributes: attributesOf(of, of.attributes),
    registeredAt: now / 1000,
    attachments: [],
    tags: [],
  }
  const record = { containerInstance, cluster: of.cluster }
  region.containerInstances[arn] = record
  if (of.tags?.length) region.tags[arn] = copyOf(of.tags)
  wakeServices(context, of.cluster)
  return record
}

/** A container instance leaves its cluster, and its tasks are lost for the reason given. */
export function deactivate(
  context: Context,
  { containerInstance, cluster }: ContainerInstanceRecord,
  why: StopReason,
): void {
  change(containerInstance, {
    status: 'INACTIVE',
    agentConnected: false,
    version: containerInstance.version + 1,
  })
  for (const task of tasksOn(context.region, containerInstance.containerInstanceArn)) loseTask(context, task, why)
  wakeServices(context, cluster)
}
