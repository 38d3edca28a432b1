/** CreateTargetGroup: creates a target group. */
import type { PlannedInput, Step, StepKind, UndoSteps } from '../../engine/step.ts'
import type { StepHandler } from '../../engine/stepHandler.ts'
import { balancingTags, foundBy, runIn } from '../standing.ts'

export interface CreateTargetGroup extends StepKind {
  readonly name: 'createTargetGroup'
  readonly method: 'createTargetGroup'
  readonly subject: 'targetGroup'
  readonly undo: 'deleteTargetGroup'
}

/** Yields its ARN. */
export function createTargetGroup(
  input: PlannedInput<'createTargetGroup'>,
  undo: (id: string) => UndoSteps<CreateTargetGroup>,
): Step<CreateTargetGroup> {
  const id = `createTargetGroup ${input.Name}`
  return {
    kind: 'createTargetGroup',
    id,
    title: `Create target group ${input.Name}`,
    subject: { type: 'targetGroup', name: String(input.Name) },
    call: { method: 'createTargetGroup', input },
    undo: undo(id),
  }
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html: the call is idempotent. */
export const createTargetGroupHandler: StepHandler<CreateTargetGroup> = {
  async perform(_step, input, { aws, signal }) {
    const answer = await aws.call('createTargetGroup', input, signal)
    const arn = answer.TargetGroups?.[0]?.TargetGroupArn ?? ''
    return { answer, ...(await foundBy(runIn(input.Tags), () => balancingTags(aws, arn, signal))) }
  },
  yields: ({ TargetGroups = [] }) => TargetGroups[0]?.TargetGroupArn,
}
