/** AttachInstances: attaches detached instances to their group again. */
import { awsCommand } from '../../ground/command.ts'
import { EcsTaskError } from '../../ground/errors.ts'
import { isDetached } from '../fleet.ts'
import { gone } from '../gone.ts'
import { goOn } from '../goOn.ts'
import { heartbeat } from '../heartbeat.ts'
import { readContainers, readGroup } from '../observeInstances.ts'
import { scaleIn } from '../scaleIn.ts'
import type { Step, StepKind } from '../../engine/step.ts'
import type { StepContext, StepHandler } from '../../engine/stepHandler.ts'

export interface AttachInstances extends StepKind {
  readonly name: 'attachInstances'
  readonly method: 'attachInstances'
  readonly subject: 'instances'
  readonly params: {
    readonly cluster: string
    readonly group: string
    /** The desired capacity, as far as the plan knows. */
    readonly desired: number
    /** The EC2 instances that are not terminated to make room, by id. */
    readonly keep: readonly string[]
    /** The id of the step that it undoes. */
    readonly restores: string
  }
}

/** Milliseconds between two polls of instances that are being detached. */
const interval = 5_000

/** The group then has the desired capacity that it had before. */
export function attachInstances(
  of: AttachInstances['params'] & {
    readonly batch: string
    readonly instances: readonly string[]
    readonly names: string
  },
): Step<AttachInstances> {
  const { cluster, group, batch, instances, names, desired, keep, restores } = of
  return {
    kind: 'attachInstances',
    id: `attachInstances ${group}/${batch}`,
    title: `Attach ${names} to ${group} again`,
    subject: { type: 'instances', group, instances: [...instances] },
    call: { method: 'attachInstances', input: { AutoScalingGroupName: group, InstanceIds: [...instances] } },
    // A group at its maximum takes none: the next run replaces what is outside of it.
    mend: goOn(cluster, group),
    params: { cluster, group, desired, keep, restores },
  }
}

export const attachInstancesHandler: StepHandler<AttachInstances> = {
  async perform(step, input, context) {
    const { params } = step
    const { aws, signal, values } = context
    const detached = values.get(params.restores)
    const desired = Number((typeof detached === 'object' && detached['desired']) || params.desired)
    await leftGroup(params.group, input.InstanceIds ?? [], context)
    const containers = await readContainers(aws, params.cluster, signal)
    const there = (input.InstanceIds ?? []).filter((id) => containers.has(id))
    const { Instances = [], DesiredCapacity = 0, MaxSize = 0, MinSize = 0 } = await readGroup(aws, params.group, signal)
    const outside = there.filter((id) => !Instances.some(({ InstanceId }) => InstanceId === id))
    const room = desired - outside.length
    if (outside.length > 0 && DesiredCapacity + outside.length > MaxSize) {
      if (room < MinSize) throw noRoom(params.group, outside, DesiredCapacity + outside.length)
      await scaleIn({ ...params, step: step.id, desired: room }, context)
    }
    const answer = outside.length === 0 ? { $metadata: {} } : await attach(outside, context, params.group)
    await scaleIn({ ...params, step: step.id, desired }, context)
    return { answer, notNeeded: there.length > 0 ? undefined : gone }
  },
  undoPhase: 'shrink',
}

/** Waits until instances that are being detached have left their group: before that they cannot be attached. */
async function leftGroup(name: string, ids: readonly string[], context: StepContext) {
  const { aws, clock, signal, timeout } = context
  const beat = heartbeat(name, context)
  for (const end = clock.now() + timeout; clock.now() < end; await clock.sleep(interval, signal)) {
    const group = await readGroup(aws, name, signal)
    await beat(group)
    const { Instances = [] } = group
    if (!Instances.some((one) => ids.includes(one.InstanceId ?? '') && isDetached(one))) return
  }
}

/** Attaching raises the desired capacity by as many. */
async function attach(
  InstanceIds: string[],
  { aws, signal }: StepContext,
  name: string,
): Promise<{ $metadata: object }> {
  try {
    return await aws.call('attachInstances', { AutoScalingGroupName: name, InstanceIds }, signal)
  } catch (error) {
    // AWS refuses a call that is sent again because its answer was lost: the first one had its effect.
    const { Instances = [] } = await readGroup(aws, name, signal)
    const isThere = InstanceIds.every((id) => Instances.some(({ InstanceId }) => InstanceId === id))
    if (!isThere) throw error
    return { $metadata: {} }
  }
}

/** If a group may be neither larger nor smaller, an instance that has a replacement cannot be attached again. */
function noRoom(name: string, outside: readonly string[], maximum: number): EcsTaskError {
  const group = { 'auto-scaling-group-name': name }
  const raise = awsCommand('autoscaling update-auto-scaling-group', { ...group, 'max-size': maximum })
  const attaching = awsCommand('autoscaling attach-instances', { ...group, 'instance-ids': outside })
  return new EcsTaskError(
    'RefusedByAws',
    `Group ${name} may be neither larger nor smaller: its maximum has to be raised first.`,
    {
      why: 'Attaching an instance makes it larger, and its replacement cannot go first.',
      evidence: { mend: `${raise} && ${attaching}` },
    },
  )
}
