// What a value on the command line is, so that a shell can complete it: a file, a name in AWS, or one of a few words.
import { milestones } from '../../rollout/milestone.ts'
import { inProgressPolicies, launchTypes, policies } from './optionValues.ts'

export type ValueKind = 'file' | 'cluster' | 'service' | readonly string[]

/** Of an option by its first long name, which means the same in every command; what is not here may be anything. */
export const optionKinds: Readonly<Record<string, ValueKind>> = {
  '--cluster': 'cluster',
  '--service': 'service',
  '--file': 'file',
  '--out': 'file',
  '--plan-out': 'file',
  '--policy': 'file',
  '--report': 'file',
  '--state': 'file',
  '--task-definition-file': 'file',
  '--if-in-progress': inProgressPolicies,
  '--launch-type': launchTypes,
  '--on-failure': policies,
  '--until': milestones,
}

export const shells = ['bash', 'zsh', 'fish'] as const

/** Of a word by the name that the usage gives it. A name such as `web|worker` lists its words itself. */
export const wordKinds: Readonly<Record<string, ValueKind>> = {
  CLUSTER: 'cluster',
  FILE: 'file',
  LOG: 'file',
  PLAN: 'file',
  SHELL: shells,
}
