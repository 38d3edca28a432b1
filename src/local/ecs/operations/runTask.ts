// RunTask: starts up to 10 tasks outside of any service.
import type { RunTaskRequest, RunTaskResponse, Failure, Tag } from '@aws-sdk/client-ecs'
import { containerInstanceArn } from '../../world/arn.ts'
import { AwsFault } from '../../world/fault.ts'
import type { Context, Operation, Wire } from '../../world/operation.ts'
import { tagsOf } from '../../world/tags.ts'
import type { TaskRecord } from '../../world/world.ts'
import { checkPlace } from '../checks/place.ts'
import { checkLaunchVolumes } from '../checks/serviceVolumes.ts'
import { isPlaced, place } from '../containerInstances/placement.ts'
import { reservationOf } from '../containerInstances/resources.ts'
import { findCluster, findTaskDefinition } from '../find.ts'
import type { RunTaskInput } from '../inputs.ts'
import { invalid } from '../invalid.ts'
import { checkCapacityProviders } from '../services/capacityRules.ts'
import type { ShownContainerInstance, ShownTaskDefinition } from '../shown/records.ts'
import { cannotPlace } from '../tasks/images.ts'
import { launchTypeOf } from '../tasks/newTask.ts'
import { checkRunTask, checkRunTaskOf } from '../tasks/runTaskRules.ts'
import { shownTask, startTask } from '../tasks/task.ts'

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html */
export const runTask: Operation<RunTaskRequest, RunTaskResponse> = (input, context): Wire<RunTaskResponse> => {
  const { region } = context
  const { cluster } = findCluster(region, input.cluster)
  const { clusterName } = cluster
  checkRunTask(input)
  checkCapacityProviders(region, cluster, input.capacityProviderStrategy)
  checkPlace(input)
  const before = tasksOfToken(input, context, clusterName)
  if (before) return answer(context, before)
  const taskDefinition = findTaskDefinition(region, input.taskDefinition)?.taskDefinition
  if (!taskDefinition) throw new AwsFault('ClientException', 'TaskDefinition not found.')
  checkRunTaskOf(taskDefinition, input)
  checkLaunchVolumes(input.volumeConfigurations, taskDefinition)
  if (cannotPlace(taskDefinition)) return { tasks: [], failures: [placementFailure(context, clusterName)] }
  const { records, failures } = started(context, clusterName, taskDefinition, input)
  if (input.clientToken && records.length > 0) {
    const taskArns = records.map(({ task }) => task.taskArn)
    region.runTaskTokens[`${clusterName}/${input.clientToken}`] = { input: canonical(input), taskArns }
  }
  return answer(context, records, failures)
}

const answer = ({ region }: Context, records: TaskRecord[], failures: Wire<Failure>[] = []): Wire<RunTaskResponse> => ({
  tasks: records.map((record) => shownTask(region, record, ['TAGS'])),
  failures,
})

/** As many tasks as there is room for, and why there is none for more. */
function started(
  context: Context,
  cluster: string,
  taskDefinition: ShownTaskDefinition,
  input: RunTaskInput,
): { records: TaskRecord[]; failures: Wire<Failure>[] } {
  const { count = 1, group = `family:${taskDefinition.family}`, launchType } = input
  const capacityProviderName = input.capacityProviderStrategy?.[0]?.capacityProvider
  const tags = tagsFor(input, context, cluster, taskDefinition)
  const of = { taskDefinition, group, launchType: launchTypeOf({ launchType, capacityProviderName }) }
  const records: TaskRecord[] = []
  while (records.length < count) {
    const { failures, ...placed } = placeForRunTask(context, cluster, input, of)
    if (failures) return { records, failures }
    records.push(
      startTask(context, { ...input, cluster, taskDefinition, group, capacityProviderName, tags, ...placed }),
    )
  }
  return { records, failures: [] }
}

/** The tasks that this token has started already; the same token with another input is a conflict. */
function tasksOfToken(input: RunTaskInput, { region }: Context, cluster: string): TaskRecord[] | undefined {
  const known = input.clientToken === undefined ? undefined : region.runTaskTokens[`${cluster}/${input.clientToken}`]
  if (!known) return undefined
  if (known.input === canonical(input)) return known.taskArns.flatMap((arn) => region.tasks[arn] ?? [])
  const message = 'The clientToken was used before with other parameters.'
  throw new AwsFault('ConflictException', message, 400, { resourceIds: known.taskArns })
}

/** An input as text, whatever the order in which its members came. */
const canonical = (input: RunTaskInput): string =>
  JSON.stringify(input, (_, value: unknown) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )

function tagsFor(
  input: RunTaskInput,
  { region }: Context,
  cluster: string,
  { taskDefinitionArn }: ShownTaskDefinition,
): Wire<Tag>[] {
  const propagated = input.propagateTags === 'TASK_DEFINITION' ? tagsOf(region, taskDefinitionArn) : []
  const managed = input.enableECSManagedTags ? [{ key: 'aws:ecs:clusterName', value: cluster }] : []
  const byKey = new Map([...propagated, ...(input.tags ?? []), ...managed].map((tag) => [tag.key, tag]))
  return [...byKey.values()]
}

/** No exception: a request that cannot be placed is answered with failures, one for each container instance. */
function placementFailure({ region, ids }: Context, cluster: string): Wire<Failure> {
  return { arn: containerInstanceArn(region, cluster, ids.hex(32)), reason: 'RESOURCE:MEMORY' }
}

/** Where a task of RunTask goes: `{}` where tasks are not placed, else a container instance, or why each of them is none. */
function placeForRunTask(
  context: Context,
  cluster: string,
  input: RunTaskInput,
  { taskDefinition, group, launchType }: { taskDefinition: ShownTaskDefinition; group: string; launchType: string },
): { containerInstance?: ShownContainerInstance; failures?: Wire<Failure>[] } {
  if (!isPlaced(context.region, cluster, launchType)) return {}
  const { containerInstance, failures } = place(context, {
    cluster,
    group,
    reserved: reservationOf(taskDefinition, input.overrides),
    constraints: [...(input.placementConstraints ?? []), ...taskDefinition.placementConstraints],
    strategy: input.placementStrategy ?? [{ type: 'random' }],
  })
  if (containerInstance) return { containerInstance }
  if (failures.length === 0) {
    throw invalid('No Container Instances were found in your cluster.')
  }
  return {
    failures: failures.map((each) => ({ arn: each.containerInstance.containerInstanceArn, reason: each.reason })),
  }
}
