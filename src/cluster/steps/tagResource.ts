/** TagResource: tags a service or a revision of ECS. */
import type { Reference, Step, StepKind } from '../../engine/step.ts'
import { type StepHandler, sends } from '../../engine/stepHandler.ts'

export interface TagResource extends StepKind {
  readonly name: 'tagResource'
  readonly method: 'tagResource'
  readonly subject: 'tagged'
  readonly undo: 'tagResource'
}

type Tags = Readonly<Record<string, string>>

/**
 * `name` is what people call it: `service web`. If the tags `before` are known, they are restored on the way back; a tag
 * that did not exist becomes an empty one.
 */
export function tagResource(
  of: { readonly arn: string | Reference; readonly name: string; readonly tags: Tags; readonly before?: Tags },
  changes?: readonly string[],
): Step<TagResource> {
  const { arn, name, tags, before } = of
  const to = (id: string, title: string, values: Tags): Step<TagResource> => ({
    kind: 'tagResource',
    id,
    title,
    subject: { type: 'tagged', name },
    call: {
      method: 'tagResource',
      input: { resourceArn: arn, tags: Object.entries(values).map(([key, value]) => ({ key, value })) },
    },
  })
  const was = before && Object.fromEntries(Object.keys(tags).map((key) => [key, before[key] ?? '']))
  return {
    ...to(`tagResource ${name}`, `Tag ${name}`, tags),
    ...(changes && { changes }),
    undo: was ? [to(`tagResource ${name} back`, `Tag ${name} as it was`, was)] : [],
  }
}

export const tagResourceHandler: StepHandler<TagResource> = { perform: sends('tagResource') }
