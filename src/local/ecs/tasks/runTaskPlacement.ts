import { AwsFault } from '../../world/fault.ts'
import type { Context, Wire } from '../../world/operation.ts'
import { isPlaced, place } from '../containerInstances/placement.ts'
import { reservationOf } from '../containerInstances/reservation.ts'

/** Where a task of RunTask goes: `{}` where tasks are not placed, else a container instance, or why each of them is none. */
export function placeForRunTask(
  context: Context,
  cluster: string,
  input: Wire,
  { taskDefinition, group, launchType }: { taskDefinition: Wire; group: string; launchType: string },
): { containerInstance?: Wire; failures?: Wire[] } {
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
    throw new AwsFault('InvalidParameterException', 'No Container Instances were found in your cluster.')
  }
  return {
    failures: failures.map((each) => ({ arn: each.containerInstance.containerInstanceArn, reason: each.reason })),
  }
}
