import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling'
import type { Service, Task } from '@aws-sdk/client-ecs'
import type { Aws } from '../aws/aws.ts'
import { EcsTaskError } from '../ground/errors.ts'
import { assess } from './assess.ts'
import { type Fleet, type TemplateVersions, serviceOf } from './fleet.ts'
import { readContainers, readGroup } from './readGroup.ts'
import { unresolvedTemplates } from './wanted.ts'

/**
 * Reads a group, the container instances of a cluster, what runs on those that are to be replaced, and the services of
 * that. EC2 is asked only where the group leaves the version of a launch template to it. Nothing is changed. Throws
 * `NotFound` where the group, the cluster or a launch template is not there.
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
    ({ runningTasksCount = 0, pendingTasksCount = 0 }) => runningTasksCount + pendingTasksCount > 0,
  )
  const arns = leaving.map(({ containerInstanceArn = '' }) => containerInstanceArn)
  const all = await readTasksOn(aws, { cluster, containerInstances: arns, orStopping: false }, signal)
  const tasks = new Map(
    leaving.map(({ ec2InstanceId = '', containerInstanceArn }) => [
      ec2InstanceId,
      all.filter((task) => task.containerInstanceArn === containerInstanceArn),
    ]),
  )
  const names = all.flatMap((task) => serviceOf(task) ?? [])
  return { cluster, group, containers, templates, tasks, services: await readServices(aws, cluster, names, signal) }
}

/** What `$Latest` and `$Default` stand for, of the groups' launch templates that leave it open. */
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
      throw new EcsTaskError('NotFound', 'A launch template of the group is not there.', {
        why: message,
        fix: 'Give the group one that is: it can start nothing.',
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

/** The tasks on container instances that are to run there; with `orStopping` also those that are on their way out. */
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
  const taskArns = lists.flatMap((list) => list.taskArns ?? [])
  if (taskArns.length === 0) return []
  const { tasks = [] } = await aws.all('describeTasks', { cluster, tasks: taskArns }, signal)
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
