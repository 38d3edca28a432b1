import type { RegisterTaskDefinitionCommandInput } from '@aws-sdk/client-ecs'
import type { Edits } from './edits.ts'

export function edited(
  base: RegisterTaskDefinitionCommandInput,
  edits: Edits,
): { input: RegisterTaskDefinitionCommandInput; notes: string[] } {
  throw new Error(String([base, edits]))
}
