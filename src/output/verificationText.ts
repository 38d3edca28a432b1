/** The text that `verify` prints. */
import type { Finding } from '../deploy/verify/finding.ts'
import type { Verification } from '../deploy/verify/verify.ts'
import { folded } from './folded.ts'
import { type Line, type Style, printedLines } from './line.ts'

const signs = {
  error: ['red', '✗ '],
  warning: ['yellow', '! '],
  unknown: ['dim', '? '],
} as const satisfies Record<Finding['severity'], readonly [Style, string]>

/** Each finding with its place and what to do, then how many there are of each kind. Ends in a line break. */
export function verificationText(
  { findings, checks }: Verification,
  { color, columns }: { readonly color: boolean; readonly columns: number },
): string {
  const lines: Line[] = [...findings.flatMap(findingLines), summary(findings, checks.length)]
  return printedLines(
    lines.flatMap((line) => folded(line, columns)),
    { color },
  )
}

function findingLines({ severity, what, where, fix }: Finding): Line[] {
  return [[signs[severity], what], [['dim', `    ${where}`]], [['cyan', `    → ${fix}`]]]
}

/** `2 errors and 1 warning in 18 checks. 1 check could not look.` */
function summary(findings: readonly Finding[], checks: number): Line {
  const of = (severity: Finding['severity']): Finding[] => findings.filter((one) => one.severity === severity)
  const [errors, warnings] = [of('error').length, of('warning').length]
  const parts = [
    ...(errors > 0 ? [counted(errors, 'error')] : []),
    ...(warnings > 0 ? [counted(warnings, 'warning')] : []),
  ]
  const unread = new Set(of('unknown').map(({ check }) => check)).size
  const found = `${parts.length > 0 ? parts.join(' and ') : 'No problems'} in ${counted(checks, 'check')}.`
  return [
    [errors > 0 ? 'red' : warnings > 0 ? 'yellow' : 'green', found],
    unread > 0 ? ` ${counted(unread, 'check')} could not look.` : '',
  ]
}

function counted(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`
}
