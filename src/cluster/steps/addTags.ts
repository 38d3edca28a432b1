/** AddTags: the tags of a load balancer, target group or listener. */
import type { Step, StepKind, UndoSteps } from '../../engine/step.ts'
import { type StepHandler, sends } from '../../engine/stepHandler.ts'

export interface AddTags extends StepKind {
  readonly name: 'addTags'
  readonly method: 'addTags'
  readonly subject: 'tagged'
  readonly undo: 'addTags'
}

/** Undone by tagging it as it was `before`. `name` is what people call it: `the listener of web-lb`. */
export function addTags(of: {
  readonly arn: string
  readonly name: string
  readonly before: Readonly<Record<string, string>>
  readonly after: Readonly<Record<string, string>>
}): Step<AddTags> {
  const { arn, name, before, after } = of
  const to = (tags: Readonly<Record<string, string>>, undo?: UndoSteps<AddTags>): Step<AddTags> => ({
    kind: 'addTags',
    id: `addTags ${arn}${undo ? '' : ' back'}`,
    title: undo ? `Tag ${name}` : `Tag ${name} as it was`,
    subject: { type: 'tagged', name },
    call: {
      method: 'addTags',
      input: { ResourceArns: [arn], Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) },
    },
    ...(undo && {
      undo,
      changes: Object.entries(tags).map(
        ([key, value]) => `tags/${key}: ${before[key] || 'nothing'} → ${value || 'nothing'}`,
      ),
    }),
  })
  return to(after, [to(Object.fromEntries(Object.keys(after).map((key) => [key, before[key] ?? ''])))])
}

export const addTagsHandler: StepHandler<AddTags> = { perform: sends('addTags') }
