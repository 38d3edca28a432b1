// The keys of a manifest that have no counterpart, as comments that say why.
import { hidden } from '../../../definition/secrets/cuts.ts'
import { isSecret } from '../../../definition/secrets/looksSecret.ts'
import { redactText } from '../../../definition/secrets/secretsInText.ts'
import type { Leaf } from './manifest.ts'

/** Why there is none, by the key that the path begins with, or contains. */
const reasons: readonly (readonly [begin: RegExp, why: string])[] = [
  [/^(http|nlb|alb)\b/, 'load balancers are created elsewhere, with Terraform, CloudFormation or a stack file'],
  [
    /(^|\.)image\.build\b|^sidecars\.[^.]+\.image\.build/,
    'ecs-task builds no images: build and push them, then deploy the tag',
  ],
  [/(^|\.)(env_file|envFile)$/, 'upload the file to S3, and refer to it in environmentFiles'],
  [/from_cfn$/, 'ecs-task reads no exports of CloudFormation: write the value, or read it in the file'],
  [/^count\b/, 'scaling policies are made elsewhere; the desired count stays as it is'],
  [/^network\b/, 'the service keeps the network that it has'],
  [/^storage\.volumes\b/, 'file systems are created elsewhere'],
  [/^(publish|subscribe)\b/, 'topics and queues are created elsewhere'],
  [/^observability\b/, 'add the collector as a container'],
  [/^(retries|timeout)$/, "a schedule retries starts, not tasks; limit a task's time inside of it"],
  [/^deployment\b/, 'hooks and alarms are declared in deploymentConfiguration of updateServices'],
  [/^environments\b/, 'write a class for each environment: docs/patterns.md'],
  [/^logging\b/, 'log groups and configuration files are made elsewhere'],
]

/** Lines for comments: each reason once, and the keys that it is about with their values. */
export function leftLines(left: readonly Leaf[]): string[] {
  const byReason = new Map<string, string[]>()
  for (const { path, value } of left) {
    const key = path.join('.')
    const why = reasons.find(([begin]) => begin.test(key))?.[1] ?? 'ecs-task has none'
    byReason.set(why, [...(byReason.get(why) ?? []), `  ${key}: ${valueText(path.at(-1), value)}`])
  }
  return [...byReason].flatMap(([why, lines]) => [`No counterpart: ${why}.`, ...lines])
}

/** A secret is as little written into a comment as into the class. */
function valueText(name: string | number | undefined, value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? null)
  return isSecret(String(name), text) ? hidden : redactText(text)
}
