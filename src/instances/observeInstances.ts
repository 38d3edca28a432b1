/** Reads an Auto Scaling group, its launch templates, and container instances, tasks and services of a cluster. */
import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling'
import type { ContainerInstance, Service, Task } from '@aws-sdk/client-ecs'
import type { Aws } from '../aws/aws.ts'
import { EcsTaskError } from '../ground/errors.ts'
import { ownAttributes, readPlacement } from './attributes.ts'
import { assess } from './assess.ts'
import { type Fleet, type TemplateVersions, serviceOf, tasksOn } from './fleet.ts'
import { unresolvedTemplates } from './outdated.ts'

/**
 * Also reads the tasks on the instances that are to be replaced, and their services. EC2 is asked only if the group leaves
 * the version of a launch template to it. Throws `NotFound` if the group, the cluster or a launch template does not exist.
 */
export async function observeInstances(
  aws: Aws,
  of: { readonly cluster: string; readonly group: string },
  signal?: AbortSignal,
): Promise<Fleet> {
  const { cluster } = of
  const [group, containers] = await Promise.all([
    readGroup(aws, of.group, signal),
    readContainers(aws, cluster, signal),
  ])
  const templates = await readTemplates(aws, [group], signal)
  const { outdated, detached } = assess({ group, containers, templates })
  const leaving = [...outdated.flatMap(({ InstanceId = '' }) => containers.get(InstanceId) ?? []), ...detached].filter(
    (container) => tasksOn(container) > 0,
  )
  const all = await readTasksOfMany(aws, { cluster, containers, leaving }, signal)
  const tasks = new Map(
    leaving.map(({ ec2InstanceId = '', containerInstanceArn }) => [
      ec2InstanceId,
      all.filter((task) => task.containerInstanceArn === containerInstanceArn),
    ]),
  )
  const names = all.flatMap((task) => serviceOf(task) ?? [])
  const services = await readServices(aws, cluster, names, signal)
  const placedBy = leaving.some((one) => ownAttributes(one).length > 0)
    ? await readPlacement(aws, services, signal)
    : new Map<string, string[]>()
  return { cluster, group, containers, templates, tasks, services, placedBy }
}

/** The versions behind `$Latest` and `$Default` of the groups' launch templates. */
export async function readTemplates(
  aws: Aws,
  groups: readonly AutoScalingGroup[],
  signal?: AbortSignal,
): Promise<Map<string, TemplateVersions>> {
  const ids = [...new Set(groups.flatMap(unresolvedTemplates))]
  if (ids.length === 0) return new Map()
  const { LaunchTemplates = [] } = await aws
    .all('describeLaunchTemplates', { LaunchTemplateIds: ids }, signal)
    .catch((error: unknown) => {
      const { name, message } = error as Error
      if (!name.startsWith('InvalidLaunchTemplateId')) throw error
      throw new EcsTaskError('NotFound', 'A launch template of the group does not exist.', {
        why: message,
        fix: 'Set an existing one: without it the group cannot start instances.',
      })
    })
  return new Map(
    LaunchTemplates.map(({ LaunchTemplateId = '', LaunchTemplateName = '', ...versions }) => [
      LaunchTemplateId,
      {
        name: LaunchTemplateName,
        defaultVersion: String(versions.DefaultVersionNumber),
        latestVersion: String(versions.LatestVersionNumber),
      },
    ]),
  )
}

/** The tasks on many container instances: of the whole cluster at once, where that takes fewer calls than one for each. */
async function readTasksOfMany(
  aws: Aws,
  of: {
    readonly cluster: string
    readonly containers: ReadonlyMap<string, ContainerInstance>
    readonly leaving: readonly ContainerInstance[]
  },
  signal?: AbortSignal,
): Promise<Task[]> {
  const { cluster, containers, leaving } = of
  const arns = leaving.map(({ containerInstanceArn = '' }) => containerInstanceArn)
  const pages = Math.ceil([...containers.values()].reduce((sum, one) => sum + tasksOn(one), 0) / 100)
  if (arns.length <= pages) {
    return readTasksOn(aws, { cluster, containerInstances: arns, orStopping: false }, signal)
  }
  const { taskArns = [] } = await aws.all('listTasks', { cluster, launchType: 'EC2' }, signal)
  const tasks = await readTasks(aws, { cluster, tasks: taskArns }, signal)
  return tasks.filter(({ containerInstanceArn = '' }) => arns.includes(containerInstanceArn))
}

