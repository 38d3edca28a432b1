/** The text that `policy --check` prints. */
import type { Permission, PolicyCheck } from '../deploy/policy/check.ts'
import { folded } from './folded.ts'
import { type Line, type Span, printedLines } from './line.ts'

/** Each permission that is lacking or undecided with its statement, then what there is in all. Ends in a line break. */
export function policyText(
  check: PolicyCheck,
  { color, columns }: { readonly color: boolean; readonly columns: number },
): string {
  const { lacking, undecided, unread } = check
  const lines: Line[] = [
    ...lacking.flatMap((one) =>
      permissionLines(['red', '✗ '], one, one.isDenied ? 'a policy denies it' : 'no policy allows it'),
    ),
    ...undecided.flatMap((one) => permissionLines(['dim', '? '], one, undecidedBecause(one.missing))),
    ...(unread === undefined ? summary(check) : unreadLines(check.principal, unread)),
  ]
  return printedLines(
    lines.flatMap((line) => folded(line, columns)),
    { color },
  )
}

/** `✗ ecs:RunTask on arn:… (ecs:cluster arn:…)` and `    RunTasks: no policy allows it`. */
function permissionLines(sign: Span, { action, resource, statement, context }: Permission, why: string): Line[] {
  const keys = Object.entries(context).map(([key, value]) => ` (${key} ${value})`)
  return [[sign, `${action} on ${resource}${keys.join('')}`], [['dim', `    ${statement}: ${why}`]]]
}

function undecidedBecause(missing: readonly string[]): string {
  if (missing.length === 0) return 'IAM did not answer'
  return `depends on ${missing.join(', ')}, which a simulation does not have`
}

function summary({ principal, asked, lacking, undecided }: PolicyCheck): Line[] {
  const isComplete = lacking.length === 0 && undecided.length === 0
  const open = undecided.length === 0 ? '' : ` ${undecided.length} could not be decided.`
  const found = isComplete ? `has all ${asked} permissions.` : `lacks ${lacking.length} of ${asked} permissions.`
  return [[[isComplete ? 'green' : lacking.length > 0 ? 'red' : 'yellow', `${principal} ${found}`], open]]
}

function unreadLines(principal: string, why: string): Line[] {
  return [
    [['dim', '? '], `Could not check the permissions of ${principal}: ${why}.`],
    [['cyan', '    → Allow it in the policy of the caller, or compare the policies yourself.']],
  ]
}
