/** Registers a revision with what --record says of it, or without where AWS denies that. */
import type { RegisterTaskDefinitionCommandOutput } from '@aws-sdk/client-ecs'
import type { Input } from '../../aws/aws.ts'
import { isDenied } from '../../aws/denied.ts'
import type { RecordTag } from '../../definition/recordTags.ts'
import type { Values } from '../../engine/step.ts'
import type { StepContext } from '../../engine/stepHandler.ts'
import { whyUnreadable } from '../../rollout/missingPermission.ts'
import { registerOnce } from './registerOnce.ts'

/** What a step that registers a revision knows beside its input. */
export interface RegistrationParams {
  /** The newest number that there was before. */
  readonly after: number
  /** Those of its tags that --record has added. */
  readonly record?: readonly RecordTag[]
}

/** The runs that have been told that a permission is missing. */
const told = new WeakSet<Values>()

/** A record that AWS denies fails no deploy. What else it denies, such as tags that are declared, it denies without the record, too. */
export async function registerRecorded(
  input: Input<'registerTaskDefinition'>,
  { after, record = [] }: RegistrationParams,
  context: StepContext,
): Promise<RegisterTaskDefinitionCommandOutput> {
  try {
    return await registerOnce(input, after, context)
  } catch (error) {
    if (record.length === 0 || !isDenied(error)) throw error
    const answer = await registerOnce(without(record, input), after, context)
    if (!told.has(context.values)) {
      told.add(context.values)
      const why = whyUnreadable(error, 'ecs:TagResource')
      context.emit({ type: 'warning.raised', text: `Revisions are registered without the tags of --record: ${why}.` })
    }
    return answer
  }
}

function without(
  record: readonly RecordTag[],
  { tags = [], ...input }: Input<'registerTaskDefinition'>,
): Input<'registerTaskDefinition'> {
  const others = tags.filter((tag) => !record.some(({ key }) => key === tag.key))
  // AWS refuses an empty list of tags.
  return { ...input, ...(others.length > 0 && { tags: others }) }
}
