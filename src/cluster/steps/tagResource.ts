import type { Reference, Step } from '../../engine/step.ts'
import { type StepKind, sends } from '../../engine/stepHandler.ts'

type Tags = Readonly<Record<string, string>>

/**
 * Tags something of ECS's. `name` is what a person calls it. Where it is known what was there `before`, the same tags are
 * put back should the run fail, those that were not there as empty ones.
 */
export function tagResource(
  of: { readonly arn: string | Reference; readonly name: string; readonly tags: Tags; readonly before?: Tags },
  changes?: readonly string[],
): Step<'tagResource'> {
  const { arn, name, tags, before } = of
  const to = (id: string, title: string, values: Tags): Step<'tagResource'> => ({
    id,
    title,
    call: {
      method: 'tagResource',
      input: { resourceArn: arn, tags: Object.entries(values).map(([key, value]) => ({ key, value })) },
    },
  })
  const was = before && Object.fromEntries(Object.keys(tags).map((key) => [key, before[key] ?? '']))
  return {
    ...to(`tagResource ${name}`, `Tag ${name}`, tags),
    changes,
    undo: was ? [to(`tagResource ${name} back`, `Tag ${name} as it was`, was)] : [],
  }
}

export const tagResourceKind: StepKind<'tagResource'> = { perform: sends('tagResource') }
