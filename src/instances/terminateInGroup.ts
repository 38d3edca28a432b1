import type { TerminateInstanceInAutoScalingGroupCommandOutput as Answer } from '@aws-sdk/client-auto-scaling'
import type { Aws, Input } from '../aws/aws.ts'
import { readGroup } from './readGroup.ts'

/**
 * Terminates an instance in its group. Where it has gone already, by somebody else's word or by a call whose answer was
 * lost, the answer has no activity.
 */
export async function terminateInGroup(
  aws: Aws,
  { group, input }: { readonly group: string; readonly input: Input<'terminateInstanceInAutoScalingGroup'> },
  signal: AbortSignal,
): Promise<Answer> {
  try {
    return await aws.call('terminateInstanceInAutoScalingGroup', input, signal)
  } catch (error) {
    if (signal.aborted) throw error
    const { Instances = [] } = await readGroup(aws, group, signal)
    const there = Instances.find(({ InstanceId }) => InstanceId === input.InstanceId)
    if (there && !there.LifecycleState?.startsWith('Terminating')) throw error
    return { $metadata: {} }
  }
}
