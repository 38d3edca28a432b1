import type { PlannedInput, Step } from '../../engine/step.ts'
import { type StepKind, sends } from '../../engine/stepHandler.ts'

/** Makes a target group; yields its ARN. */
export function createTargetGroup(
  input: PlannedInput<'createTargetGroup'>,
  undo: (id: string) => readonly Step[],
): Step<'createTargetGroup'> {
  const id = `createTargetGroup ${input.Name}`
  return {
    id,
    title: `Create target group ${input.Name}`,
    call: { method: 'createTargetGroup', input },
    undo: undo(id),
  }
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html: the same twice is one. */
export const createTargetGroupKind: StepKind<'createTargetGroup'> = {
  perform: sends('createTargetGroup'),
  yields: ({ TargetGroups = [] }) => TargetGroups[0]?.TargetGroupArn,
}
