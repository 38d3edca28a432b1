// Whether two task definitions mean the same, and where they differ.
import type { RegisterTaskDefinitionCommandInput, Tag, TaskDefinition } from '@aws-sdk/client-ecs'
import { type Change, changesBetween } from './changesBetween.ts'
import { canonical, normalTaskDefinition } from './normalTaskDefinition.ts'

/** DescribeTaskDefinition's answer (asked with `include: ['TAGS']`) with the tags, which it has beside it, put in. */
type DescribedTaskDefinition = TaskDefinition & { readonly tags?: readonly Tag[] | undefined }

/**
 * Whether registering `declared`, its image tag filled in, would make nothing but another number for what is registered
 * already. In doubt it would: two that differ are never the same, while two that AWS takes for the same may be told apart.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
 */
export function sameTaskDefinition(
  declared: RegisterTaskDefinitionCommandInput,
  described: DescribedTaskDefinition,
): boolean {
  return canonical(normalTaskDefinition(declared)) === canonical(normalTaskDefinition(described))
}

/** What would change, from what is registered to what is declared; nothing when they are the same. Secrets are hidden. */
export function differences(
  declared: RegisterTaskDefinitionCommandInput,
  described: DescribedTaskDefinition,
): Change[] {
  return changesBetween(normalTaskDefinition(described), normalTaskDefinition(declared))
}
