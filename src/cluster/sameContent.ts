/** Whether revisions of a stack are the same but for the tags that only say who registered them and whether they have run. */
import type { TaskDefinition } from '../definition/definition.ts'
import { sameTaskDefinition } from '../definition/sameTaskDefinition.ts'
import type { Registered } from '../deploy/world.ts'
import { ranTag, runTag } from './ownership.ts'

export function hasSameContent(wanted: TaskDefinition, registered: Registered): boolean {
  return sameTaskDefinition(contentOf(wanted), withContent(registered))
}

/** A registered revision with its tags, but for those. */
export function withContent({ taskDefinition, tags }: Registered) {
  return { ...taskDefinition, tags: tags.filter(isContent) }
}

function contentOf(wanted: TaskDefinition): TaskDefinition {
  return { ...wanted, tags: (wanted.tags ?? []).filter(isContent) }
}

const isContent = ({ key }: { readonly key?: string | undefined }): boolean => key !== ranTag && key !== runTag
