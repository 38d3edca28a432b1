import type { RegisterTaskDefinitionCommandInput } from '@aws-sdk/client-ecs'

export function taskDefinitionFromFile(
  text: string,
  about: { file: string; family?: string | undefined },
): { input: RegisterTaskDefinitionCommandInput; warnings: string[] } {
  throw new Error(String([text, about]))
}