/** The tasks on container instances; with `orStopping` also those that are stopping. */
export async function readTasksOn(
  aws: Aws,
  of: { readonly cluster: string; readonly containerInstances: readonly string[]; readonly orStopping: boolean },
  signal?: AbortSignal,
): Promise<Task[]> {
  const { cluster, containerInstances, orStopping } = of
  const statuses = orStopping ? (['RUNNING', 'STOPPED'] as const) : (['RUNNING'] as const)
  const lists = await Promise.all(
    containerInstances.flatMap((containerInstance) =>
      statuses.map((desiredStatus) => aws.all('listTasks', { cluster, containerInstance, desiredStatus }, signal)),
    ),
  )
  return readTasks(aws, { cluster, tasks: lists.flatMap((list) => list.taskArns ?? []) }, signal)
}

/** Those of some tasks that have not stopped. */
async function readTasks(
  aws: Aws,
  of: { readonly cluster: string; readonly tasks: string[] },
  signal?: AbortSignal,
): Promise<Task[]> {
  if (of.tasks.length === 0) return []
  const { tasks = [] } = await aws.all('describeTasks', of, signal)
  return tasks.filter(({ lastStatus }) => lastStatus !== 'STOPPED')
}

/** Services of a cluster by their names. */
export async function readServices(
  aws: Aws,
  cluster: string,
  names: readonly string[],
  signal?: AbortSignal,
): Promise<Map<string, Service>> {
  if (names.length === 0) return new Map()
  const { services = [] } = await aws.all('describeServices', { cluster, services: [...new Set(names)] }, signal)
  return new Map(services.map((service) => [service.serviceName ?? '', service]))
}

/** Throws `NotFound` if there is no Auto Scaling group of that name. */
export async function readGroup(aws: Aws, name: string, signal?: AbortSignal): Promise<AutoScalingGroup> {
  const { AutoScalingGroups = [] } = await aws.call(
    'describeAutoScalingGroups',
    { AutoScalingGroupNames: [name] },
    signal,
  )
  const [group] = AutoScalingGroups
  if (group) return group
  throw new EcsTaskError('NotFound', `There is no Auto Scaling group ${name}.`, {
    fix: 'Check --asg, the region and the account.',
  })
}

/** The container instances of a cluster, by the id of the EC2 instance. Throws `NotFound` if there is no such cluster. */
export async function readContainers(
  aws: Aws,
  cluster: string,
  signal?: AbortSignal,
): Promise<Map<string, ContainerInstance>> {
  const { containerInstanceArns = [] } = await aws
    .all('listContainerInstances', { cluster }, signal)
    .catch((error: unknown) => {
      if ((error as Error).name !== 'ClusterNotFoundException') throw error
      throw new EcsTaskError('NotFound', `There is no cluster ${cluster}.`, {
        fix: 'Check --cluster, the region and the account.',
      })
    })
  return describeContainers(aws, { cluster, arns: containerInstanceArns }, signal)
}

/** Those of the given container instances that still exist, by the id of the EC2 instance. */
export async function describeContainers(
  aws: Aws,
  { cluster, arns }: { readonly cluster: string; readonly arns: readonly string[] },
  signal?: AbortSignal,
): Promise<Map<string, ContainerInstance>> {
  if (arns.length === 0) return new Map()
  const { containerInstances = [] } = await aws.all(
    'describeContainerInstances',
    { cluster, containerInstances: [...arns] },
    signal,
  )
  const there = containerInstances.filter(({ status }) => status !== 'INACTIVE')
  return new Map(there.map((one) => [one.ec2InstanceId ?? '', one]))
}
