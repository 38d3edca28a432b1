import type { Reference, Step } from '../step.ts'
import { type StepKind, sends } from '../stepKind.ts'

/** Tags something of ECS's. `name` is what a person calls it. */
export function tagResource(
  of: { readonly arn: string | Reference; readonly name: string; readonly tags: Readonly<Record<string, string>> },
  changes?: readonly string[],
): Step<'tagResource'> {
  const { arn, name, tags } = of
  return {
    id: `tagResource ${name}`,
    title: `Tag ${name}`,
    call: {
      method: 'tagResource',
      input: { resourceArn: arn, tags: Object.entries(tags).map(([key, value]) => ({ key, value })) },
    },
    changes,
  }
}

export const tagResourceKind: StepKind<'tagResource'> = { perform: sends('tagResource') }
