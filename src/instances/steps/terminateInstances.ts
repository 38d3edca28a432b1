/** TerminateInstances: terminates EC2 instances that were detached from their group. */
import { gone, unlessGone } from '../gone.ts'
import type { Step, StepKind } from '../../engine/step.ts'
import type { StepHandler } from '../../engine/stepHandler.ts'

export interface TerminateInstances extends StepKind {
  readonly name: 'terminateInstances'
  readonly method: 'terminateInstances'
  readonly subject: 'instances'
}

export function terminateInstances(of: {
  readonly group: string
  readonly batch: string
  readonly instances: readonly string[]
  readonly names: string
}): Step<TerminateInstances> {
  const { group, batch, instances, names } = of
  return {
    kind: 'terminateInstances',
    id: `terminateInstances ${group}/${batch}`,
    title: `Terminate ${names}`,
    subject: { type: 'instances', group, instances: [...instances] },
    call: { method: 'terminateInstances', input: { InstanceIds: [...instances] } },
  }
}

export const terminateInstancesHandler: StepHandler<TerminateInstances> = {
  async perform(_step, input, { aws, signal }) {
    const { InstanceIds = [] } = input
    // EC2 refuses the whole call if it no longer knows one of them.
    const answers = await Promise.all(
      InstanceIds.map((id) => aws.call('terminateInstances', { InstanceIds: [id] }, signal).catch(unlessGone)),
    )
    return { answer: { $metadata: {} }, notNeeded: answers.some(Boolean) ? undefined : gone }
  },
}
