/** Verifies a deployment before its first write, and refuses it for errors. */
import { EcsTaskError } from '../../ground/errors.ts'
import type { Finding } from './finding.ts'
import type { Settings } from '../../engine/settings.ts'
import { type Subject, subjectsOf } from './subject.ts'
import { type Verification, type Verifying, verify } from './verify.ts'

/** What a run is given for `--verify`. What it is about is its definitions, unless `subjects` are named. */
export function verifyBefore(
  of: Pick<Verifying, 'env' | 'isLocal'>,
  subjects?: readonly Subject[],
): NonNullable<Settings['verify']> {
  return async ({ definitions, tag, transport, clock, signal }) =>
    requireVerified(await verify(subjects ?? subjectsOf(definitions, tag), { ...of, transport, clock, signal }))
}

/** Throws `BadDefinition` with all errors at once; answers with the rest, a sentence each. */
function requireVerified({ findings }: Verification): string[] {
  const errors = findings.filter(({ severity }) => severity === 'error')
  const others = findings.filter(({ severity }) => severity !== 'error')
  if (errors.length === 0) return others.map(findingText)
  const what = `It cannot be deployed as it is: ${counted(errors.length, 'error')} (--verify).`
  throw new EcsTaskError('BadDefinition', what, { problems: findings.map(findingText) })
}

/** `Web/taskDefinition/taskRoleArn: There is no role web. Create it, or check the name and the account.` */
function findingText({ where, what, fix, severity }: Finding): string {
  return `${where}: ${severity === 'error' ? '' : `${severity}: `}${what} ${fix}`
}

function counted(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`
}
