import type { Step } from '../../engine/step.ts'
import type { StepKind } from '../../engine/stepHandler.ts'

/** Terminates EC2 instances that are in no group any more. */
export function terminateInstances(of: {
  readonly group: string
  readonly batch: string
  readonly instances: readonly string[]
  readonly names: string
}): Step<'terminateInstances'> {
  const { group, batch, instances, names } = of
  return {
    id: `terminateInstances ${group}/${batch}`,
    title: `Terminate ${names}`,
    call: { method: 'terminateInstances', input: { InstanceIds: [...instances] } },
  }
}

export const terminateInstancesKind: StepKind<'terminateInstances'> = {
  async perform(_step, input, { aws, signal }) {
    const { InstanceIds = [] } = input
    // One that EC2 does not know any more would have it refuse them all.
    await Promise.all(
      InstanceIds.map((id) => aws.call('terminateInstances', { InstanceIds: [id] }, signal).catch(unlessGone)),
    )
    return { answer: { $metadata: {} } }
  },
}

function unlessGone(error: unknown): void {
  if ((error as Error).name !== 'InvalidInstanceID.NotFound') throw error
}
