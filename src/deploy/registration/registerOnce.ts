/** Registers a revision, once however often AWS's answer is lost. */
import type { RegisterTaskDefinitionCommandOutput, Tag } from '@aws-sdk/client-ecs'
import { awsCommand } from '../../ground/command.ts'
import type { Input } from '../../aws/aws.ts'
import { isLost } from '../../aws/retry.ts'
import { isRecordTag } from '../../definition/recordTags.ts'
import { sameTaskDefinition } from '../../definition/sameTaskDefinition.ts'
import type { StepContext } from '../../engine/stepHandler.ts'
import { activeRevisions } from '../revisions.ts'

/** How often a registration whose answer was lost is sent. */
const attempts = 4
/** How often a revision that may have been registered is looked for: a list may lag behind. */
const looks = 3
/** Milliseconds between two looks. */
const settling = 3_000

/** Registers a revision; `after` is the newest number that there was before. */
export async function registerOnce(
  input: Input<'registerTaskDefinition'>,
  after: number,
  context: StepContext,
): Promise<RegisterTaskDefinitionCommandOutput> {
  const { aws, signal } = context
  for (let attempt = 1; ; attempt++) {
    try {
      return await aws.call('registerTaskDefinition', input, signal)
    } catch (error) {
      if (!isLost(error)) throw error
      // Registering again would make a second revision, so it is looked for first.
      const registered = await registeredMeanwhile(input, after, context).catch(() => 'not to be seen' as const)
      if (typeof registered === 'object') return registered
      context.noteLeftover(
        `A revision of ${input.family} may have been registered and is unused. Look for it with: ${awsCommand('ecs list-task-definitions', { 'family-prefix': input.family, sort: 'DESC' })}`,
      )
      if (attempt === attempts || registered === 'not to be seen') throw error
    }
  }
}

/** The revision that a call has made whose answer was lost: it is newer than all there were, and it is what was sent. */
async function registeredMeanwhile(
  input: Input<'registerTaskDefinition'>,
  after: number,
  { aws, clock, signal, values }: StepContext,
): Promise<RegisterTaskDefinitionCommandOutput | undefined> {
  const ours = new Set(values.values())
  for (let look = 1; look <= looks; look++) {
    await clock.sleep(settling, signal)
    const newer = (await activeRevisions(aws, input.family ?? '', signal)).filter(
      ({ arn, revision }) => revision > after && !ours.has(arn),
    )
    for (const { arn } of newer) {
      const of = { taskDefinition: arn, include: ['TAGS' as const] }
      const { taskDefinition, tags } = await aws.call('describeTaskDefinition', of, signal)
      const isSame = taskDefinition && sameTaskDefinition(input, { ...taskDefinition, tags })
      // Revisions are compared without what --record says, but another run's is not this one's.
      if (isSame && recordOf(input.tags) === recordOf(tags)) return { taskDefinition, tags, $metadata: {} }
    }
  }
  return undefined
}

function recordOf(tags: readonly Tag[] = []): string {
  const record = tags.filter(isRecordTag).map(({ key, value }) => `${key}=${value}`)
  return record.toSorted().join('\n')
}
