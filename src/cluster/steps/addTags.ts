/** AddTags: tags of something of Elastic Load Balancing. */
import type { Step, StepKind, UndoSteps } from '../../engine/step.ts'
import { type StepHandler, sends } from '../../engine/stepHandler.ts'

export interface AddTags extends StepKind {
  readonly name: 'addTags'
  readonly method: 'addTags'
  readonly subject: 'tagged'
  readonly undo: 'addTags'
}

/** Tags something of a load balancer's, and as it was again should the run fail. `name` is what a person calls it. */
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
